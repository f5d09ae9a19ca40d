"""Confidentiality commitments: signed on paper, recorded, revoked; without one no personal data are seen."""

import io
from datetime import date, timedelta

import pytest

from rekisteri.audit.models import AuditEvent
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db, transaction
from rekisteri.staff.commitments import record_commitment, revoke_commitment
from rekisteri.staff.models import Commitment, User
from tests.staff.factories import make_user

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
CLOSED = ["/asiakkaat/", "/pyynnot/", "/luovutukset/", "/kumppanit/"]
OPEN = ["/", "/ohje/", "/kayttajat/oma", "/kayttajat/oikeudet"]


@pytest.fixture
def admin(sign_in, freeze):
    freeze("2026-11-23")
    return sign_in("paakayttaja")


def log(event):
    return [(row.subject, row.actor_id, row.facts) for row in db.session.query(AuditEvent).filter_by(event=event)]


def reread(user):
    db.session.expire_all()
    return db.session.get(User, user.id)


@pytest.mark.promise("atk.sitoumus")
@pytest.mark.parametrize("address", CLOSED)
def test_a_clerk_without_a_commitment_sees_no_personal_data_and_learns_what_to_do(client, sign_in, address):
    sign_in("kasittelija", committed=False)
    answer = client.get(address)
    assert answer.status_code == 403
    assert "allekirjoitettu salassapitositoumus on kirjattu" in answer.main
    assert "Omat tiedot" in answer.main


@pytest.mark.parametrize("address", OPEN)
def test_the_pages_without_personal_data_stay_open_to_an_uncommitted_clerk(client, sign_in, address):
    sign_in("kasittelija", committed=False)
    assert client.get(address).status_code == 200


@pytest.mark.promise("atk.sitoumus")
@pytest.mark.parametrize("address", CLOSED)
def test_a_clerk_with_a_commitment_gets_in(client, sign_in, address):
    sign_in("kasittelija")
    assert client.get(address).status_code == 200


def test_ones_own_page_tells_what_to_do_and_prints_the_form(client, sign_in):
    sign_in("kasittelija", committed=False)
    page = client.get("/kayttajat/oma")
    assert "Et näe henkilötietoja" in page.main
    assert page.page.select_one("a[href='/kayttajat/oma/sitoumus.pdf']") is not None


def test_ones_own_page_says_when_one_signed(client, sign_in):
    sign_in("kasittelija", signed_on=date(2026, 3, 5))
    assert "Sitoumuksesi on voimassa. Allekirjoitit sen 5.3.2026." in client.get("/kayttajat/oma").main


@pytest.mark.promise("atk.sitoumus")
def test_recording_the_signed_paper_opens_the_register(client, admin, app):
    clerk = make_user("kasittelija", username="aino", committed=False)
    data = {"signed_on": "20.11.2026", "place": "Tampere"}
    answer = client.submit(f"/kayttajat/{clerk.id}/sitoumus", data)
    assert "Salassapitositoumus on kirjattu." in answer.main
    assert "20.11.2026" in answer.main
    assert reread(clerk).why_not("customers.view") is None
    [(subject, actor, facts)] = log("staff.commitment_recorded")[-1:]
    assert (subject, actor, facts["signed_on"], facts["with_scan"]) == (clerk.subject, admin.id, "2026-11-20", False)


def test_the_scan_of_the_paper_is_kept_with_the_record(client, admin):
    clerk = make_user("kasittelija", committed=False)
    data = {"signed_on": "20.11.2026", "files": (io.BytesIO(PDF), "sitoumus.pdf")}
    client.submit(f"/kayttajat/{clerk.id}/sitoumus", data)
    commitment = reread(clerk).commitments[0]
    answer = client.get(f"/kayttajat/sitoumukset/{commitment.id}/paperi")
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\x00", "sitoumus.exe"), (b"", "tyhja.pdf"), (b"<html>", "sitoumus.pdf"), (b"GIF89a", "kuva.png")],
)
def test_what_no_scanner_makes_is_refused_and_nothing_is_recorded(client, admin, content, name):
    clerk = make_user("kasittelija", committed=False)
    data = {"signed_on": "20.11.2026", "files": (io.BytesIO(content), name)}
    answer = client.submit(f"/kayttajat/{clerk.id}/sitoumus", data)
    assert answer.status_code == 422
    assert name in answer.main
    assert db.session.query(Commitment).filter_by(user_id=clerk.id).count() == 0


def test_a_commitment_without_a_scan_has_nothing_to_open(client, admin):
    commitment = db.session.query(Commitment).one()
    assert client.get(f"/kayttajat/sitoumukset/{commitment.id}/paperi").status_code == 404


