"""The page of statistics, its choice of months, its files, its snapshot and its command."""

import io
from datetime import date

import pytest
from sqlalchemy import event

from rekisteri.kernel.db import db
from rekisteri.kernel.sheets import open_sheet
from rekisteri.statistics import service
from rekisteri.statistics.models import Statistic
from tests.disclosures.factories import make_recipient
from tests.statistics.factories import make_disclosures, make_orders, make_people, make_requests

MARCH = date(2026, 3, 5)


@pytest.fixture(autouse=True)
def today(app, freeze):
    freeze("2026-11-23")


def figure(page, id):
    return " ".join(page.page.select_one(f"#{id}").get_text(" ").split())


def rows(page, id):
    """The rows of a table as lists of texts."""
    found = page.page.select(f"#{id} table tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in found]


class TestThePage:
    def test_is_for_readers_of_the_register(self, client, sign_in):
        sign_in("lukija")
        assert "Tilastot" in client.get("/").page.select_one("nav.index").get_text()
        assert client.get("/tilastot/").status_code == 200

    def test_is_closed_to_whom_the_register_is_closed(self, client, sign_in):
        sign_in("paakayttaja")
        assert client.get("/tilastot/").status_code == 403
        assert client.get("/tilastot/uudet-asiakkaat.csv").status_code == 403

    def test_tells_when_the_figures_were_counted(self, client, sign_in):
        sign_in("lukija")
        assert "Laskettu 23.11.2026 klo 12.00." in client.get("/tilastot/").main.replace("\u00a0", " ")

    def test_of_an_empty_register_is_whole_and_says_so(self, client, sign_in):
        sign_in("lukija")
        page = client.get("/tilastot/")
        assert rows(page, "uudet-asiakkaat")[-1] == ["Yhteensä", "0", "0"]
        assert "Ei näytettäviä lukuja" in figure(page, "asiakkaat-alueittain")

    def test_tells_of_every_topic(self, client, sign_in):
        ids = make_people(1200)
        make_orders(ids[:6], on=MARCH, total=123450)
        make_requests(ids[:5], on=date(2026, 10, 1), closed=date(2026, 10, 9))
        make_disclosures(ids[:7], make_recipient(), on=date(2026, 11, 2))
        sign_in("lukija")
        page = client.get("/tilastot/")
        assert ["maaliskuu 2026", "1\u00a0200", "0"] in rows(page, "uudet-asiakkaat")
        assert ["maaliskuu 2026", "6", "7\u00a0407,00\u00a0€"] in rows(page, "tilaukset")
        assert ["lokakuu 2026", "8"] in rows(page, "vastausajat")
        assert ["Vastattu määräajassa", "0", "5"] in rows(page, "maaraajat")
        assert ["Toinen rekisterinpitäjä", "0", "7"] in rows(page, "luovutukset-saajittain")

    def test_draws_a_chart_with_a_name_and_a_way_to_its_table(self, client, sign_in):
        make_people(6)
        sign_in("lukija")
        chart = client.get("/tilastot/").page.select_one("#uudet-asiakkaat svg[role=img]")
        assert chart.title.get_text() == "Uudet asiakkaat"
        assert "Samat luvut ovat taulukossa" in chart.desc.get_text()
        assert len(chart.select("rect.bar")) == 2 * 23

    def test_asks_little_of_the_database_however_many_tables_it_has(self, client, sign_in):
        sign_in("lukija")
        client.get("/tilastot/")
        asked = []
        event.listen(db.engine, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
        client.get("/tilastot/")
        assert len([statement for statement in asked if "statistic" in statement]) == 1
        assert not [statement for statement in asked if "FROM customer" in statement]


class TestSmallGroups:
    @pytest.mark.promise("kaytto.kehittaminen")
    def test_are_told_to_be_hidden_and_so_is_what_would_give_them_away(self, client, sign_in):
        make_people(3, on=date(2026, 1, 7))
        make_people(20, on=date(2026, 2, 7))
        make_people(30, on=MARCH)
        sign_in("lukija")
        found = {row[0]: row[1] for row in rows(client.get("/tilastot/"), "uudet-asiakkaat")}
        assert found["tammikuu 2026"] == found["helmikuu 2026"] == "suojattu"
        assert found["maaliskuu 2026"] == "30"
        assert found["Yhteensä"] == "vähintään 30"

    @pytest.mark.promise("kaytto.kehittaminen")
    def test_cannot_be_cut_out_by_choosing_months(self, client, sign_in):
        """Whatever months are chosen, the two hidden ones never stand apart in any sum."""
        make_people(3, on=date(2026, 1, 7))
        make_people(20, on=date(2026, 2, 7))
        make_people(30, on=MARCH)
        sign_in("lukija")
        said = set()
        for first, last in [("1", "1"), ("1", "2"), ("2", "2"), ("2", "3"), ("1", "3"), ("3", "3")]:
            for level in ("month", "quarter", "year"):
                page = client.get(f"/tilastot/?alku={first}/2026&loppu={last}/2026&jako={level}")
                said |= {cell for row in rows(page, "uudet-asiakkaat")[1:] for cell in row[1:2]}
        assert said == {"suojattu", "30", "53", "vähintään 0", "vähintään 30"}

    @pytest.mark.promise("kaytto.kehittaminen")
    def test_are_not_even_kept(self, app):
        make_people(4, on=date(2026, 1, 7))
        make_people(9, on=MARCH)
        service.refresh()
        year = db.session.get(Statistic, "customers").figures["person"]["splits"]["year"]["2026"]
        months = year["splits"]["quarter"]["2026/1"]["splits"]["month"]
        assert months["2026-01"] == {"figures": None, "splits": {}}

    def test_of_which_nothing_can_be_told_leave_a_sentence(self, client, sign_in):
        make_people(3, values={"postcode": "33100", "city": "Tampere"})
        sign_in("lukija")
        assert "ryhmät ovat niin pieniä, että luvut on suojattu" in figure(
            client.get("/tilastot/"), "asiakkaat-alueittain"
        )


class TestTheChoiceOfMonths:
    def test_is_kept_in_the_address(self, client, sign_in):
        make_people(6)
        sign_in("lukija")
        page = client.get("/tilastot/?alku=1/2026&loppu=6/2026&jako=quarter")
        assert [row[:2] for row in rows(page, "uudet-asiakkaat")] == [
            ["Vuosineljännes", "Henkilöt"],
            ["1. neljännes 2026", "6"],
            ["2. neljännes 2026", "0"],
            ["Yhteensä", "6"],
        ]
        assert page.page.select_one("#alku")["value"] == "1/2026"

    def test_shows_two_years_when_nothing_is_chosen(self, client, sign_in):
        sign_in("lukija")
        found = rows(client.get("/tilastot/"), "uudet-asiakkaat")
        assert (found[1][0], found[-2][0]) == ("tammikuu 2025", "marraskuu 2026")

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("alku=tammikuu&loppu=6/2026&jako=month", "Kirjoita kuukausi muodossa 3/2026."),
            ("alku=&loppu=6/2026&jako=month", "Kirjoita ensimmäinen kuukausi."),
            ("alku=7/2026&loppu=6/2026&jako=month", "Viimeinen kuukausi on ennen ensimmäistä."),
            ("alku=1/2026&loppu=12/2026&jako=month", "Viimeinen kuukausi ei voi olla tulevaisuudessa."),
            ("alku=1/2000&loppu=6/2026&jako=month", "Valitse enintään kymmenen vuotta kerrallaan."),
            ("alku=1/2026&loppu=6/2026&jako=viikko", "Valitse jokin annetuista vaihtoehdoista."),
        ],
    )
    def test_that_will_not_do_is_told_so_and_the_usual_months_are_shown(self, client, sign_in, query, sentence):
        sign_in("lukija")
        page = client.get(f"/tilastot/?{query}")
        assert page.status_code == 422
        assert sentence in figure(page, "virheet")
        assert rows(page, "uudet-asiakkaat")[1][0] == "tammikuu 2025"

    def test_of_more_than_three_years_is_drawn_as_a_line(self, client, sign_in):
        make_people(6)
        sign_in("lukija")
        chart = client.get("/tilastot/?alku=1/2022&loppu=11/2026&jako=month").page.select_one(
            "#uudet-asiakkaat svg[role=img]"
        )
        assert len(chart.select("line.stroke")) == 2 * 58


