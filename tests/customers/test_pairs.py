"""The work list of likely duplicates: filled step by step, kept up to date, and what is told apart stays apart."""

import pytest
from sqlalchemy import select, update

from rekisteri.customers import pairs, service
from rekisteri.customers.merge_models import Pair, Sweep
from rekisteri.customers.models import Customer, Datum
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.customers.merging_help import merged, undo
from tests.customers.test_scale import Asked, plan_of, reads_whole_tables

LIST = "/asiakkaat/kaksoiskappaleet"


def search(size: int = 500) -> int:
    """Search the whole register; how many steps it took."""
    steps = 0
    finished = False
    while not finished:
        with transaction():
            finished = pairs.search_on(size).finished
        steps += 1
    return steps


def listed() -> list[tuple[int, int]]:
    db.session.rollback()
    return [(pair.lower_id, pair.higher_id) for pair in pairs.page().rows]


def apart(one: Customer, other: Customer, because: str = "namesake") -> None:
    clerk, ids = make_clerk(), (one.id, other.id)
    with transaction():
        one, other = (db.session.get_one(Customer, one_id) for one_id in ids)
        pairs.tell_apart(one=one, other=other, because=because, by=clerk)


def test_the_search_finds_pairs_and_says_why(app):
    maija, again = make_person(), make_person(last_name="Wirtanen", email="")
    make_person(last_name="Muu", email="", phone="", street="")

    search()

    assert listed() == [(maija.id, again.id)]
    assert pairs.page().rows[0].explained == [
        "sama puhelinnumero",
        "sama nimi hieman toisin kirjoitettuna",
        "sama osoite",
    ]


def test_a_family_at_one_address_with_one_phone_is_not_on_the_list(app):
    make_person()
    make_person(first_name="Matti")

    search()

    assert listed() == []


def test_the_likeliest_come_first(app):
    first, namesake = make_person(), make_person(email="", phone="", street="", city="", postcode="")
    same = make_person()

    search()

    assert listed() == [(first.id, same.id), (namesake.id, same.id), (first.id, namesake.id)]


def test_a_common_name_alone_is_no_pair(app):
    for _ in range(5):
        make_person(email="", phone="", street="", city="", postcode="")

    search()

    assert listed() == []


def test_the_search_goes_on_in_steps_from_where_it_was_left(app):
    one, other = make_person(), make_organisation()
    third = make_person()
    with transaction():
        step = pairs.search_on(size=2)

    assert (step.looked_at, step.finished) == (2, False)
    assert db.session.get(Sweep, 1).after_id == other.id
    assert listed() == [(one.id, third.id)]

    assert search(size=2) == 1
    assert (db.session.get(Sweep, 1).after_id, db.session.get(Sweep, 1).finished_at is None) == (0, False)


def test_steps_of_any_size_find_the_same(app):
    for name in ("Aho", "Aho", "Virtanen", "Wirtanen", "Öhman", "Öhman"):
        make_person(last_name=name, email="", phone="")
    search()
    at_once = listed()

    assert search(size=1) == 7
    assert listed() == at_once
    assert len(at_once) == 3


def test_searching_again_makes_no_pair_twice_and_forgets_what_is_alike_no_more(app):
    maija, again = make_person(), make_person()
    search()
    first = pairs.page().rows[0].id
    search()
    assert [pair.id for pair in pairs.page().rows] == [first]

    clear = dict.fromkeys(("email", "phone", "street", "postcode", "city"), "")
    with transaction():
        service.change(
            customer=service.find(again.id),
            values={"last_name": "Muu", "first_name": "Aivan", **clear},
            source=service.self_source(),
            obtained_on=again.created_at.date(),
            by=None,
            reason="Tieto on muuttunut",
        )
    search()

    assert listed() == []
    assert maija.id


def test_the_reasons_follow_the_data(app):
    make_person(street="")
    again = make_person(email="", street="")
    search()
    before = pairs.page().rows[0].score
    with transaction():
        service.change(
            customer=service.find(again.id),
            values={"email": "maija.virtanen@esimerkki.fi"},
            source=service.self_source(),
            obtained_on=again.created_at.date(),
            by=None,
            reason="Tieto on muuttunut",
        )

    search()

    db.session.rollback()
    assert "sama sähköpostiosoite" in pairs.page().rows[0].explained
    assert pairs.page().rows[0].score > before


def test_what_was_told_apart_does_not_come_back(app):
    maija, namesake = make_person(), make_person()
    search()

    apart(namesake, maija)
    search()

    assert listed() == []
    assert pairs.find_pair(maija.id, namesake.id).dismissed_because == "namesake"


def test_two_can_be_told_apart_before_any_search(app):
    maija, namesake = make_person(), make_person()

    apart(maija, namesake)
    search()

    assert listed() == []


def test_telling_apart_needs_one_of_the_reasons(app):
    with pytest.raises(RuleViolation, match="miksi kyse on eri asiakkaista"):
        apart(make_person(), make_person(), because="")


def test_merged_customers_leave_the_list_and_come_back_when_it_is_undone(app):
    first, second, third = make_person(), make_person(), make_person()
    search()
    everybody = listed()
    done = merged(first, second)

    assert listed() == [(first.id, third.id)]
    with pytest.raises(RuleViolation, match="jo yhdistetty"):
        apart(first, second)

    undo(done)
    assert listed() == everybody


