"""The notice is a promise, and a test keeps it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from rekisteri.notice.promises import NOT_YET, PROMISES
from tests.house.source import files, name_of, tree_of


def promises_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each promise that a file's tests are marked with, and where."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.promise":
            for argument in node.args:
                assert isinstance(argument, ast.Constant), "a promise is named as plain text"
                yield str(argument.value), node.lineno


def marked() -> list[tuple[str, Path, int]]:
    return [(name, path, line) for path in files("tests") for name, line in promises_in(tree_of(path))]


def test_the_search_for_marks_finds_them() -> None:
    source = '@pytest.mark.promise("a")\ndef test_x(): ...\npytestmark = [pytest.mark.promise("b")]\n'
    assert [name for name, _ in promises_in(ast.parse(source))] == ["a", "b"]


def test_every_promise_is_kept_by_a_test_or_known_to_be_missing() -> None:
    kept = {name for name, _, _ in marked()}
    forgotten = sorted(set(PROMISES) - kept - NOT_YET)
    assert not forgotten, f"no test carries @pytest.mark.promise for: {', '.join(forgotten)}"


def test_no_test_claims_a_promise_that_the_notice_does_not_make() -> None:
    unknown = [f"{name_of(path)}:{line} {name}" for name, path, line in marked() if name not in PROMISES]
    assert not unknown, "unknown promises:\n" + "\n".join(unknown)


def test_what_is_kept_is_no_longer_called_missing() -> None:
    assert set(PROMISES) >= NOT_YET
    kept = {name for name, _, _ in marked()}
    assert not NOT_YET & kept, f"take these out of NOT_YET, a test keeps them: {sorted(NOT_YET & kept)}"


def test_each_promise_is_one_finnish_sentence() -> None:
    for name, sentence in PROMISES.items():
        assert sentence.endswith("."), name
        assert sentence[0].isupper(), name
