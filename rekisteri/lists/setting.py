"""What a form says, as it is kept with a print; and the file made of what was kept."""

from typing import Any, BinaryIO

from sqlalchemy import Select

from rekisteri.disclosures import door
from rekisteri.kernel.clock import today
from rekisteri.kernel.formats import fi_decimal
from rekisteri.kernel.pdf import Drawn
from rekisteri.lists import labels, letters, reading, rules, sheets, tables
from rekisteri.lists.households import labels as texts
from rekisteri.lists.models import Printout
from rekisteri.settings import service as settings

PAPER = ("list", "labels", "letters")


def checked(kind: str, given: dict[str, Any], use: str) -> dict[str, Any]:
    """The setting of a print as it is kept.

    :param given: the form's fields by name.
    :raises RuleViolation: something of it cannot be printed.
    """
    if kind == "list":
        return {
            "title": rules.check_title(given["title"] or ""),
            "columns": rules.check_columns(given["columns"] or []),
        }
    if kind == "labels":
        return _label_setting(given, use)
    if kind == "letters":
        told = {"title": rules.check_title(given["title"] or ""), "paragraphs": rules.check_text(given["text"] or "")}
        return {**told, "signer": given["signer"] or "", "told": _told(use), "order": given["order"]}
    if kind == "file":
        return {"file_kind": given["file_kind"], "order": given["order"]}
    return {"file_kind": given["file_kind"]}


def _label_setting(given: dict[str, Any], use: str) -> dict[str, Any]:
    sheet = sheets.check_sheet(given["sheet"])
    return {
        "sheet": given["sheet"],
        "start": sheets.check_start(sheet, given["start"]),
        "dx": sheets.check_offset((given["dx"] or 0) / 1000, field="dx"),
        "dy": sheets.check_offset((given["dy"] or 0) / 1000, field="dy"),
        "merge": bool(given["merge"]),
        "note": _origin() if given["origin"] or use in rules.ORIGIN_NEEDED else "",
        "order": given["order"],
    }


def _origin() -> str:
    told: dict[str, Any] = settings.current().controller()
    return rules.origin(register=told["register_name"], company=told["name"], lines=told["lines"], phone=told["phone"])


def _told(use: str) -> list[str]:
    """What the law asks to be told in a letter: out of what register the address is, and how to forbid it."""
    contact: dict[str, Any] = settings.current().controller()["contact"]  # type: ignore[assignment]
    right = rules.right_to_forbid(use, phone=contact["phone"], email=contact["email"])
    return [text for text in (right, f"{_origin()}." if right else "") if text]


def told(made: Printout) -> list[str]:
    """How a print was set, in words."""
    kept = made.setting
    found = [rules.ORDERS[kept["order"]].lower()] if "order" in kept else []
    if made.kind == "list":
        found += [kept["title"], *(rules.COLUMNS[column][0].lower() for column in kept["columns"])]
    if made.kind == "labels":
        moved = f"siirto {fi_decimal(round(kept['dx'] * 1000))} ja {fi_decimal(round(kept['dy'] * 1000))} mm"
        found += [sheets.SHEETS[kept["sheet"]].name, f"tarrasta {kept['start']}", moved]
        found += ["taloudet yhteen tarraan"] if kept["merge"] else []
        found += ["osoitelähde"] if kept["note"] else []
    if "file_kind" in kept:
        found.append(rules.FORMATS[kept["file_kind"]])
    return found


def label_setting(kept: dict[str, Any]) -> labels.Setting:
    """How labels are set."""
    return labels.Setting(sheets.SHEETS[kept["sheet"]], kept["start"], kept["dx"], kept["dy"], kept["note"])


def letter(kept: dict[str, Any]) -> letters.Letter:
    """The letter that is written."""
    return letters.Letter(
        title=kept["title"],
        paragraphs=tuple(kept["paragraphs"]),
        on=today(),
        controller=settings.current().controller(),
        signer=kept["signer"],
        told=tuple(kept["told"]),
    )


def test_print(kind: str, kept: dict[str, Any]) -> Drawn:
    """A print in which no customer is, to see that it falls where it should."""
    return labels.test_print(label_setting(kept)) if kind == "labels" else letters.test_print(letter(kept))


def drawn(made: Printout, people: Select[int]) -> Drawn:
    """A list, labels or letters of these people, for the printer. Raises `PdfError` when they cannot be printed now."""
    kept, on = made.setting, today()
    if made.kind == "list":
        return _listed(made, people)
    found = reading.addressees(people, order=kept["order"], on=on)
    if made.kind == "labels":
        return labels.draw(label_setting(kept), texts(found, merge=kept["merge"]))
    return letters.draw(letter(kept), found)


def _listed(made: Printout, people: Select[int]) -> Drawn:
    kept, went = made.setting, made.outgoing
    return tables.draw(
        people,
        title=kept["title"],
        columns=kept["columns"],
        purpose=went.purpose,
        by=went.by.full_name if went.by else "rekisteri",
        on=today(),
        controller=settings.current().controller(),
        count=went.count,
    )


def filed(made: Printout, passage: door.Passage, people: Select[int]) -> BinaryIO:
    """The file, made whole before it is sent."""
    write = door.xlsx_file if made.setting["file_kind"] == "xlsx" else door.csv_file
    on = today()
    if made.kind in rules.SENT_BY:
        return write(passage, tables.MESSAGE_HEADERS[made.kind], tables.messages(people, made.kind, on=on))
    return write(passage, tables.FILE_HEADER, tables.addresses(people, order=made.setting["order"], on=on))