@pytest.mark.parametrize(
    ("signed_on", "sentence"),
    [
        ("24.11.2026", "ei voi olla tulevaisuudessa"),
        ("31.2.2026", "ei ole kalenterissa"),
        ("eilen", "Kirjoita päivä muodossa 5.3.2026."),
        ("", "Kirjoita allekirjoituspäivä."),
    ],
)
def test_a_signing_day_that_cannot_be_is_refused(client, admin, signed_on, sentence):
    clerk = make_user("kasittelija", committed=False)
    answer = client.submit(f"/kayttajat/{clerk.id}/sitoumus", {"signed_on": signed_on})
    assert answer.status_code == 422
    assert sentence in answer.main


@pytest.mark.promise("atk.sitoumus")
def test_revoking_closes_the_register_at_once(client, admin, app):
    clerk = make_user("kasittelija", username="aino")
    theirs = app.test_client()
    theirs.sign_in("aino", "siniset kivet soivat aamulla")
    assert theirs.get("/asiakkaat/").status_code == 200
    commitment = clerk.commitments[0]
    page = f"/kayttajat/sitoumukset/{commitment.id}/peru"
    answer = client.submit(page, {"reason": "Työsuhde päättyi"})
    assert "Salassapitositoumus on peruttu." in answer.main
    assert "Peruttu 23.11.2026: Työsuhde päättyi" in answer.main
    assert theirs.get("/asiakkaat/").status_code == 403
    assert log("staff.commitment_revoked")[0][2] == {"commitment": commitment.id, "revoked_on": "2026-11-23"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"reason": ""}, "Kirjoita, miksi sitoumus perutaan."),
        ({"reason": "Työsuhde päättyi", "revoked_on": "22.11.2026"}, "ei voi olla ennen allekirjoitusta"),
    ],
)
def test_a_revocation_that_cannot_be_is_refused(client, admin, data, sentence):
    clerk = make_user("kasittelija", signed_on=date(2026, 11, 23))
    answer = client.submit(f"/kayttajat/sitoumukset/{clerk.commitments[0].id}/peru", data)
    assert answer.status_code == 422
    assert sentence in answer.main


def test_a_double_click_records_one_commitment(client, admin):
    clerk = make_user("kasittelija", committed=False)
    page = f"/kayttajat/{clerk.id}/sitoumus"
    form = {field["name"]: field["value"] for field in client.get(page).page.select("main input[type=hidden]")}
    answers = [client.post(page, data=form | {"signed_on": "20.11.2026"}) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"/kayttajat/{clerk.id}"}
    assert len(reread(clerk).commitments) == 1


@pytest.mark.promise("atk.sitoumus")
def test_a_commitment_signed_anew_after_revoking_opens_again(app):
    clerk = make_user("kasittelija")
    with transaction():
        first = clerk.commitments[0]
        revoke_commitment(commitment=first, revoked_on=today(), reason="Vanhempainvapaa", by=clerk)
    assert clerk.why_not("customers.view") is not None
    with transaction():
        record_commitment(user=clerk, signed_on=today(), today=today(), by=None)
    assert reread(clerk).why_not("customers.view") is None


def test_an_agreed_end_holds_from_its_own_day_on(app, freeze):
    freeze("2026-11-23")
    clerk = make_user("kasittelija")
    with transaction():
        revoke_commitment(
            commitment=clerk.commitments[0], revoked_on=today() + timedelta(days=7), reason="Työsuhde päättyy", by=clerk
        )
    assert reread(clerk).why_not("customers.view") is None
    freeze("2026-11-30")
    assert clerk.why_not("customers.view") is not None


@pytest.mark.parametrize("address", ["/kayttajat/oma/sitoumus.pdf", "/kayttajat/{id}/sitoumus.pdf"])
def test_the_form_is_printed_with_the_persons_name_for_signing_by_hand(client, sign_in, address, app):
    from rekisteri.kernel import pdf

    if pdf.missing_library():
        pytest.fail(pdf.missing_library())
    user = sign_in("paakayttaja", full_name="Žofia Mäki-Törmä", title="Myyntisihteeri")
    answer = client.get(address.format(id=user.id))
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    words = words_of(answer.data)
    for expected in (
        "Salassapitositoumus",
        "Žofia Mäki-Törmä",
        "Myyntisihteeri",
        "Allekirjoitus",
        "tietosuojalain (1050/2018)",
    ):
        assert expected in words


def words_of(content):
    import pymupdf

    with pymupdf.open(stream=content) as document:
        return " ".join(" ".join(page.get_text() for page in document).replace("\u00ad", "").split())


def test_the_printed_form_is_archival_and_accessible(client, sign_in, verapdf):
    sign_in("kasittelija", committed=False)
    verapdf(client.get("/kayttajat/oma/sitoumus.pdf").data)
