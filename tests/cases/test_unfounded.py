"""Refusing at the door, the fee told beforehand, and the answer that nothing is held: for whichever right."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from rekisteri.cases import refusals, service, taken, unfounded
from rekisteri.cases.models import Case, CaseFee
from rekisteri.customers import holdings
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from tests.cases.factories import TODAY, again, make_case
from tests.cases.test_case_page import url
from tests.customers.factories import make_clerk, make_person
from tests.settings.factories import fill_settings
from tests.support.client import ReadingClient
from tests.support.paper import words_of

REASONS = "Olette pyytänyt samaa kolme kertaa tänä vuonna, ja tiedot ovat ennallaan."
FEE: dict[str, Any] = {
    "ground": "excessive",
    "reasons": REASONS,
    "amount": 4500,
    "costs": "Kaksi tuntia työtä ja postimaksu.",
    "reply_by": TODAY + timedelta(14),
}


@pytest.fixture
def owner(sign_in: Callable[..., Any]) -> Any:
    """Somebody who may decide, with a complete letterhead."""
    user = sign_in("vastuuhenkilo", full_name="Ilmari Kiviharju")
    fill_settings(owner_name="Ilmari Kiviharju", company_name="Esimerkkitukku Oy")
    return user


def refused(
    case: Case, by: Any, *, kinds: list[str], ground: str = "excessive", reasons: str = REASONS
) -> list[Document]:
    """The certificates of a refusal at the door."""
    with transaction():
        return unfounded.refuse(case=case, kinds=kinds, ground=ground, reasons=reasons, by=by, on=TODAY)


def fee_of(case: Case, by: Any, *, kinds: list[str], **changes: Any) -> CaseFee:
    """A fee that the requester has been told of."""
    with transaction():
        return unfounded.ask_fee(case=case, kinds=kinds, by=by, on=TODAY, **(FEE | changes))


def words(document: Document) -> str:
    """What stands on the paper."""
    return words_of(documents.content(db.session.get_one(Document, document.id)))


def test_each_right_refused_at_the_door_has_its_own_certificate(owner: Any) -> None:
    case = make_case(by=owner, kinds=["rectification", "objection"])
    papers = refused(case, owner, kinds=["rectification", "objection"])
    assert [paper.number for paper in papers] == ["KT 2026/0001", "KT 2026/0002"]
    told = words(papers[0])
    assert "Todistus oikaisupyynnön epäämisestä" in told
    assert REASONS in told
    assert "12 artiklan 5 kohta" in told
    case = again(case)
    assert case.state == "decided"
    assert [matter.outcome for matter in case.matters] == ["refused", "refused"]
    assert [matter.document_id for matter in case.matters] == [paper.id for paper in papers]


def test_one_of_several_is_refused_and_the_other_goes_on(owner: Any) -> None:
    case = make_case(by=owner, kinds=["rectification", "objection"])
    refused(case, owner, kinds=["objection"])
    assert again(case).state == "registered"
    assert "Vaatimuksia ei ole yksilöity." in service.blockers(again(case))
    with pytest.raises(RuleViolation, match="jo ratkaistu tai päättynyt"):
        refused(again(case), owner, kinds=["objection"])


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"kinds": []}, "Valitse, mitä asiaa"),
        ({"kinds": ["erasure"]}, "jo ratkaistu tai päättynyt"),
        ({"ground": "huono päivä"}, "Valitse peruste"),
        ({"reasons": "Ei käy."}, "Pelkkä peruste ei riitä"),
        ({"ground": "no_authority"}, "Korjaa kirjausta ensin"),
        ({"ground": "deceased"}, "Korjaa kirjausta ensin"),
    ],
)
def test_a_refusal_at_the_door_rests_on_what_is_on_record(owner: Any, told: dict[str, Any], sentence: str) -> None:
    case = make_case(by=owner)
    with pytest.raises(RuleViolation, match=sentence):
        refused(case, owner, **({"kinds": ["rectification"]} | told))
    assert refusals.certificates_of(again(case)) == []


def test_a_stranger_without_mandate_is_refused(client: ReadingClient, owner: Any) -> None:
    stranger = service.Requester("Sulo Sivullinen", "Katu 1", "00100", "Helsinki", role="agent", mandate="missing")
    case = make_case(by=owner, requester=stranger, customer=make_person())
    page = client.get(url(case))
    assert "Valtuutusta ei ole esitetty" in page.main
    assert "Tietoja ei saa antaa eikä muuttaa sivullisen pyynnöstä." in page.main
    [paper] = refused(case, owner, kinds=["rectification"], ground="no_authority")
    told = words(paper)
    assert "Sulo Sivullinen (asiamies)" in told
    assert "ei ole osoitettu valtuutusta" in told


def test_a_request_for_somebody_dead_is_refused_and_the_page_says_what_to_do(client: ReadingClient, owner: Any) -> None:
    heir = service.Requester("Pertti Perijä", role="agent", mandate="shown", represented="deceased")
    case = make_case(by=owner, requester=heir, customer=make_person())
    page = client.get(url(case))
    assert "Tietosuoja-asetus ei koske kuollutta" in page.main
    assert "Kuollut henkilö" in page.main
    [paper] = refused(case, owner, kinds=["rectification"], ground="deceased")
    assert "27 kappale" in words(paper)


def test_a_guardian_speaks_for_a_child_and_the_page_says_what_to_look_at(client: ReadingClient, owner: Any) -> None:
    guardian = service.Requester("Helmi Huoltaja", role="guardian", mandate="shown", represented="minor")
    page = client.get(url(make_case(by=owner, requester=guardian)))
    assert "Varmista huoltajuus" in page.main
    assert "Alaikäinen lapsi" in page.main


@pytest.mark.parametrize(
    ("role", "represented"), [("self", "minor"), ("guardian", "deceased"), ("agent", "minor"), ("agent", "kissa")]
)
def test_who_is_spoken_for_agrees_with_who_speaks(owner: Any, role: str, represented: str) -> None:
    mandate = None if role == "self" else "shown"
    with pytest.raises(RuleViolation) as caught:
        make_case(by=owner, requester=service.Requester("Joku", role=role, mandate=mandate, represented=represented))
    assert caught.value.field == "represented"


def test_a_clerk_does_not_refuse_at_the_door(owner: Any) -> None:
    case = make_case(by=owner)
    for act in (refused, fee_of):
        with pytest.raises(NotPermitted):
            act(case, make_clerk(), kinds=["rectification"])


def test_the_page_of_refusing_shows_what_a_claim_of_excess_rests_on(client: ReadingClient, owner: Any) -> None:
    maija = make_person()
    first = make_case(by=owner, customer=maija, received_on=date(2026, 3, 2))
    with transaction():
        service.withdraw(case=first, channel="phone", withdrawn_on=TODAY, by=owner, on=TODAY)
    earlier = make_case(by=owner, customer=maija, received_on=date(2026, 8, 3))
    case = make_case(by=owner, customer=maija)
    page = client.get(url(case, "epaa"))
    assert earlier.number in page.main
    assert first.number not in page.main, "what was taken back is no burden"
    page = client.submit(url(case, "epaa"), {"ground": "excessive", "reasons": REASONS})
    assert "Pyyntö on evätty." in page.text
    assert "KT 2026/0001" in page.main


def test_reasons_that_are_too_short_stay_on_the_page(client: ReadingClient, owner: Any) -> None:
    page = client.submit(url(make_case(by=owner), "epaa"), {"ground": "unfounded", "reasons": "Turha."})
    assert page.status_code == 422
    assert "Pelkkä peruste ei riitä." in page.main
    assert "Turha." in page.main


def test_a_fee_is_told_before_anything_is_charged(client: ReadingClient, owner: Any) -> None:
    case = make_case(by=owner)
    told = {"ground": "excessive", "reasons": REASONS, "amount": "45", "costs": FEE["costs"], "reply_by": "7.12.2026"}
    page = client.submit(url(case, "maksu"), told)
    assert "Maksuun ei ole vastattu" in page.main
    paper = words(db.session.query(Document).one())
    for sentence in (
        "Ilmoitus pyynnön maksullisuudesta",
        "45,00",
        REASONS,
        "Kaksi tuntia työtä",
        "Emme peri mitään, ennen kuin olette hyväksynyt maksun.",
        "12 artiklan 5 kohdan a alakohta",
        "77 artikla",
    ):
        assert sentence in paper, sentence
    assert again(case).deadline == date(2026, 12, 16), "a fee does not stop the clock"


def test_an_accepted_fee_lets_the_request_go_on(client: ReadingClient, owner: Any) -> None:
    case = make_case(by=owner)
    fee_of(case, owner, kinds=["rectification"])
    page = client.submit(url(case, "maksu/vastaus"), {"answer": "accepted"})
    assert "Vastaus maksuun on kirjattu." in page.text
    assert again(case).matters[0].outcome is None
    assert unfounded.unanswered_fee(again(case)) is None
    assert client.submit(url(case, "maksu/vastaus"), {"answer": "declined"}).status_code == 422


def test_a_fee_that_is_not_accepted_ends_in_a_certificate(client: ReadingClient, owner: Any) -> None:
    case = make_case(by=owner, kinds=["rectification", "complaint"])
    fee_of(case, owner, kinds=["rectification"])
    client.submit(url(case, "maksu/vastaus"), {"answer": "declined"})
    case = again(case)
    assert {matter.kind: matter.outcome for matter in case.matters} == {"rectification": "refused", "complaint": None}
    [paper] = refusals.certificates_of(case)
    assert REASONS in words(paper)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ground": "identity"}, "vain ilmeisen perusteettomasta"),
        ({"amount": 0}, "maksun määrä"),
        ({"amount": None}, "maksun määrä"),
        ({"costs": "Työ"}, "mistä kustannuksista"),
        ({"reasons": "Turha."}, "Pelkkä peruste"),
        ({"reply_by": TODAY}, "tulevaisuudessa"),
    ],
)
def test_a_fee_rests_on_a_ground_and_on_costs(owner: Any, changes: dict[str, Any], sentence: str) -> None:
    case = make_case(by=owner)
    with pytest.raises(RuleViolation, match=sentence):
        fee_of(case, owner, kinds=["rectification"], **changes)
    assert again(case).fees == []


def test_two_fees_are_not_asked_at_once(owner: Any) -> None:
    case = make_case(by=owner)
    fee_of(case, owner, kinds=["rectification"])
    with pytest.raises(RuleViolation, match="Edelliseen maksuun"):
        fee_of(again(case), owner, kinds=["rectification"])


def test_an_answer_to_a_fee_is_dated_between_the_letter_and_today(owner: Any) -> None:
    fee = fee_of(make_case(by=owner), owner, kinds=["rectification"])
    for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(RuleViolation, match="välillä"), transaction():
            unfounded.answer_fee(fee=fee, answer="accepted", answered_on=day, by=owner, on=TODAY)


def test_no_fee_no_page_for_its_answer(client: ReadingClient, owner: Any) -> None:
    assert client.get(url(make_case(by=owner), "maksu/vastaus")).status_code == 404


def test_somebody_not_in_the_register_is_told_so_and_where_to_go(client: ReadingClient, owner: Any) -> None:
    case = make_case(by=owner, kinds=["rectification", "complaint"])
    assert client.submit(url(case, "ei-tietoja"), {}).status_code == 422, "nobody has looked yet"
    with transaction():
        service.person_not_found(case=again(case), by=owner)
    assert "Vastaa, ettei tietoja ole" in client.get(url(case)).main
    page = client.submit(url(case, "ei-tietoja"), {})
    assert "Vastaus on laadittu." in page.text
    case = again(case)
    assert case.state == "decided"
    assert {matter.outcome for matter in case.matters} == {"not_held"}
    told = words(db.session.query(Document).one())
    assert "Rekisterissä ei ole teitä koskevia tietoja" in told
    assert "Tiedon oikaiseminen, valitus" in told
    assert "77 artikla" in told


def test_a_matter_at_the_ombudsman_keeps_the_persons_data_until_it_ends_there(
    client: ReadingClient, owner: Any
) -> None:
    maija = make_person()
    case = make_case(by=owner, customer=maija)
    refused(case, owner, kinds=["rectification"])
    page = client.submit(url(case, "valtuutettu"), {"taken_on": "23.11.2026", "number": "1234/161/2026"})
    assert "viety 23.11.2026, 1234/161/2026" in page.main
    sentences = [hold.text for hold in holdings.holds([maija.id], TODAY)]
    assert f"Pyynnön {case.number} asia on tietosuojavaltuutetun käsiteltävänä." in " ".join(sentences)
    with transaction():
        taken.take(case=again(case), taken_on=TODAY, number="1234/161/2026", ended_on=TODAY, by=owner, on=TODAY)
    assert "tietosuojavaltuutetun" not in " ".join(hold.text for hold in holdings.holds([maija.id], TODAY))


@pytest.mark.parametrize(("day", "ended"), [("1.11.2026", ""), ("24.11.2026", ""), ("23.11.2026", "20.11.2026")])
def test_days_at_the_ombudsman_follow_one_another(client: ReadingClient, owner: Any, day: str, ended: str) -> None:
    page = client.submit(url(make_case(by=owner), "valtuutettu"), {"taken_on": day, "ended_on": ended})
    assert page.status_code == 422