class TestAFile:
    def test_as_csv_holds_what_the_page_shows(self, client, sign_in):
        make_people(3, on=date(2026, 1, 7))
        make_orders(make_people(1200, on=MARCH)[:5], on=MARCH, total=123450)
        sign_in("lukija")
        file = client.get("/tilastot/tilaukset.csv?alku=2/2026&loppu=3/2026&jako=month")
        assert file.headers["Content-Disposition"] == "attachment; filename=tilaukset.csv"
        assert file.data.decode("utf-8-sig").splitlines() == [
            "Kuukausi;Tilauksia;Arvo",
            "helmikuu 2026;0;0,00",
            "maaliskuu 2026;5;6172,50",
            "Yhteensä;5;6172,50",
        ]

    def test_holds_no_hidden_figure_either(self, client, sign_in):
        make_people(3, on=date(2026, 1, 7))
        make_people(9, on=MARCH)
        sign_in("lukija")
        file = client.get("/tilastot/uudet-asiakkaat.csv?alku=1/2026&loppu=3/2026&jako=month")
        assert "tammikuu 2026;suojattu;0" in file.data.decode("utf-8-sig")

    def test_as_excel_opens(self, client, sign_in):
        make_people(6)
        sign_in("lukija")
        file = client.get("/tilastot/uudet-asiakkaat.xlsx?alku=3/2026&loppu=3/2026&jako=month")
        sheet = open_sheet(io.BytesIO(file.data), "uudet-asiakkaat.xlsx")
        assert [sheet.header, *sheet.rows()] == [
            ["Kuukausi", "Henkilöt", "Yhteisöt"],
            ["maaliskuu 2026", "6", "0"],
            ["Yhteensä", "6", "0"],
        ]

    @pytest.mark.parametrize("address", ["olematon.csv", "olematon.xlsx", "uudet-asiakkaat.csv?alku=x"])
    def test_that_there_is_not_is_not_found(self, client, sign_in, address):
        sign_in("lukija")
        assert client.get(f"/tilastot/{address}").status_code == 404


