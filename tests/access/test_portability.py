"""The portability copy: what the person has given, in a form another system can read (GDPR art. 20)."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from rekisteri.access import answering, portable, transferring
from rekisteri.audit.models import AuditEvent
from rekisteri.cases import service as cases
from rekisteri.documents import service as documents
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import NotPermitted, RuleViolation
from tests.access.factories import TODAY, make_request
from tests.customers.factories import make_clerk, make_person, make_source
from tests.support.paper import words_of

REASONS = "Tilaukset on tehnyt yhteisö, jota edustatte, ette te itse."
CONTROLLER = {"name": "Kuusikon Kello Oy", "business_id": "9000009-7", "register_name": "Asiakasrekisteri"}


def make_copy(request, by, **changes):
    matter = request.again("portability")
    given = {
        "chosen": list(transferring.offered(matter)),
        "ground": None,
        "reasons": "",
        "way": "pickup",
        "receiver": "",
    }
    with transaction():
        return transferring.make_copy(matter=matter, **(given | changes), by=by, on=TODAY)


def unpacked(copy):
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_json(copy):
    return json.loads(unpacked(copy)["tiedot.json"])


def as_table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.promise("gdpr.siirrettavyys")
def test_the_copy_holds_what_the_person_has_given_as_json_and_as_tables(wanted, owner):
    files = unpacked(make_copy(wanted, owner))
    told = json.loads(files["tiedot.json"])
    assert set(files) == {
        "kuvaus.txt", "skeema.json", "tiedot.json", "data.csv", "orders.csv", "representations.csv",
        "credit_applications.csv",
    }  # fmt: skip
    assert {record["field"] for record in told["chapters"]["data"]} >= {"last_name", "email", "phone"}
    assert told["chapters"]["orders"][0]["product"] == "Ruokapöydän tuoli"
    for key, records in told["chapters"].items():
        rows = as_table(files[f"{key}.csv"])
        shown = [{name: "" if value is None else str(value) for name, value in record.items()} for record in records]
        unguarded = [{name: value.removeprefix("'") for name, value in row.items()} for row in rows]
        assert unguarded == shown, key


def test_what_the_company_has_made_itself_is_not_in_the_copy(wanted, owner):
    text = unpacked(make_copy(wanted, owner))["tiedot.json"].decode()
    for own in ("77001", "Saatavat Oy", "kysyi toimituksesta"):
        assert own not in text


def test_the_copy_complies_with_its_own_schema(wanted, owner):
    copy = as_json(make_copy(wanted, owner))
    schema = portable.schema()
    assert set(schema["required"]) == set(copy)
    for key, records in copy["chapters"].items():
        described = schema["properties"]["chapters"]["properties"][key]["items"]
        assert all(list(record) == described["required"] for record in records)
        assert all(one["description"] for one in described["properties"].values())


def test_the_description_in_the_copy_explains_each_column(wanted, owner):
    files = unpacked(make_copy(wanted, owner))
    description = files["kuvaus.txt"].decode()
    for name, content in files.items():
        if name.endswith(".csv"):
            assert name in description
            header = content.decode("utf-8-sig").splitlines()[0].split(";")
            assert all(f"  {column}: " in description for column in header)


def test_the_same_data_make_the_same_file(wanted, owner):
    offered = transferring.offered(wanted.again("portability"))
    first, second = (portable.packed(offered, controller=CONTROLLER, on=TODAY) for _ in range(2))
    assert first == second


def test_a_text_that_looks_like_a_formula_is_guarded_in_the_tables_only(owner):
    request = make_request(owner, "portability", customer=make_person(organisation="=1+1 Oy"))
    files = unpacked(make_copy(request, owner))
    assert "'=1+1 Oy" in files["data.csv"].decode()
    assert "'=" not in files["tiedot.json"].decode()


def test_the_letter_tells_what_is_in_the_file_and_by_what_it_is_known(wanted, owner):
    copy = make_copy(wanted, owner)
    letter = words_of(documents.content(wanted.again("portability").document))
    assert "Tilauksenne: orders.csv, 2 tietuetta" in letter
    assert "Annamme tiedoston teille käteen muistivälineellä." in letter
    assert hashlib.sha256(copy.content).hexdigest() in letter.replace(" ", "")


def test_the_data_may_go_straight_to_the_controller_the_person_names(wanted, owner):
    make_copy(wanted, owner, way="controller", receiver="Toinen Kauppa Oy")
    letter = words_of(documents.content(wanted.again("portability").document))
    assert "Siirrämme sen pyynnöstänne suoraan vastaanottajalle Toinen Kauppa Oy." in letter


def test_a_chapter_left_out_is_refused_with_a_certificate(wanted, owner):
    copy = make_copy(wanted, owner, chosen=["data"], ground="basis", reasons=REASONS)
    assert set(as_json(copy)["chapters"]) == {"data"}
    certificate = words_of(documents.content(wanted.again("portability").certificate))
    assert "Tilauksenne" in certificate
    assert REASONS in certificate
    assert "20 artiklan 1 kohta" in certificate


def test_where_the_person_has_given_nothing_the_request_is_refused(owner):
    person = make_person(source=make_source("Kumppani Oy", "partner"))
    request = make_request(owner, "portability", customer=person)
    with pytest.raises(RuleViolation, match="Epää pyyntö"):
        make_copy(request, owner)
    matter = request.again("portability")
    with transaction():
        answering.refuse(
            matter=matter, ground="not_provided", reasons="Olemme saaneet tiedot kumppanilta.", by=owner, on=TODAY
        )
    assert "eivät" not in words_of(documents.content(request.again("portability").certificate))[:40]
    assert request.again("portability").outcome == "refused"


@pytest.mark.parametrize("changes", [{"way": None}, {"chosen": []}, {"chosen": ["data"]}, {"way": "controller"}])
def test_a_copy_that_lacks_something_is_not_made(wanted, owner, changes):
    with pytest.raises(RuleViolation):
        make_copy(wanted, owner, **changes)
    assert wanted.again("portability").copy is None
    assert documents.for_subject(wanted.again("portability").case.subject) == []


def test_a_clerk_may_not_make_the_copy(wanted):
    with pytest.raises(NotPermitted):
        make_copy(wanted, make_clerk())


def test_nothing_is_copied_before_identity_is_made_sure_of(owner):
    with pytest.raises(RuleViolation, match="henkilöllisyys"):
        make_copy(make_request(owner, "portability", identified=False), owner)


class TestHandingOver:
    @pytest.fixture
    def copy(self, wanted, owner):
        return make_copy(wanted, owner)

    def hand_over(self, copy, by, on=TODAY):
        copy = db.session.merge(copy)
        with transaction():
            transferring.hand_over(copy=copy, handed_on=on, by=by)

    def test_each_taking_of_the_file_is_on_record(self, copy, owner):
        with transaction():
            content = transferring.take(copy=copy, by=owner)
        assert hashlib.sha256(content).hexdigest() == copy.sha256
        assert db.session.query(AuditEvent).filter_by(event=transferring.DOWNLOADED, actor_id=owner.id).count() == 1

    def test_once_handed_over_our_file_is_gone_and_its_hash_stays(self, copy, wanted, owner):
        self.hand_over(copy, owner)
        kept = wanted.again("portability").copy
        assert (kept.content, len(kept.sha256), kept.handed_on) == (None, 64, TODAY)
        with pytest.raises(RuleViolation, match="jo luovutettu"), transaction():
            transferring.take(copy=kept, by=owner)

    def test_it_is_handed_over_once(self, copy, wanted, owner):
        self.hand_over(copy, owner)
        with pytest.raises(RuleViolation, match="jo merkitty"):
            self.hand_over(wanted.again("portability").copy, owner)

    def test_the_case_does_not_close_before_it_is_handed_over(self, copy, wanted, owner):
        assert "Siirtotiedostoa ei ole merkitty luovutetuksi." in cases.blockers(wanted.again("portability").case)
        self.hand_over(copy, owner)
        assert "Siirtotiedostoa" not in " ".join(cases.blockers(wanted.again("portability").case))


def test_seeing_and_moving_are_two_matters_of_one_case(owner):
    request = make_request(owner, "access", "portability")
    make_copy(request, owner)
    case = request.again("portability").case
    assert request.again("portability").outcome == "told"
    assert request.again("access").outcome is None
    assert "Asiaan ”Tietojen tarkastaminen” ei ole vastattu." in cases.blockers(case)
