"""The floor's templates, made of the pages the register serves, so that both always show the same."""

import re
from pathlib import Path

from markupsafe import escape

from benchmarks.driver import sqlite3

ROW = """{% for customer in rows %}
<tr>
  <th scope="row"><a href="/asiakkaat/{{ customer.id }}">{{ customer.display_name }}</a></th>
  <td data-label="Edustaa">{{ customer.represents or ("Yhteisö" if customer.kind == "organisation" else "–") }}</td>
  <td data-label="Yhteystiedot">{{ customer.contact or "–" }}</td>
  <td data-label="Postitoimipaikka">{{ customer.place or "–" }}</td>
</tr>
{% endfor %}"""
DATA = (
    "SELECT d.field, d.value, d.obtained_on, d.entered_at, s.name, u.full_name FROM datum d "
    "JOIN source s ON s.id = d.source_id LEFT JOIN user u ON u.id = d.entered_by_id WHERE d.customer_id = ? ORDER BY d.id"
)
ORDERS = (
    "SELECT id, number, state, opened_on, ordered_on, delivered_on, total FROM customer_order "
    "WHERE customer_id = ? ORDER BY opened_on DESC, id DESC LIMIT 10"
)
CUSTOMER = "SELECT id, display_name, kind, state, active_on FROM customer WHERE id = ?"


def write(folder: Path, *, listed: str, card: str, values: dict[str, str]) -> None:
    """Put `list.html` and `card.html` into a folder.

    :param listed: the list as the register served it; its rows become a loop.
    :param card: a card as it was served; each of its `values` becomes a variable.
    """
    body = re.compile(r"(<tbody>).*?(</tbody>)", re.DOTALL)
    assert len(body.findall(listed)) == 1, "the list has other tables than the one of customers"
    folder.joinpath("list.html").write_text(body.sub(lambda found: found[1] + ROW + found[2], listed))
    folder.joinpath("card.html").write_text(_with_variables(card, values))


def _with_variables(page: str, values: dict[str, str]) -> str:
    """The longest first, so that no value is looked for inside another one."""
    assert "{{" not in page, "the page would be read as a template"
    assert "{%" not in page, "the page would be read as a template"
    names = sorted((name for name in values if values[name]), key=lambda name: -len(values[name]))
    for place, name in enumerate(names):
        page = re.sub(rf"(?<!\w){re.escape(str(escape(values[name])))}(?!\w)", f"\0_{place}_\0", page)
    return re.sub("\0_(\\d+)_\0", lambda found: f"{{{{ v.{names[int(found[1])]} }}}}", page)


def card_values(own: sqlite3.Connection, customer_id: int) -> dict[str, str]:
    """What the card shows of the database: the customer, each datum with its source, ten orders with dates and sums."""
    customer = own.execute(CUSTOMER, (customer_id,)).fetchone()
    values = {"id": str(customer["id"]), "name": " ".join(reversed(customer["display_name"].split(", ", 1)))}
    for row in own.execute(DATA, (customer_id,)):
        values[f"{row['field']}_value"] = row["value"]
        values[f"{row['field']}_source"] = row["name"]
        values[f"{row['field']}_obtained"] = _day(row["obtained_on"])
        values[f"{row['field']}_by"] = row["full_name"] or ""
    for number, row in enumerate(own.execute(ORDERS, (customer_id,))):
        values[f"order_{number}"] = row["number"]
        values[f"order_{number}_on"] = _day(row["ordered_on"] or row["opened_on"])
        values[f"order_{number}_delivered"] = _day(row["delivered_on"])
        values[f"order_{number}_total"] = _money(row["total"])
    return values


def _day(iso: str | None) -> str:
    return ".".join(str(int(part)) for part in reversed(iso.split("-"))) if iso else ""


def _money(cents: int) -> str:
    return f"{cents // 100:,}".replace(",", "\u00a0") + f",{cents % 100:02}\u00a0€"
