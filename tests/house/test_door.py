"""Nothing of a customer's leaves the register but through the door (GDPR art. 5(2), 30; the notice's own promise).

Whatever can write a file, draw a print or send an answer is found in the source. Each such module either lets its people out
by the door, itself or by a module of its own room that it asks, or stands below with the reason why no customer's data
leave by it. A new way out is thus red until somebody has said which of the two it is.
"""

import ast
from pathlib import Path

import pytest

from tests.house.source import ROOT, files, imports, name_of, tree_of

WAYS_OUT = {
    "send_file",
    "Response",
    "make_response",
    "csv_file",
    "xlsx_file",
    "csv_bytes",
    "ZipFile",
    "Workbook",
    "Canvas",
}
TOOLS = {"rekisteri.kernel.sheets": {"csv_file", "xlsx_file", "csv_bytes"}, "reportlab": None, "xlsxwriter": None}
DOOR = "rekisteri/disclosures/door.py"
POSTED = "letters: the row is written when one is marked posted (disclosures/posted.py)"
LET_OUT_BY = {
    "rekisteri/access/portable.py": ["rekisteri/access/transferring.py"],
    "rekisteri/lists/labels.py": ["rekisteri/lists/service.py"],
    "rekisteri/lists/letters.py": ["rekisteri/lists/service.py"],
    "rekisteri/lists/tables.py": ["rekisteri/lists/service.py"],
    "rekisteri/interfaces/entrance_views.py": [
        "rekisteri/interfaces/reading.py",
        "rekisteri/interfaces/changes.py",
        "rekisteri/interfaces/ordering.py",
        "rekisteri/interfaces/handing.py",
    ],
}
"""Who packs or sends what others of its room have let out, and who those are."""
NOTHING_LEAVES = {
    "rekisteri/customers/importing/import_views.py": "gives back the rows of the reader's own file",
    "rekisteri/customers/importing/preview.py": "gives back the rows of the reader's own file",
    "rekisteri/documents/post.py": POSTED,
    "rekisteri/documents/post_views.py": POSTED,
    "rekisteri/documents/views.py": POSTED,
    "rekisteri/interfaces/api_views.py": "the interface's own description",
    "rekisteri/notice/views.py": "the notice, which anybody may read",
    "rekisteri/notice/views_draft.py": "the notice being written",
    "rekisteri/paper/print_views.py": "labels of binders and places",
    "rekisteri/prohibitions/commands.py": "gives back the rows of the reader's own file, each with yes or no",
    "rekisteri/selections/printing.py": "counts of who was left out and why",
    "rekisteri/selections/views.py": "counts of who was left out and why",
    "rekisteri/settings/letter_views.py": "a letter to nobody, to see its text",
    "rekisteri/staff/paper.py": "papers of the company's own people",
    "rekisteri/staff/views_commitments.py": "papers of the company's own people",
    "rekisteri/staff/views_entrance.py": "the page on which one signs in",
    "rekisteri/statistics/views.py": "figures that are nobody's",
}


def called(tree: ast.Module) -> set[tuple[str, str]]:
    """Every call in a file as (what it was asked of, its name)."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            asked = node.func
            if isinstance(asked, ast.Attribute):
                found.add((asked.value.id if isinstance(asked.value, ast.Name) else "", asked.attr))
            elif isinstance(asked, ast.Name):
                found.add(("", asked.id))
    return found


def leads_out(tree: ast.Module) -> bool:
    calls = called(tree)
    if any(
        name in WAYS_OUT or (owner, name) in {("pdf", "render"), ("pdf", "merge"), ("pdf", "draw")}
        for owner, name in calls
    ):
        return True
    return any(
        module.startswith(tool) and (names is None or name in names)
        for module, name, _ in imports(tree)
        for tool, names in TOOLS.items()
    )


def lets_out(tree: ast.Module) -> bool:
    return ("door", "let_out") in called(tree)


def asked_in_room(path: Path, tree: ast.Module) -> list[Path]:
    """The modules of its own room that a module imports."""
    room = ".".join(Path(name_of(path)).parts[:2])
    found = []
    for module, name, _ in imports(tree):
        if module.startswith(room):
            for dotted in (module, f"{module}.{name}"):
                candidate = ROOT / (dotted.replace(".", "/") + ".py")
                found += [candidate] if candidate.exists() else []
    return found


def ways_out() -> dict[str, bool]:
    """Every module that leads out of the register, and whether it goes through the door."""
    found = {}
    for path in files("rekisteri"):
        tree = tree_of(path)
        if name_of(path).startswith(("rekisteri/kernel/", DOOR)) or not leads_out(tree):
            continue
        named = [ROOT / name for name in LET_OUT_BY.get(name_of(path), [])]
        asked = any(lets_out(tree_of(one)) for one in asked_in_room(path, tree))
        found[name_of(path)] = lets_out(tree) or asked or (bool(named) and all(lets_out(tree_of(one)) for one in named))
    return found


@pytest.mark.promise("luovutus.vain-yritys")
def test_nothing_leaves_but_through_the_door() -> None:
    past = {name for name, through in ways_out().items() if not through and name not in NOTHING_LEAVES}
    assert not past, "let its people out by disclosures/door.py, or say here why no customer's data leave by it"


def test_nobody_is_excused_who_does_not_need_it() -> None:
    found = ways_out()
    assert {name for name in NOTHING_LEAVES if name not in found or found[name]} == set()


def test_tables_of_customers_are_written_by_the_door_alone() -> None:
    writers = {
        name_of(path)
        for path in files("rekisteri")
        for module, name, _ in imports(tree_of(path))
        if module == "rekisteri.kernel.sheets" and name in {"csv_file", "xlsx_file"}
    }
    assert writers <= set(NOTHING_LEAVES), "door.csv_file and door.xlsx_file write of those who have passed"


def test_the_test_sees_a_way_past_the_door() -> None:
    secret = ast.parse("from flask import send_file\ndef steal():\n    return send_file(everybody())\n")
    assert leads_out(secret) and not lets_out(secret)
    assert leads_out(ast.parse("from rekisteri.kernel.sheets import csv_file"))
    assert not leads_out(ast.parse("def show():\n    return render('page.html')\n"))
