"""A short tail: no file, function or template grows beyond what one reads at a sitting."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.house.source import ROOT, files, functions, name_of, ninety_fifth, tree_of

CODE = ("rekisteri", "benchmarks", "scripts")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py", "lib.py"}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home|work|Users)/\w+")
LEFT_OUT = re.compile(r"pytest\.(?:mark\.)?(?:skip|skipif|xfail|importorskip)\b|unittest\.mock|\bMagicMock\b")


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def texts() -> list[Path]:
    """Everything of ours that a person may read as text."""
    found = files("rekisteri", "tests", "benchmarks", "migrations", "scripts")
    found += files("templates", suffix=".html") + files("static", suffix=".css") + files("static", suffix=".js")
    found.remove(Path(__file__))  # it has to name what it looks for
    return found + [ROOT / name for name in ("README.md", "app.py", "pyproject.toml") if (ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (UNFINISHED, "# TODO later", "# todellinen"),
        (MACHINE_PATH, "cd /root/x", "url = 'x/home/y'"),
        (LEFT_OUT, "@pytest.mark.skip", "@pytest.mark.promise"),
    ],
)
def test_the_searches_prove_themselves(pattern: re.Pattern[str], bad: str, good: str) -> None:
    assert pattern.search(bad)
    assert not pattern.search(good)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    sizes = {name_of(path): lines(path) for path in files(*CODE, "tests")}
    assert not {name: size for name, size in sizes.items() if size > 400}


def test_files_are_short_nearly_everywhere() -> None:
    assert ninety_fifth([lines(path) for path in files(*CODE)]) <= 250


def test_no_function_is_longer_than_sixty_lines() -> None:
    sizes = {
        f"{name_of(path)}:{function.lineno} {function.name}": length(function)
        for path in files(*CODE, "tests")
        for function in functions(tree_of(path))
    }
    assert not {name: size for name, size in sizes.items() if size > 60}


def test_functions_are_short_nearly_everywhere() -> None:
    sizes = [length(function) for path in files(*CODE) for function in functions(tree_of(path))]
    assert ninety_fifth(sizes) <= 30


def test_a_view_is_usually_at_most_fifteen_lines() -> None:
    views = [path for path in files("rekisteri") if path.name.startswith("views") or path.parent.name == "views"]
    sizes = [
        length(function)
        for path in views
        for function in functions(tree_of(path))
        if any("route" in ast.unparse(decorator) for decorator in function.decorator_list)
    ]
    assert not sizes or median(sizes) <= 15


def test_no_template_is_longer_than_a_hundred_and_ten_lines() -> None:
    sizes = {name_of(path): lines(path) for path in files("templates", suffix=".html")}
    assert not {name: size for name, size in sizes.items() if size > 110}


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert not [name_of(path) for path in files(*CODE, "tests") if path.name in FORBIDDEN_NAMES]


def test_nothing_is_left_unfinished_or_tied_to_one_machine() -> None:
    for pattern in (UNFINISHED, MACHINE_PATH):
        found = [
            f"{name_of(path)}:{number} {line.strip()}"
            for path in texts()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if pattern.search(line)
        ]
        assert not found, "\n".join(found)


def test_no_test_is_left_out_and_none_talks_to_a_puppet() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in files("tests")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LEFT_OUT.search(line)
    ]
    assert not found


def test_tests_are_longer_than_the_code_they_test() -> None:
    code = sum(lines(path) for path in files("rekisteri"))
    tests = sum(lines(path) for path in files("tests"))
    assert tests > code, f"{tests} lines of tests for {code} lines of code"


def names_say_it(path: Path) -> bool:
    """A view has a URL, a command a help text and a story of the demo its name: no docstring has to repeat them."""
    return "views" in path.stem or path.parent.name in {"views", "demo"} or path.stem == "commands"


def test_every_file_and_every_public_thing_says_what_it_is() -> None:
    silent = []
    for path in files("rekisteri"):
        tree = tree_of(path)
        if not ast.get_docstring(tree):
            silent.append(name_of(path))
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node) and not names_say_it(path):
                silent.append(f"{name_of(path)}:{node.lineno} {node.name}")
    assert not silent, "without a docstring:\n" + "\n".join(silent)


def test_names_of_tests_are_sentences() -> None:
    curt = [
        f"{name_of(path)}:{function.lineno} {function.name}"
        for path in files("tests")
        if path.name.startswith("test_")
        for function in functions(tree_of(path))
        if function.name.startswith("test_") and function.name.count("_") < 2
    ]
    assert not curt, "say in the name what holds:\n" + "\n".join(curt)
