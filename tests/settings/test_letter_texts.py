"""The company's own words in letters, as they are written, tried and changed."""

from collections.abc import Callable
from typing import Any

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.documents import wording
from rekisteri.kernel.db import db, transaction
from rekisteri.settings import letters
from tests.cases.factories import TODAY, make_case
from tests.customers.factories import make_clerk
from tests.documents.factories import add_paper
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient
from tests.support.paper import words_of

SignIn = Callable[..., Any]
URL = "/asetukset/kirjeet"


@pytest.fixture(autouse=True)
def letterhead(app: Any) -> None:
    add_paper(app)
    fill_settings()


def written(kind: str, opening: str = "", closing: str = "") -> None:
    version = letters.text_of(kind).version
    with transaction():
        letters.change(kind=kind, opening=opening, closing=closing, version=version, by=None)


def test_the_person_responsible_writes_how_a_letter_opens_and_closes(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    assert "Kieltäytymistodistus" in client.get(URL).main
    page = client.submit(f"{URL}/extension", {"opening": "Hyvä {vastaanottaja}!", "closing": "Palvelemme arkisin."})
    assert "Ilmoitus määräajan jatkamisesta: tekstit tallennettiin." in page.words
    assert letters.in_force("extension") == ("Hyvä {vastaanottaja}!", "Palvelemme arkisin.")
    assert "Oma teksti" in client.get(URL).main


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Hei {hetu}", "Paikkaa {hetu} ei tunneta"),
        ("<script>x</script>", "ilman HTML-merkintöjä"),
        ("Tunnus 131052-308T", "Henkilötunnusta ei saa tallentaa"),
        ("a\nb\nc\nd", "enintään 3 kappaletta"),
        ("x" * 601, "enintään 600 merkkiä"),
    ],
)
def test_what_is_refused_stays_on_the_page_with_the_reason(
    client: ReadingClient, sign_in: SignIn, typed: str, said: str
) -> None:
    sign_in("vastuuhenkilo")
    with client.foreign_words():
        page = client.submit(f"{URL}/extension", {"opening": typed, "closing": "Säilyy."})
    assert page.status_code == 422
    assert said in page.main
    field = page.page.select_one("textarea[name=opening]")
    assert field is not None
    assert field.get_text().strip() == typed
    assert letters.in_force("extension") == ("", "")


def test_what_a_letter_lacks_comes_from_what_stands_in_all_letters(app: Any) -> None:
    written(wording.EVERY, "Yhteinen alku.", "Yhteinen loppu.")
    written("extension", "", "Oma loppu.")
    assert letters.in_force("extension") == ("Yhteinen alku.", "Oma loppu.")
    assert letters.in_force("acknowledgement") == ("Yhteinen alku.", "Yhteinen loppu.")


def test_two_who_change_the_same_text_see_each_others_words(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    other_window = client.get(f"{URL}/extension")
    client.submit(f"{URL}/extension", {"opening": "Ensimmäinen."})
    answer = client.submit(f"{URL}/extension", {"opening": "Toinen."}, page=other_window)
    assert answer.status_code == 409
    assert "Ensimmäinen." in answer.main
    assert letters.in_force("extension")[0] == "Ensimmäinen."


def test_a_letter_to_try_it_on_shows_the_saved_words_with_the_blanks_filled(
    client: ReadingClient, sign_in: SignIn
) -> None:
    sign_in("vastuuhenkilo")
    written("extension", "Hyvä {vastaanottaja}!", "Kysykää: {puhelin}.")
    answer = client.get(f"{URL}/extension/koetuloste.pdf")
    said = words_of(answer.data)
    assert answer.mimetype == "application/pdf"
    assert "Hyvä Maija Esimerkki!" in said
    assert "Tähän tulee kirjeen oma asia" in said
    assert "Kysykää: " in said
    assert "{" not in said


def test_a_change_is_put_on_record_without_the_words(client: ReadingClient, sign_in: SignIn) -> None:
    owner = sign_in("vastuuhenkilo")
    client.submit(f"{URL}/extension", {"opening": "Hyvä asiakas!"})
    client.submit(f"{URL}/extension")
    event = db.session.query(AuditEvent).filter_by(event="settings.letter_changed").one()
    assert (event.actor_id, event.facts) == (owner.id, {"kind": "extension"})


def test_a_reader_sees_the_letters_but_changes_none(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("lukija")
    assert not client.get(URL).page.select(f'main a[href="{URL}/extension"]')
    assert client.get(f"{URL}/extension").status_code == 403


def test_an_unknown_letter_is_no_page(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("vastuuhenkilo")
    assert client.get(f"{URL}/tuntematon").status_code == 404
    assert client.get(f"{URL}/tuntematon/koetuloste.pdf").status_code == 404


def test_a_real_letter_opens_and_closes_in_the_companys_words(freeze: Any) -> None:
    freeze("2026-11-23")
    clerk = make_clerk()
    written(wording.EVERY, "Hyvä {vastaanottaja}!", "Palvelemme teitä arkisin.")
    written("acknowledgement", "", "Kiitos pyynnöstänne {numero}.")
    case = make_case(by=clerk)
    with transaction():
        letter = cases.acknowledge(case=case, by=clerk, on=TODAY)
    said = words_of(documents.content(letter))
    assert "Hyvä Maija Virtanen! Olemme vastaanottaneet pyyntönne" in said
    assert f"Kiitos pyynnöstänne {letter.number}." in said
    assert "Palvelemme teitä arkisin." not in said