@pytest.mark.parametrize("searched", [True, False])
def test_whoever_was_told_apart_from_one_stays_apart_from_the_other_it_was_merged_into(app, searched):
    first, second, third = make_person(), make_person(), make_person()
    if searched:
        search()
    apart(second, third)

    done = merged(first, second)
    search()
    assert listed() == []

    undo(done)
    search()
    assert listed() == [(first.id, third.id), (first.id, second.id)]


def test_the_list_is_read_page_by_page_along_an_index(app):
    for _ in range(4):
        make_person()
    search()
    first = pairs.page(size=4)
    second = pairs.page(after=first.after, size=4)

    assert len(first.rows) == 4
    assert [len(second.rows), second.after] == [2, None]
    assert not {pair.id for pair in first.rows} & {pair.id for pair in second.rows}
    with Asked() as asked:
        pairs.page(after=first.after, size=4)
    plans = "\n".join(plan_of(query) for query in asked.queries)
    assert reads_whole_tables(plans) == []
    assert "SCAN likeness" not in plans
    assert "Seq Scan on likeness" not in plans


def test_a_step_of_the_search_reads_along_indexes(app):
    make_person()
    with transaction(), Asked() as asked:
        pairs.search_on()
        asked.queries = [query for query in asked.queries if "likeness_sweep" not in str(query)]
        plans = asked.plans()

    assert len(asked.queries) == 8
    assert "ix_datum_field_match (field=?)" not in plans  # all the customers' names, one field after another
    assert reads_whole_tables(plans) == []


def test_streets_entered_before_they_were_compared_are_completed(app, command):
    make_person()
    with transaction():
        db.session.execute(update(Datum).where(Datum.field == "street").values(match=None))

    told = command("customers", "duplicates")

    assert "Asiakkaita käytiin läpi: 1. Pareja työluettelossa: 0." in told.output
    db.session.rollback()
    assert db.session.scalar(select(Datum.match).where(Datum.field == "street")) == "mäkitie 4 a 3"


def test_the_command_searches_the_whole_register(app, command):
    make_person()
    make_person()

    told = command("customers", "duplicates")

    assert "Asiakkaita käytiin läpi: 2. Pareja työluettelossa: 1." in told.output


def test_the_page_searches_and_leads_to_the_comparison(client, sign_in):
    sign_in("kasittelija")
    assert "Kaksoiskappaleita ei ole vielä etsitty" in client.get(LIST).main
    maija, again = make_person(), make_person()

    page = client.submit(LIST)

    assert "Luettelo on ajan tasalla." in page.words
    assert "23.11.2026 klo" in page.main
    row = page.page.select_one("main tbody tr")
    assert row.select_one("td:last-child a")["href"] == f"/asiakkaat/{maija.id}/yhdista/{again.id}"
    assert "Virtanen, Maija , Helsinki" in " ".join(row.th.get_text(" ").split())


def test_the_page_says_when_there_is_nothing_to_do_and_when_the_search_is_not_over(client, sign_in):
    sign_in("kasittelija")
    search()
    assert "Ei käsiteltäviä pareja" in client.get(LIST).main

    make_person()
    make_person()
    with transaction():
        pairs.search_on(size=1)
    page = client.get(LIST)
    assert "Haku on kesken." in page.main
    assert page.page.select_one("#etsi button").text == "Jatka hakua"


def test_a_pair_is_told_apart_on_its_page_and_recorded(client, sign_in):
    sign_in("kasittelija")
    maija, namesake = make_person(), make_person()
    search()
    way = f"/asiakkaat/{maija.id}/yhdista/{namesake.id}/eri"

    refused = client.submit(way)
    assert refused.status_code == 422
    assert "Valitse, miksi kyse on eri asiakkaista." in refused.main

    page = client.submit(way, {"because": "household"})
    assert page.request.path == LIST
    assert "Pari on poistettu työluettelosta." in page.words
    assert "Ei käsiteltäviä pareja" in page.main


def test_the_log_says_in_finnish_who_was_told_apart_and_why(client, sign_in):
    maija, namesake = make_person(), make_person()
    apart(maija, namesake, "household")

    sign_in("vastuuhenkilo")
    log = client.get(f"/loki/?kohde=customer:{maija.id}").main
    assert "kaksi asiakasta todettu eri asiakkaiksi" in log
    assert f"asiakas: {namesake.id}" in log
    assert "syy: samaan talouteen kuuluvat eri ihmiset" in log


def test_a_search_button_pressed_twice_searches_once(client, sign_in):
    sign_in("kasittelija")
    make_person()
    make_person()
    page = client.get(LIST)

    first = client.submit(LIST, page=page, action=f"{LIST}/etsi")
    second = client.submit(LIST, page=page, action=f"{LIST}/etsi")

    assert first.request.path == second.request.path == LIST
    assert len(listed()) == 1


def test_readers_do_not_reach_the_list(client, sign_in):
    sign_in("lukija")

    assert client.get(LIST).status_code == 403
    assert Pair.__tablename__ == "likeness"
