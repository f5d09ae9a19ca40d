"""Recording a consent and every way in which it ends; and that no other word of the person is overruled by it."""

from datetime import date
from typing import Any

import pytest

from rekisteri.consents import service
from rekisteri.consents.models import Consent
from rekisteri.forgotten import journal
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.objections import service as objections
from rekisteri.prohibitions import service as prohibitions
from tests.backup.factories import data
from tests.backup.histories import Snapshot
from tests.cases.factories import TODAY
from tests.consents.factories import GIVEN, WORDING, consent, standing
from tests.customers.factories import make_clerk, make_organisation, make_person
from tests.customers.merging_help import merged
from tests.notice.factories import published
from tests.objections.factories import itemise, make_matter, matter_of
from tests.prohibitions.factories import forbid
from tests.selections.factories import chosen

pytestmark = pytest.mark.usefixtures("told")
ALL = ("direct_mail", "distance_selling", "direct_marketing")


def withdraw(customer: Any, *consents: Consent, **changed: Any) -> None:
    said: dict[str, Any] = {"told_on": TODAY, "channel": "email"} | changed
    with transaction():
        service.withdraw(customer=customer, ids=[one.id for one in consents], by=make_clerk(), on=TODAY, **said)


def test_what_was_consented_to_is_shown_with_its_day_its_way_and_its_words() -> None:
    maija = make_person()
    consent(maija, "direct_mail", "direct_marketing", means=["email", "sms"])
    assert len(standing(maija)) == 4
    [one, other] = service.given(service.of_customer(maija.id))
    assert {one.told, other.told} == {
        "Suoramainonta ja muu suoramarkkinointi: sähköposti",
        "Suoramainonta ja muu suoramarkkinointi: tekstiviesti",
    }
    assert (one.first.given_on, one.first.channel, one.first.wording) == (GIVEN, "web", WORDING)


def test_what_stands_already_keeps_its_day() -> None:
    maija = make_person()
    consent(maija)
    assert [one.means for one in consent(maija, means=["email", "sms"], given_on=TODAY)] == ["sms"]


@pytest.mark.parametrize("bar", ["prohibition", "objection"])
def test_who_has_forbidden_it_consents_only_after_allowing_it(bar: str, clerk: Any) -> None:
    if bar == "prohibition":
        customer = make_person()
        forbid(customer, "direct_mail")
    else:
        matter = make_matter(clerk)
        itemise(matter, "direct_mail", by=clerk)
        customer = matter_of(matter.case).case.customer
    with pytest.raises(RuleViolation, match="kirjaa ensin, että hän sallii käytön"):
        consent(customer)
    assert consent(customer, "direct_marketing")


def test_an_organisation_needs_none_and_gives_none() -> None:
    with pytest.raises(RuleViolation, match="henkilölle"):
        consent(make_organisation())


def test_a_notice_that_does_not_tell_of_consents_lets_none_be_recorded() -> None:
    published(content="Tallennamme nimen, yhteisön, yhteystiedot ja aikaisemmat tilaukset.")
    with pytest.raises(RuleViolation, match="ei kerro suostumuksista"):
        consent(make_person())


def test_it_is_taken_back_by_one_word_and_stays_so() -> None:
    maija = make_person()
    [mail] = consent(maija)
    with pytest.raises(RuleViolation, match="ennen kuin se annettiin"):
        withdraw(maija, mail, told_on=date(2026, 11, 1))
    withdraw(maija, mail)
    assert standing(maija) == []
    with pytest.raises(RuleViolation, match="uudelleen annettu"):
        consent(maija)
    with pytest.raises(RuleViolation, match="Valitse, minkä"):
        withdraw(maija, mail)
    consent(maija, given_on=TODAY)
    assert standing(maija) == [("direct_mail", "email")]


def test_a_prohibition_ends_it_and_allowing_again_does_not_bring_it_back() -> None:
    maija = make_person()
    consent(maija, *ALL)
    [one] = forbid(maija, "direct_mail")
    assert standing(maija) == [("distance_selling", "email"), ("direct_marketing", "email")]
    with transaction():
        prohibitions.withdraw(prohibition=one, told_on=TODAY, channel="phone", by=make_clerk(), on=TODAY)
    assert len(standing(maija)) == 2


def test_the_letter_that_takes_it_back_ends_it_at_once(clerk: Any) -> None:
    matter = make_matter(clerk, "consent_withdrawal")
    maija = matter.case.customer
    consent(maija, "direct_mail", "direct_marketing")
    itemise(matter, "direct_mail", by=clerk, what="Suostumukseni uutiskirjeeseen")
    assert standing(maija) == [("direct_marketing", "email")]
    [ended] = [one for one in service.of_customer(maija.id) if not one.stands]
    assert (ended.withdrawn_on, ended.withdrawn_channel) == (matter.case.received_on, "letter")


def test_a_letter_whose_writer_is_found_later_ends_it_for_good(clerk: Any) -> None:
    from rekisteri.cases import service as cases

    matter = make_matter(clerk, "consent_withdrawal", found=False)
    itemise(matter, "direct_mail", by=clerk, what="Suostumukseni uutiskirjeeseen")
    maija = make_person()
    consent(maija)
    with transaction():
        cases.set_person(case=matter.case, customer=maija, by=clerk)
    assert chosen(way="email") == set()
    with transaction():
        objections.end(
            matter=matter_of(matter.case, "consent_withdrawal"), channel="phone", told_on=TODAY, by=clerk, on=TODAY
        )
    assert standing(maija) == []


def test_of_two_who_were_one_the_stricter_wins() -> None:
    allowing, forbidding = make_person(), make_person(email="toinen@esimerkki.fi")
    consent(allowing)
    forbid(forbidding, "direct_mail")
    merged(allowing, forbidding)
    assert chosen(way="email") == set()
    with transaction():
        [one] = prohibitions.of_customer(allowing.id)
        prohibitions.withdraw(prohibition=one, told_on=TODAY, channel="phone", by=make_clerk(), on=TODAY)
    assert (standing(allowing), chosen(way="email")) == ([], set())


def test_a_restored_backup_does_not_bring_it_back() -> None:
    maija = make_person()
    [mail] = consent(maija)
    before = Snapshot()
    withdraw(maija, mail)
    before.restore()
    assert standing(maija) == [("direct_mail", "email")]
    db.session.rollback()
    assert journal.replay(journal.read(journal.journal_file())).given == 1
    assert standing(maija) == []
    assert WORDING not in (data() / "erasures.jsonl").read_text()
