"""Saying no to how data are used: what binds at once, what is weighed, what a decision does."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from rekisteri.cases import service as cases
from rekisteri.cases import unfounded
from rekisteri.customers import uses
from rekisteri.customers.models import Customer
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from rekisteri.objections import holding, queue, rules, service, telling
from rekisteri.restrictions import service as restrictions
from tests.cases.factories import TODAY, again
from tests.customers.factories import make_clerk, make_person
from tests.objections.factories import MEASURES, REASONS, decide, itemise, make_matter, matter_of
from tests.settings.factories import fill_settings
from tests.support.paper import words_of


def words(document: Document | None) -> str:
    """What stands on the paper."""
    assert document is not None
    return words_of(documents.content(db.session.get_one(Document, document.id)))


def allowed(use: str) -> list[int]:
    """Customers who may be used so."""
    return list(db.session.scalars(uses.permitted(select(Customer.id), use)))


def test_marketing_that_is_objected_to_ends_at_once_and_nothing_is_restricted(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    assert allowed("direct_mail") == []
    assert allowed("distance_selling") == [matter.case.customer_id]
    assert restrictions.in_force(matter.case.customer_id) == []
    with pytest.raises(RuleViolation, match="käyttöä tai peruuttanut suostumuksensa siihen: suoramainonta"):
        uses.check(matter.case.customer_id, "direct_mail")


def test_what_is_to_be_weighed_is_restricted_until_it_is_decided(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", "disclosure", by=owner)
    [restriction] = restrictions.in_force(matter.case.customer_id)
    assert (restriction.ground, restriction.case_id) == ("objection", matter.case_id)
    assert service.restriction_of(matter_of(matter.case)) is not None
    assert matter.bound == [], "only weighed yet"


def test_a_person_found_later_is_restricted_as_soon_as_found(owner: Any) -> None:
    matter = make_matter(owner, found=False)
    itemise(matter, "profiling", by=owner)
    assert not service.may_restrict(matter)
    maija = make_person()
    with transaction():
        cases.set_person(case=matter.case, customer=maija, by=owner)
    restriction = service.restriction_of(matter_of(matter.case))
    assert restriction is not None
    assert restriction.customer_id == maija.id
    assert not service.may_restrict(matter_of(matter.case))


def test_a_granted_objection_ends_the_use_and_lifts_the_restriction_with_a_letter(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    decide(matter, "granted", by=owner)
    matter = matter_of(matter.case)
    assert matter.bound == ["profiling"]
    assert allowed("profiling") == []
    told = words(matter.letter)
    for sentence in (
        "Päätös käsittelyn vastustamisesta",
        "Hyväksymme vastustamisen.",
        MEASURES,
        "Profilointi ja kohdennettu sisältö: lopetettu 23.11.2026",
        "21 artiklaan",
        "Ilmari Kiviharju",
    ):
        assert sentence in told, sentence
    assert matter.certificate is None
    [restriction] = restrictions.in_force(matter.case.customer_id)
    assert restriction.letter is not None, "the person is told before it ends"
    assert again(matter.case).state == "decided"


def test_a_refused_objection_gets_its_certificate_and_the_use_goes_on(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    decide(matter, "refused", by=owner, ground="compelling", reasons=REASONS)
    matter = matter_of(matter.case)
    assert (matter.letter, matter.bound) == (None, [])
    told = words(matter.certificate)
    for sentence in (
        "Todistus käsittelyn vastustamista koskevan pyynnön epäämisestä",
        "Käsittelyn vastustaminen: profilointi ja kohdennettu sisältö",
        "huomattavan tärkeä ja perusteltu syy",
        REASONS,
        "21 artiklan 1 kohta",
        "77 artikla",
    ):
        assert sentence in told, sentence


def test_an_objection_granted_in_part_ends_some_uses_and_certifies_the_rest(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", "profiling", "disclosure", by=owner)
    decide(matter, "partly_granted", by=owner, granted=["direct_mail", "profiling"], ground="claim", reasons=REASONS)
    matter = matter_of(matter.case)
    assert matter.bound == ["direct_mail", "profiling"]
    assert "Käsittelyn vastustaminen: tietojen luovuttaminen muille" in words(matter.certificate)
    assert "Suoramainonta on lopetettu 23.11.2026." in words(matter.certificate)
    assert "saatte erillisen kieltäytymistodistuksen" in words(matter.letter)


def test_marketing_is_never_weighed(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", "profiling", by=owner)
    with pytest.raises(RuleViolation, match="ei voi evätä"):
        decide(matter, "refused", by=owner, ground="compelling", reasons=REASONS)
    with pytest.raises(RuleViolation, match="ei voi evätä"):
        decide(matter, "partly_granted", by=owner, granted=["profiling"], ground="claim", reasons=REASONS)
    assert matter_of(matter.case).decision is None


def test_a_consent_is_taken_back_as_easily_as_it_was_given(owner: Any) -> None:
    matter = make_matter(owner, "consent_withdrawal")
    itemise(matter, "direct_marketing", by=owner, what="Uutiskirjeen tilaus")
    assert allowed("direct_marketing") == [], "it binds before anybody decides"
    assert restrictions.in_force(matter.case.customer_id) == []
    decide(matter, "granted", by=owner)
    told = words(matter_of(matter.case, "consent_withdrawal").letter)
    assert "Vahvistus suostumuksen peruuttamisesta" in told
    assert "7 artiklan 3 kohta" in told
    assert "Muu suoramarkkinointi: lopetettu 23.11.2026" in told


def test_an_upheld_complaint_is_answered_with_remedies(owner: Any) -> None:
    matter = make_matter(owner, "complaint", found=False)
    itemise(matter, by=owner, what="Minulle soitettiin kiellosta huolimatta")
    decide(matter, "granted", by=owner)
    told = words(matter_of(matter.case, "complaint").letter)
    assert "Vastaus valitukseenne" in told
    assert "Hyväksymme valituksenne." in told
    assert "Tietosuojavaltuutetun toimisto" in told


def test_a_rejected_complaint_gets_a_certificate_in_its_own_words(owner: Any) -> None:
    matter = make_matter(owner, "complaint")
    itemise(matter, by=owner, what="Minulle soitettiin kiellosta huolimatta")
    decide(matter, "refused", by=owner, ground="lawful", reasons=REASONS)
    assert "Todistus valituksen hylkäämisestä" in words(matter_of(matter.case, "complaint").certificate)


def test_a_complaint_upheld_in_part_tells_on_the_certificate_what_is_done(owner: Any) -> None:
    matter = make_matter(owner, "complaint")
    itemise(matter, by=owner, what="Minulle soitettiin kiellosta huolimatta")
    decide(matter, "partly_granted", by=owner, ground="not_ours", reasons=REASONS)
    matter = matter_of(matter.case, "complaint")
    assert MEASURES in words(matter.certificate)
    assert "Hyväksymme valituksenne osittain." in words(matter.letter)


def test_only_who_may_decide_decides(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    with pytest.raises(NotPermitted):
        decide(matter, "granted", by=make_clerk())


def test_a_decision_waits_for_a_complete_letterhead(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    fill_settings(owner_name="")
    with pytest.raises(RuleViolation, match="Täydennä ensin asetuksiin"):
        decide(matter, "granted", by=owner)
    assert matter_of(matter.case).bound == [], "nothing of the decision was done"


def test_what_has_ended_is_allowed_again_only_by_the_persons_word(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    with pytest.raises(RuleViolation, match="jo lopetettu: suoramainonta"):
        itemise(matter, "profiling", by=owner)
    with transaction():
        service.end(matter=matter, channel="phone", told_on=TODAY, by=owner, on=TODAY)
    assert allowed("direct_mail") == [matter.case.customer_id]
    with pytest.raises(RuleViolation, match="ei estä mitään"):
        service.end(matter=matter_of(matter.case), channel="phone", told_on=TODAY, by=owner, on=TODAY)


def test_a_request_that_is_taken_back_lifts_what_was_only_being_weighed(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    with transaction():
        cases.withdraw(case=matter.case, channel="phone", withdrawn_on=TODAY, by=owner, on=TODAY)
    [restriction] = restrictions.in_force(matter.case.customer_id)
    assert restriction.letter is not None


def test_a_matter_refused_at_the_door_is_not_decided_in_its_room(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    with transaction():
        unfounded.refuse(case=matter.case, kinds=["objection"], ground="excessive", reasons=REASONS, by=owner, on=TODAY)
    with pytest.raises(RuleViolation, match="Asia on jo päättynyt: evätty"):
        decide(matter_of(matter.case), "granted", by=owner)
    assert queue.waiting(10) == (0, [])


def test_a_case_closes_only_when_the_objection_is_decided(owner: Any) -> None:
    matter = make_matter(owner)
    assert cases.blockers(matter.case) == ["Käsittelyn vastustaminen: ei ole kirjattu, mitä asia koskee."]
    itemise(matter, "profiling", by=owner)
    assert cases.blockers(again(matter.case)) == ["Käsittelyn vastustaminen: asiaa ei ole ratkaistu."]


def test_the_person_is_told_what_they_have_said_no_to(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "direct_mail", by=owner)
    chapter = telling.tell(matter.case.customer)
    assert chapter is not None
    assert chapter.rows[0][1] == "Käsittelyn vastustaminen"
    assert chapter.rows[0][4] == "suoramainonta"


def test_the_words_go_when_the_request_is_reduced_and_the_decision_stays(owner: Any) -> None:
    matter = make_matter(owner)
    itemise(matter, "profiling", by=owner)
    decide(matter, "refused", by=owner, ground="claim", reasons=REASONS)
    customer_id = matter.case.customer_id
    assert "Tietojeni käyttö profilointiin" in list(holding._values([customer_id]))
    with transaction():
        cases.find(matter.case_id).state = "closed"
    with transaction():
        assert holding._erase([customer_id], TODAY) == 1
    matter = matter_of(matter.case)
    assert (matter.what, matter.grounds, matter.reasons) == ("", "", "poistettu")
    assert matter.decision == "refused"


def test_every_use_of_the_room_is_one_that_the_register_knows() -> None:
    assert set(rules.USES) <= set(uses.USES)


def test_a_stranger_is_not_answered_what_another_asked_to_end(owner: Any) -> None:
    stranger = cases.Requester("Vieras Utelias", "Outokatu 1", "00100", "Helsinki", role="agent", mandate="missing")
    matter = make_matter(owner, requester=stranger)
    itemise(matter, "profiling", by=owner)
    with pytest.raises(RuleViolation, match="Valtuutusta toimia toisen puolesta ei ole esitetty"):
        decide(matter, "granted", by=owner)
    assert matter_of(matter.case).decision is None
    assert {paper.kind for paper in documents.for_subject(matter.case.subject)} == set()


@pytest.mark.parametrize("kind", ["objection", "consent_withdrawal"])
def test_what_the_persons_word_has_ended_is_not_refused_at_the_door(owner: Any, kind: str) -> None:
    matter = make_matter(owner, kind)
    itemise(matter, "direct_mail", by=owner)
    with pytest.raises(RuleViolation, match="on jo lopettanut käytön \\(suoramainonta\\)"), transaction():
        unfounded.refuse(case=matter.case, kinds=[kind], ground="excessive", reasons=REASONS, by=owner, on=TODAY)
    assert matter_of(matter.case, kind).bound == ["direct_mail"]


def test_a_fee_declined_after_the_use_has_ended_leaves_the_objection_to_be_decided(owner: Any) -> None:
    matter = make_matter(owner)
    told: dict[str, Any] = {"ground": "excessive", "reasons": REASONS, "amount": 4500, "costs": "Kaksi tuntia työtä."}
    asked = {"case": matter.case, "kinds": ["objection"], "reply_by": TODAY + timedelta(14), "by": owner, "on": TODAY}
    with transaction():
        fee = unfounded.ask_fee(**told, **asked)
    itemise(matter, "direct_mail", by=owner)
    with pytest.raises(RuleViolation), transaction():
        unfounded.ask_fee(**told, **asked)
    with transaction():
        unfounded.answer_fee(fee=fee, answer="declined", answered_on=TODAY, by=owner, on=TODAY)
    decide(matter_of(matter.case), "granted", by=owner)
    assert allowed("direct_mail") == []


def test_a_strangers_objection_that_binds_can_still_be_refused_because_of_who_asks(owner: Any) -> None:
    stranger = cases.Requester("Vieras Utelias", "Outokatu 1", "00100", "Helsinki", role="agent", mandate="missing")
    matter = make_matter(owner, requester=stranger)
    itemise(matter, "direct_mail", by=owner)
    told = {"case": matter.case, "kinds": ["objection"], "reasons": REASONS, "by": owner, "on": TODAY}
    with transaction():
        assert len(unfounded.refuse(**told, ground="no_authority")) == 1
    assert allowed("direct_mail") == [], "a word that may be the person's own is heeded"