class TestTheSnapshot:
    def test_is_not_counted_again_on_the_same_day(self, client, sign_in):
        sign_in("lukija")
        client.get("/tilastot/")
        make_people(6)
        assert rows(client.get("/tilastot/"), "uudet-asiakkaat")[-1] == ["Yhteensä", "0", "0"]

    def test_is_counted_by_the_first_who_looks_when_it_is_a_day_old(self, client, sign_in, freeze):
        service.refresh()
        make_people(6)
        freeze("2026-11-24")
        sign_in("lukija")
        page = client.get("/tilastot/")
        assert rows(page, "uudet-asiakkaat")[-1] == ["Yhteensä", "6", "0"]
        assert "Laskettu 24.11.2026" in page.main

    def test_of_a_large_register_is_never_waited_for(self, client, sign_in, freeze, monkeypatch):
        monkeypatch.setattr(service, "LARGE", 5)
        make_people(6)
        sign_in("lukija")
        page = client.get("/tilastot/")
        assert "Tilastoja ei ole vielä laskettu" in page.main
        assert client.get("/tilastot/uudet-asiakkaat.csv").status_code == 404
        service.refresh()
        freeze("2026-11-25")
        sign_in("lukija")
        page = client.get("/tilastot/")
        assert "Laskettu 23.11.2026" in page.main
        assert "Lukuja ei ole laskettu vuorokauteen." in page.main

    def test_is_counted_by_the_command(self, command, app):
        make_people(6)
        done = command("statistics", "refresh")
        assert done.output.replace("\u00a0", " ").strip() == "Tilastot on laskettu 23.11.2026 klo 12.00."
        assert service.snapshot().figures["customers"]["person"]["figures"] == {"count": 6}
