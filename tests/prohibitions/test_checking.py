"""A file of addresses is checked against what has been forbidden before anything is sent to it."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.customers import service as customers
from rekisteri.customers.models import Customer
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.sheets import open_sheet, xlsx_file
from rekisteri.prohibitions import checking, service
from tests.cases.factories import TODAY
from tests.customers.factories import MAIJA, OBTAINED, make_clerk, make_organisation, make_person
from tests.forgotten.factories import forget
from tests.support.commands import CommandLine

HEADER = "Nimi;Osoite;Postinumero;Sähköposti;Puhelin"
MAIJA_ROW = "Virtanen Maija;Mäkitie 4 A 3;00100;;"
FREE_ROW = "Aho Ville;Rantatie 1;33100;ville@esimerkki.fi;050 123 4567"


@pytest.fixture(autouse=True)
def office_day(freeze: Callable[[str], None], app: Any) -> None:
    """Every test here happens on Monday 23.11.2026 at noon."""
    freeze("2026-11-23")


def forbid(customer: Customer, *kinds: str) -> None:
    """The customer forbids these by phone; direct mail unless told otherwise."""
    clerk = make_clerk()
    with transaction():
        found = db.session.get_one(Customer, customer.id)
        wanted = kinds or ("direct_mail",)
        service.record(customer=found, kinds=wanted, told_on=TODAY, channel="phone", by=clerk, on=TODAY)


def look(*rows: str, header: str = HEADER, use: str = "direct_mail") -> list[str]:
    """Why each row of such a file may not be used; nothing when it may."""
    sheet = open_sheet(io.BytesIO("\n".join([header, *rows]).encode()), "lista.csv")
    return [row.why for row in checking.check_file(sheet, use)]


class TestARow:
    @pytest.mark.parametrize(
        "row",
        [
            MAIJA_ROW,
            "VIRTANEN MAIJA;mäkitie 4 a 3;00100;;",
            "Virtanen, Maija;;00100;;",
            "Maija Virtanen;;00100;;",
            "Muu Joku;;;Maija.Virtanen@Esimerkki.FI;",
            "Muu Joku;;;;+358 41 505 8567",
            "Muu Joku;;;;0415058567",
        ],
    )
    def test_of_somebody_who_has_said_no_is_found_however_it_is_written(self, row: str) -> None:
        forbid(make_person())
        assert look(row) == ["kielto: suoramainonta"]

    def test_of_somebody_else_is_free(self) -> None:
        forbid(make_person())
        make_person(last_name="Aho", first_name="Ville", email="ville@esimerkki.fi", phone="", postcode="33100")
        assert look(FREE_ROW) == [""]

    def test_of_a_namesake_in_another_town_is_free(self) -> None:
        forbid(make_person())
        assert look("Virtanen Maija;Rantatie 1;33100;;") == [""]

    def test_with_a_former_postcode_is_found(self) -> None:
        maija = make_person()
        forbid(maija)
        clerk = make_clerk()
        moved = MAIJA | {"street": "Uusitie 9", "postcode": "33100", "city": "Tampere"}
        with transaction():
            customers.change(
                customer=db.session.get_one(Customer, maija.id), values=moved,
                source=customers.self_source(), obtained_on=OBTAINED, by=clerk, reason="muutto",
            )  # fmt: skip
        assert look(MAIJA_ROW, "Virtanen Maija;Uusitie 9;33100;;") == ["kielto: suoramainonta"] * 2

    def test_with_a_former_address_or_number_is_found(self) -> None:
        maija = make_person()
        forbid(maija)
        clerk = make_clerk()
        with transaction():
            customers.change(
                customer=db.session.get_one(Customer, maija.id), values={"email": "uusi@esimerkki.fi", "phone": "050 123 4567"},
                source=customers.self_source(), obtained_on=OBTAINED, by=clerk, reason="muutto",
            )  # fmt: skip
        old, new = "Muu Joku;;;maija.virtanen@esimerkki.fi;", "Muu Joku;;;uusi@esimerkki.fi;"
        assert look(old, new, "Muu Joku;;;;041 505 8567") == ["kielto: suoramainonta"] * 3

    @pytest.mark.parametrize("row", ["Virtanen Maija;Mäkitie 4 A 3;;;", ";Mäkitie 4 A 3;00100;;"])
    def test_that_tells_nobody_apart_is_not_called_usable(self, row: str) -> None:
        forbid(make_person())
        assert look(row) == [checking.UNCHECKED]

    def test_of_somebody_in_the_archive_is_found(self) -> None:
        maija = make_person()
        forbid(maija)
        clerk = make_clerk()
        with transaction():
            customers.archive(customer=customers.find(maija.id), by=clerk)
        assert look(MAIJA_ROW) == ["kielto: suoramainonta"]

    def test_of_an_organisation_is_found(self) -> None:
        forbid(make_organisation("Äijälän Sähkö Oy"))
        assert look("Äijälän Sähkö Oy;33100", header="Yritys;Postinumero") == ["kielto: suoramainonta"]

    def test_is_free_again_when_the_customer_has_taken_it_back(self) -> None:
        maija = make_person()
        forbid(maija)
        clerk = make_clerk()
        [standing] = service.of_customer(maija.id)
        with transaction():
            service.withdraw(prohibition=standing, told_on=TODAY, channel="letter", by=clerk, on=TODAY)
        assert look(MAIJA_ROW) == [""]

    def test_is_checked_for_the_asked_use(self) -> None:
        forbid(make_person(), "market_research")
        assert look(MAIJA_ROW, use="direct_mail") == [""]
        assert look(MAIJA_ROW, use="market_research") == ["kielto: markkinatutkimus"]

    def test_with_cells_that_say_nothing_spoils_no_other(self) -> None:
        forbid(make_person())
        assert look(";;;;", "Virtanen Maija;;xx;ei ole;puh. 12 34", MAIJA_ROW)[-1] == "kielto: suoramainonta"


class TestSomebodyErased:
    def test_who_had_forbidden_marketing_is_found_without_knowing_who_it_was(self) -> None:
        forget(MAIJA, forbidden=True)
        assert look(MAIJA_ROW) == [checking.ERASED]

    def test_who_had_forbidden_nothing_is_free(self) -> None:
        forget(MAIJA)
        assert look(MAIJA_ROW) == [""]


def test_a_file_whose_columns_tell_nobody_apart_is_refused() -> None:
    for header in ("Väri;Koko", "Nimi;Koko", "Katuosoite;Postinumero"):
        with pytest.raises(RuleViolation, match="Tarkista sarakkeiden otsikot"):
            look("1;2", header=header)


class TestTheCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        """Two rows: one who has said no, one who has not."""
        forbid(make_person())
        made = tmp_path / "lista.csv"
        made.write_text("\n".join([HEADER, MAIJA_ROW, FREE_ROW]), encoding="utf-8")
        return made

    def test_counts_the_rows_and_fails_when_one_is_forbidden(self, command: CommandLine, file: Path) -> None:
        told = command("prohibitions", "check", file)
        assert told.exit_code == 1
        assert told.output == "Käyttö: suoramainonta\nRivejä: 2, saa käyttää: 1\nEi saa käyttää: 1\n"

    def test_tells_how_many_rows_could_not_be_checked(self, command: CommandLine, file: Path) -> None:
        file.write_text("\n".join([HEADER, MAIJA_ROW, FREE_ROW, "Virtanen Maija;;;;"]), encoding="utf-8")
        told = command("prohibitions", "check", file)
        assert told.output.endswith("saa käyttää: 1\nEi saa käyttää: 2\nNäistä ei voitu tarkistaa: 1\n")

    def test_is_content_with_a_file_of_others(self, command: CommandLine, file: Path) -> None:
        file.write_text("\n".join([HEADER, FREE_ROW]), encoding="utf-8")
        assert command("prohibitions", "check", file).exit_code == 0

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_writes_each_row_with_what_is_forbidden(self, command: CommandLine, file: Path, ending: str) -> None:
        book, out = file.with_name("kirja.xlsx"), file.with_name(f"ulos.{ending}")
        with xlsx_file(HEADER.split(";"), [MAIJA_ROW.split(";"), FREE_ROW.split(";")]) as content:
            book.write_bytes(content.read())
        assert command("prohibitions", "check", book, "--out", out).exit_code == 1
        sheet = open_sheet(io.BytesIO(out.read_bytes()), out.name)
        assert (sheet.kind, sheet.header[-1]) == (ending, "Kielto")
        assert [row[-1] for row in sheet.rows()] == ["kielto: suoramainonta", ""]
        assert out.stat().st_mode & 0o077 == 0, "nobody else may read it"

    def test_is_on_record_without_anybody_s_data(self, command: CommandLine, file: Path) -> None:
        command("prohibitions", "check", file, "--use", "direct_mail")
        [row] = db.session.scalars(select(AuditEvent).filter_by(event="prohibition.checked"))
        assert row.facts == {"use": "direct_mail", "rows": 2, "left": 1}

    def test_never_writes_over_a_file(self, command: CommandLine, file: Path) -> None:
        told = command("prohibitions", "check", file, "--out", file)
        assert (told.exit_code, "on jo olemassa" in told.output) == (1, True)
        assert file.read_text(encoding="utf-8").startswith(HEADER)
        assert not list(file.parent.glob("tmp*")), "nothing half done is left"

    def test_leaves_nothing_behind_of_a_file_it_cannot_read(self, command: CommandLine, tmp_path: Path) -> None:
        bad, out = tmp_path / "lista.csv", tmp_path / "ulos.csv"
        bad.write_text("Väri;Koko\nsininen;42\n", encoding="utf-8")
        told = command("prohibitions", "check", bad, "--out", out)
        assert (told.exit_code, out.exists()) == (1, False)
        assert "Tiedostosta ei löydy saraketta" in told.output
