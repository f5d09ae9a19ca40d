"""The history of the data as a diary."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rekisteri.customers import overview
from rekisteri.customers.models import Customer, Datum, Source
from rekisteri.staff.models import User

START = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
MAIJA = Customer(kind="person", display_name="Virtanen, Maija")
KAISA = User(full_name="Kaisa Kirjaaja")
SELF, FAIR = Source(name="Rekisteröity itse"), Source(name="Rakentajamessut 2026")


def datum(
    id: int, field: str, value: str, *, hours: int = 0, source: Source = SELF, by: User | None = KAISA, **rest
) -> Datum:
    return Datum(
        id=id,
        field=field,
        value=value,
        source=source,
        source_id=1 if source is SELF else 2,
        obtained_on=date(2026, 3, 5),
        entered_at=START + timedelta(hours=hours),
        entered_by=by,
        entered_by_id=7 if by else None,
        **rest,
    )


def ended(after: int, reason: str = "Tieto on muuttunut") -> dict:
    return {"ended_at": START + timedelta(hours=after), "ended_by": KAISA, "ended_reason": reason}


def told(*history: Datum) -> list[tuple[str, str]]:
    return [(entry.title, entry.text) for entry in overview.entries(MAIJA, history)]


def test_values_entered_together_are_one_entry():
    assert told(datum(1, "last_name", "Virtanen"), datum(2, "phone", "+358415058567")) == [
        (
            "Tiedot kirjattu",
            "Sukunimi, puhelinnumero. Lähde: Rekisteröity itse, saatu 5.3.2026. Kirjasi Kaisa Kirjaaja.",
        )
    ]


def test_values_from_two_sources_are_two_entries():
    titles = [title for title, _ in told(datum(1, "last_name", "Virtanen"), datum(2, "city", "Turku", source=FAIR))]

    assert sorted(titles) == ["Postitoimipaikka kirjattu", "Sukunimi kirjattu"]


def test_a_change_tells_both_values_the_reason_and_the_new_source():
    old = datum(1, "phone", "+358415058567", **ended(5))
    new = datum(2, "phone", "+358401234567", hours=5, source=FAIR, replaces_id=1)

    assert told(old, new)[0] == (
        "Puhelinnumero muutettu",
        "041 505 8567 → 040 123 4567. Tieto on muuttunut. Lähde: Rakentajamessut 2026, saatu 5.3.2026. Kirjasi Kaisa Kirjaaja.",
    )


def test_a_removal_tells_what_was_removed_and_by_whom():
    assert told(datum(1, "orders", "2024: vene\n2025: airot", **ended(5, "Tarpeeton tieto poistettu")))[0] == (
        "Aikaisemmat tilaukset poistettu",
        "Oli: 2024: vene; 2025: airot. Tarpeeton tieto poistettu. Poisti Kaisa Kirjaaja.",
    )


def test_a_value_given_again_after_its_removal_is_entered_anew():
    titles = [title for title, _ in told(datum(1, "city", "Turku", **ended(2)), datum(2, "city", "Turku", hours=4))]

    assert titles == ["Postitoimipaikka kirjattu", "Postitoimipaikka poistettu", "Postitoimipaikka kirjattu"]


def test_what_a_command_entered_is_told_to_be_by_the_program():
    assert told(datum(1, "city", "Turku", by=None))[0][1].endswith("Kirjasi ohjelma.")


@pytest.mark.parametrize("reason", ["Oikaisu 2026/0007.", "Oikaisu 2026/0007"])
def test_a_reason_ends_with_one_full_stop(reason):
    assert "Oikaisu 2026/0007. Poisti" in told(datum(1, "city", "Turku", **ended(1, reason)))[0][1]


def test_the_card_has_a_line_for_each_field_in_order_also_the_empty_ones():
    lines = overview.lines(MAIJA, [datum(1, "phone", "+358415058567"), datum(2, "city", "Turku", **ended(1))])

    assert [line.label for line in lines][:5] == [
        "Sukunimi",
        "Etunimi",
        "Edustettu yhteisö",
        "Sähköpostiosoite",
        "Puhelinnumero",
    ]
    assert {line.field: line.value for line in lines if line.datum} == {"phone": "041 505 8567"}
