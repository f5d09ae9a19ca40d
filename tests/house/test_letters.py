"""Every letter that is issued has a name, by which the company writes its own words for it and the log speaks of it."""

import ast
from importlib import import_module
from pathlib import Path

from flask import Flask

from rekisteri.documents import wording
from tests.house.source import ROOT, files, name_of, tree_of

NO_LETTERS = {"notice"}


def kinds_issued(path: Path) -> set[str]:
    """The kinds of documents that a file issues: the texts it gives to `documents.issue`, or the names it gives them by."""
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    issuing = [call for call in calls if ast.unparse(call.func) == "documents.issue"]
    given = [keyword.value for call in issuing for keyword in call.keywords if keyword.arg == "kind"]
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return {kind for value in given if (kind := value_of(value, module))}


def value_of(value: ast.expr, module: str) -> str:
    """A text, or what the module calls by a name; nothing for a parameter of the function."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    return str(getattr(import_module(module), ast.unparse(value), ""))


def test_the_search_proves_itself() -> None:
    file = ROOT / "rekisteri" / "rectification" / "letters.py"
    assert kinds_issued(file) == {"rectification_decision", "correction_notice"}


def test_every_letter_that_is_issued_has_a_name(house: Flask) -> None:
    nameless = {
        name_of(path): unknown
        for path in files("rekisteri")
        if "demo" not in path.parts and (unknown := kinds_issued(path) - set(wording.letters()) - NO_LETTERS)
    }
    assert not nameless, f"give these a name by wording.add_letters: {nameless}"


def test_names_of_letters_begin_with_a_capital_and_end_without_a_full_stop(house: Flask) -> None:
    assert not [name for name in wording.letters().values() if not name[:1].isupper() or name.endswith(".")]
