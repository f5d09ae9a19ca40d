"""Erasing a person: everything goes at once, those concerned are told, and little stays."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from rekisteri.audit.models import AuditEvent
from rekisteri.cases.models import Case
from rekisteri.customers import service as customers
from rekisteri.customers.merging import merge
from rekisteri.customers.models import ContactNote, Customer, Datum
from rekisteri.disclosures.models import Disclosure
from rekisteri.documents import destroying
from rekisteri.documents import service as documents
from rekisteri.documents.models import Document, DocumentSource
from rekisteri.erasure import finishing, service
from rekisteri.erasure.models import ErasureRound
from rekisteri.forgotten import journal
from rekisteri.forgotten import service as forgotten
from rekisteri.forgotten.journal import journal_file
from rekisteri.informing import letters as informing
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from tests.cases.factories import png, upload
from tests.customers.factories import make_person
from tests.erasure.factories import (
    EMAIL,
    PERSON,
    again,
    allow_one_person,
    approve,
    ask,
    close,
    erase,
    make_desk,
    propose,
)
from tests.informing.factories import duties
from tests.orders.factories import make_order
from tests.staff.factories import make_user
from tests.support.paper import words_of

pytestmark = pytest.mark.usefixtures("app")


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def papers(desk: Any, kind: str) -> list[Document]:
    return [paper for paper in documents.for_subject(f"case:{again(desk).case_id}") if paper.kind == kind]


@pytest.mark.promise("poisto.pyynnosta")
def test_a_person_whom_nothing_holds_goes_with_everything() -> None:
    desk = make_desk()
    done = erase(desk)
    assert done.whole
    assert done.state == "answered"
    assert [count(model) for model in (Customer, Datum, ContactNote, Disclosure)] == [0, 0, 0, 0]
    erasure = again(desk)
    assert erasure.state == "done"
    assert erasure.customer_id is None


def test_of_the_request_itself_its_number_days_kind_and_outcome_stay() -> None:
    desk = make_desk()
    number, received = desk.case.number, desk.case.received_on
    erase(desk)
    case = again(desk).case
    assert (case.number, case.received_on, case.kinds, case.state) == (number, received, ["erasure"], "decided")
    assert (case.requester_name, case.requester_street, case.requester_email, case.content) == ("", "", "", "")
    assert (case.customer_id, case.person_state) == (None, "erased")


def test_the_scanned_request_is_gone_but_its_hash_tells_which_it_was() -> None:
    desk = make_desk()
    with transaction():
        scan = documents.store_scan(
            file=FileStorage(*upload(png(), "äijän pyyntö.png")), by=desk.clerk, subject=desk.case.subject
        )
    scan_id, sha256 = scan.id, scan.sha256
    erase(desk)
    left = documents.scans_of(again(desk).case.subject)
    assert [(one.id, one.sha256, one.name, one.has_preview) for one in left] == [(scan_id, sha256, "", False)]
    with pytest.raises(RuleViolation, match="hävitetty"):
        documents.scan_content(left[0])
    assert documents.preview(left[0]) is None


def test_the_source_the_recipient_and_the_person_each_get_their_letter() -> None:
    desk = make_desk()
    erase(desk)
    notices = {paper.addressee_name: words_of(documents.content(paper)) for paper in papers(desk, "erasure_notice")}
    assert set(notices) == {"Rakentajamessut 2026", "Saatavat Oy"}
    assert EMAIL in notices["Saatavat Oy"]
    assert "Tuulimyllynkuja" not in notices["Saatavat Oy"]  # it never got the address
    assert "Tuulimyllynkuja" in notices["Rakentajamessut 2026"]
    (certificate,) = papers(desk, "erasure_certificate")
    assert certificate.addressee_lines[:2] == ["Äijä Örsfelt", PERSON["street"]]
    assert certificate.number.startswith("PT ")


def test_the_certificate_tells_what_went_how_it_was_searched_for_and_that_nothing_was_found() -> None:
    desk = make_desk()
    erase(desk)
    words = words_of(documents.content(papers(desk, "erasure_certificate")[0]))
    assert "Kaikki tiedot on poistettu." in words
    assert "Yhteydenotot 1 merkintä" in words
    assert "Yhtään poistettua tietoa ei löytynyt." in words
    assert "Rakentajamessut 2026" in words
    assert "Oikeussuojakeinot" not in words


def test_who_was_merged_into_the_person_goes_as_well() -> None:
    desk = make_desk()
    other = make_person(last_name="Örsfelt", first_name="Äijä", email="toinen@kaukola.example", phone="", street="")
    with transaction():
        kept, dropped = (db.session.get_one(Customer, one.id) for one in (desk.customer, other))
        merge(
            kept=kept,
            dropped=dropped,
            choices={"name": "kept", "email": "kept", "address": "kept", "phone": "kept"},
            by=desk.owner,
        )
    done = erase(desk)
    assert done.whole
    assert count(Customer) == 0


def test_a_backup_from_before_a_merge_forgets_both_whom_it_made_one() -> None:
    desk = make_desk()
    other = make_person(last_name="Örsfelt", first_name="Äijä", email="toinen@kaukola.example", phone="", street="")
    ids = {desk.customer.id, other.id}
    with transaction():
        kept, dropped = (db.session.get_one(Customer, one.id) for one in (desk.customer, other))
        merge(
            kept=kept,
            dropped=dropped,
            choices=dict.fromkeys(("name", "email", "address", "phone"), "kept"),
            by=desk.owner,
        )
    erase(desk)
    assert {told["customer"] for told in journal.read(journal_file()).entries.values()} == ids


def test_a_request_that_came_before_a_merge_still_means_the_person() -> None:
    desk = make_desk()
    other = make_person(last_name="Kääpä", first_name="Äijä", email="toinen@kaukola.example", phone="", street="")
    with transaction():
        dropped, kept = (db.session.get_one(Customer, one.id) for one in (desk.customer, other))
        merge(
            kept=kept, dropped=dropped, by=desk.owner,
            choices=dict.fromkeys(("name", "last_name", "first_name", "email", "address"), "kept"),
        )  # fmt: skip
    assert erase(desk).whole
    assert count(Customer) == 0


def test_others_who_share_a_name_or_an_address_stay_untouched() -> None:
    desk = make_desk()
    brother = make_person(
        **(PERSON | {"first_name": "Väinö", "email": "vaino@kaukola.example", "phone": "044 987 6502"})
    )
    done = erase(desk)
    assert done.state == "answered"
    found = customers.find(brother.id)
    assert found is not None
    assert customers.current(found)["street"].value == PERSON["street"]
    assert count(Customer) == 1


def test_the_log_keeps_what_was_done_and_its_chain_holds() -> None:
    from rekisteri.audit import service as audit

    desk = make_desk()
    erase(desk)
    names = set(db.session.scalars(select(AuditEvent.event).where(AuditEvent.subject == desk.erasure.subject)))
    assert {"erasure.proposed", "erasure.erased", "erasure.proven"} <= names
    assert audit.verify() is None


def test_the_erased_are_recognised_and_the_journal_outside_knows_their_number() -> None:
    desk = make_desk()
    key = desk.customer_id
    assert forgotten.recognised("person", PERSON) is None
    erase(desk)
    seen = forgotten.recognised("person", {"email": EMAIL.upper()})
    assert seen is not None
    assert not seen.forbidden
    assert f'"customer": {key}' in journal_file().read_text()
    assert EMAIL not in journal_file().read_text()


def test_letters_that_have_left_are_destroyed_with_the_request_closed_and_the_search_made_again() -> None:
    desk = make_desk()
    done = erase(desk)
    waits = finishing.why_not_finish(done)
    assert waits is not None
    assert "lähetetyiksi" in waits
    close(desk)
    finishing.carry_on(done.id)
    done = db.session.get_one(ErasureRound, done.id)
    assert done.state == "finished"
    assert done.packed is None
    assert done.final_proof is not None
    assert done.final_proof["found"] == 0
    kept = (
        select(DocumentSource.document_id)
        .join(Document, Document.id == DocumentSource.document_id)
        .where(Document.subject == f"case:{again(desk).case_id}")
    )
    assert list(db.session.scalars(kept)) == []
    assert {paper.addressee for paper in documents.for_subject(f"case:{again(desk).case_id}")} == {""}


def test_only_somebody_who_may_decide_approves() -> None:
    desk = make_desk()
    propose(desk)
    with pytest.raises(NotPermitted):
        approve(desk, by=make_user("kasittelija"))
    assert count(Customer) == 1


def test_whoever_proposed_does_not_approve() -> None:
    desk = make_desk()
    with transaction():
        service.propose(erasure=again(desk), by=desk.owner, on=today())
    with pytest.raises(RuleViolation, match="toinen henkilö"):
        approve(desk)
    assert count(Customer) == 1


def test_a_firm_of_one_says_openly_that_one_person_is_enough() -> None:
    desk = make_desk()
    allow_one_person(desk.owner)
    with transaction():
        service.propose(erasure=again(desk), by=desk.owner, on=today())
    done = approve(desk)
    assert done.alone
    assert done.whole


def test_what_changed_after_the_proposal_is_looked_at_again_before_anything_goes() -> None:
    desk = make_desk()
    propose(desk)
    make_order(db.session.get_one(Customer, desk.customer.id))  # entered while the approver reads
    with pytest.raises(RuleViolation, match="muuttuneet ehdotuksen jälkeen"):
        approve(desk)
    assert count(Customer) == 1
    with transaction():
        service.withdraw_proposal(erasure=again(desk), by=desk.clerk)
    assert again(desk).proposal is None


def test_nothing_is_proposed_before_the_identity_is_sure_and_the_other_rights_are_answered() -> None:
    desk = make_desk()
    case = ask(desk.customer, "erasure", "access", identified=False)
    erasure = service.of_case(case, "erasure")
    assert erasure is not None
    with pytest.raises(RuleViolation) as refusal, transaction():
        service.propose(erasure=erasure, by=desk.clerk, on=today())
    assert "kuka pyynnön esittää" in refusal.value.sentence
    assert "tarkast" in refusal.value.sentence.lower()


def test_a_letter_still_on_the_desk_leaves_before_it_would_be_destroyed() -> None:
    from rekisteri.cases import service as cases

    desk = make_desk()
    with transaction():
        cases.acknowledge(case=again(desk).case, by=desk.clerk, on=today())
    with pytest.raises(RuleViolation, match="lähetetyksi"):
        propose(desk)


def test_a_letter_of_whence_the_data_came_leaves_before_it_would_be_destroyed() -> None:
    desk = make_desk()
    duties()
    with transaction():
        letter = informing.issue(customer=desk.customer, by=desk.clerk, on=today())
    with pytest.raises(RuleViolation, match=f"Merkitse ensin kirje {letter.number} lähetetyksi"):
        propose(desk)
    with transaction():
        documents.mark_posted(document=letter, on=today(), way="post", by=desk.clerk)
    assert erase(desk).whole


def test_a_letter_destroyed_before_it_left_waits_for_no_post() -> None:
    desk = make_desk()
    duties()
    with transaction():
        letter = informing.issue(customer=desk.customer, by=desk.clerk, on=today())
    with transaction():
        destroying.destroy_papers([letter.id], today())
    again(desk)
    assert (letter.state, [mark.state for mark in letter.marks]) == ("impossible", ["impossible"])
    assert documents.waiting_for_post()[0] == 0


def test_a_second_request_for_somebody_already_erased_has_nothing_to_erase() -> None:
    desk = make_desk()
    erase(desk)
    erasure = again(desk)
    with pytest.raises(RuleViolation, match="jo ratkaistu"), transaction():
        service.propose(erasure=erasure, by=desk.clerk, on=today())


def test_a_refusal_gives_the_certificate_with_reasons_and_leaves_everything() -> None:
    desk = make_desk()
    with transaction():
        service.refuse(
            erasure=again(desk),
            ground="claim",
            reasons="Olette riitauttanut toimituksen, ja asia on käräjäoikeudessa.",
            by=desk.owner,
            on=today(),
        )
    erasure = again(desk)
    assert (erasure.state, erasure.case.state) == ("refused", "decided")
    assert erasure.refusal is not None
    words = words_of(documents.content(erasure.refusal))
    assert "käräjäoikeudessa" in words
    assert "Oikeussuojakeinot" in words
    assert count(Customer) == 1


def test_a_refusal_without_reasons_is_none() -> None:
    desk = make_desk()
    for ground, reasons in ((None, "Tarvitsemme tiedot vielä oikeudessa."), ("claim", "Ei.")):
        with pytest.raises(RuleViolation), transaction():
            service.refuse(erasure=again(desk), ground=ground, reasons=reasons, by=desk.owner, on=today())
    assert again(desk).state == "open"


def test_a_withdrawn_request_takes_its_proposal_along() -> None:
    from rekisteri.cases import service as cases

    desk = make_desk()
    propose(desk)
    with transaction():
        cases.withdraw(case=again(desk).case, channel="phone", withdrawn_on=today(), by=desk.clerk, on=today())
    erasure = again(desk)
    assert (erasure.state, erasure.rounds) == ("ended", [])
    assert count(Customer) == 1
    assert db.session.scalar(select(func.count()).select_from(Case).where(Case.state == "withdrawn")) == 1


def test_the_deadline_does_not_end_with_the_erasing_before_the_letter_has_left() -> None:
    desk = make_desk()
    erase(desk)
    from rekisteri.cases import queue

    late = queue.late(today() + timedelta(60))
    assert [case.number for case in late[1]] == [again(desk).case.number]


def test_nobody_gets_the_number_of_somebody_erased_and_with_it_what_the_log_tells_of_them() -> None:
    desk = make_desk()
    erase(desk)
    assert make_person(last_name="Kääpä", first_name="Tuuli").id > desk.customer_id
