"""Who may know whom: rooms from the ground up, and inside a room only what is needed of its parts."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, files, imports, name_of, tree_of

WEB = {"flask", "flask_login", "flask_wtf", "flask_babel", "htmx_flask", "wtforms", "werkzeug"}
WEB_PARTS = {"views", "forms", "commands", "blueprint", "cookie", "paper", "styleguide", "__init__"}
NOT_THE_WEB = {("flask", "current_app"), ("flask", "url_for")}  # settings and addresses
CLOCK = {"now", "today", "utcnow", "time"}


def room_files() -> list[Path]:
    """The files of the rooms; the kernel is the web's and the database's own place."""
    return [path for path in files("rekisteri") if path.parent != ROOT / "rekisteri" and "kernel" not in path.parts]


def part(path: Path) -> str:
    """What a file is in its room: views_users.py, entry_views.py, views/lists.py and importing/forms.py are the web's."""
    inside = [piece.removesuffix(".py") for piece in path.relative_to(ROOT / "rekisteri").parts[1:]]
    if inside == ["__init__"]:
        return "__init__"
    return next((word for piece in inside for word in piece.split("_") if word in WEB_PARTS), inside[0])


def sees_the_web(tree: ast.Module) -> list[str]:
    """Imports by which a use case would see the request, the session or a form."""
    return [
        f"line {line}: {module} {name}".rstrip()
        for module, name, line in imports(tree)
        if module.partition(".")[0] in WEB and module != "werkzeug.security" and (module, name) not in NOT_THE_WEB
    ]


def commits(tree: ast.Module) -> list[str]:
    """Calls that end a transaction: only `with transaction()` does that. Letting a read snapshot go is no commit."""
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("session.commit")
    ]


def reads_the_clock(tree: ast.Module) -> list[str]:
    """Where rules would read the time, which they get as an argument."""
    found = [f"line {line}: {module}" for module, _, line in imports(tree) if module == "rekisteri.kernel.clock"]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return found + [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in calls
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK
        and ast.unparse(node.func.value) in {"date", "datetime", "time", "datetime.datetime", "datetime.date"}
    ]


@pytest.mark.parametrize(
    ("check", "bad", "good"),
    [
        (sees_the_web, "from flask import request", "from flask import current_app"),
        (sees_the_web, "import wtforms.validators", "import json"),
        (commits, "db.session.commit()", "db.session.flush()"),
        (reads_the_clock, "from rekisteri.kernel.clock import today", "from datetime import date"),
        (reads_the_clock, "x = date.today()", "x = date(2026, 1, 1)"),
    ],
)
def test_the_checks_prove_themselves(check, bad: str, good: str) -> None:
    assert check(ast.parse(bad))
    assert not check(ast.parse(good))


def test_a_room_knows_only_the_rooms_below_it() -> None:
    """In a process of its own: the linter silences the loggers of the one it runs in."""
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_use_cases_never_see_the_web() -> None:
    seen = {name_of(path): sees_the_web(tree_of(path)) for path in room_files() if part(path) not in WEB_PARTS}
    assert not {name: found for name, found in seen.items() if found}


def test_nothing_but_a_transaction_commits() -> None:
    seen = {name_of(path): commits(tree_of(path)) for path in room_files() if part(path) != "commands"}
    assert not {name: found for name, found in seen.items() if found}


def test_rules_do_not_read_the_clock() -> None:
    seen = {name_of(path): reads_the_clock(tree_of(path)) for path in room_files() if part(path) == "rules"}
    assert not {name: found for name, found in seen.items() if found}


def test_only_the_application_imports_views() -> None:
    seen = [
        f"{name_of(path)}:{line} {module}"
        for path in room_files()
        for module, name, line in imports(tree_of(path))
        if module.startswith("rekisteri.") and (module.endswith(".views") or name == "views")
        if part(path) != "views"
    ]
    assert not seen


def test_a_room_has_one_name_everywhere() -> None:
    """Package, blueprint, templates and tests of a room carry the same word."""
    from rekisteri import ROOMS, create_app

    for room in ROOMS:
        assert (ROOT / "rekisteri" / room / "__init__.py").is_file(), room
        assert (ROOT / "tests" / room).is_dir(), f"tests/{room}: a room without tests"
        if (ROOT / "rekisteri" / room / "views.py").is_file() or (ROOT / "rekisteri" / room / "views").is_dir():
            assert (ROOT / "templates" / room).is_dir(), f"templates/{room}"
    assert callable(create_app)
