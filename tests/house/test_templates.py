"""Every template compiles, imports only what it uses, and uses only what exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from tests.house.source import ROOT, files

TEMPLATES = ROOT / "templates"
NAMES = [str(path.relative_to(TEMPLATES)) for path in files("templates", suffix=".html")]
TRUSTED = re.compile(r"\|\s*safe\b|\bMarkup\b|autoescape\s+false")


def parsed(env: Environment, name: str) -> nodes.Template:
    return env.parse((TEMPLATES / name).read_text(encoding="utf-8"), name)


def imported(tree: nodes.Template) -> Iterator[tuple[str, str, str | None]]:
    """Each import as (name used here, template it comes from, name there or None for the whole template)."""
    for node in tree.find_all((nodes.Import, nodes.FromImport)):
        source = node.template.value if isinstance(node.template, nodes.Const) else ""
        if isinstance(node, nodes.Import):
            yield node.target, source, None
        else:
            for entry in node.names:
                theirs, ours = entry if isinstance(entry, tuple) else (entry, entry)
                yield ours, source, theirs


def offered(tree: nodes.Template) -> set[str]:
    """What a template offers to those that import it: its macros and what it sets at its top level."""
    names = {node.name for node in tree.body if isinstance(node, nodes.Macro)}
    for node in tree.body:
        if isinstance(node, nodes.Assign | nodes.AssignBlock) and isinstance(node.target, nodes.Name):
            names.add(node.target.name)
    return names


def complaints(env: Environment, tree: nodes.Template) -> list[str]:
    """Imports that are not used, and uses of what the imported template does not offer."""
    found = []
    for ours, source, theirs in imported(tree):
        uses = [node for node in tree.find_all(nodes.Name) if node.name == ours and node.ctx == "load"]
        if not uses:
            found.append(f"{ours} is imported from {source} but never used")
        choices = offered(parsed(env, source))
        if theirs is not None and theirs not in choices:
            found.append(f"{source} offers no {theirs}")
        for node in tree.find_all(nodes.Getattr):
            mine = theirs is None and isinstance(node.node, nodes.Name) and node.node.name == ours
            if mine and node.attr not in choices:
                found.append(f"line {node.lineno}: {source} offers no {node.attr}")
    return found


def ancestors(env: Environment, tree: nodes.Template) -> list[nodes.Template]:
    """The templates that a template extends, nearest first."""
    extends = next(iter(tree.find_all(nodes.Extends)), None)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return []
    parent = parsed(env, extends.template.value)
    return [parent, *ancestors(env, parent)]


@pytest.fixture(scope="module")
def env(house: Flask) -> Environment:
    return house.jinja_env


def test_the_check_proves_itself(env: Environment) -> None:
    good = '{% import "components/ui.html" as ui %}{{ ui.tag("x") }}'
    assert complaints(env, env.parse(good)) == []
    assert "never used" in complaints(env, env.parse('{% import "components/ui.html" as ui %}'))[0]
    assert "offers no tga" in complaints(env, env.parse(good.replace("ui.tag", "ui.tga")))[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles_and_uses_what_it_imports(env: Environment, name: str) -> None:
    env.get_template(name)
    assert complaints(env, parsed(env, name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_template_fills_only_blocks_that_its_frame_has(env: Environment, name: str) -> None:
    tree = parsed(env, name)
    frames = ancestors(env, tree)
    if not frames:
        return
    known = {block.name for frame in frames for block in frame.find_all(nodes.Block)}
    inside = {
        inner.name
        for block in tree.find_all(nodes.Block)
        for inner in block.find_all(nodes.Block)
        if inner is not block
    }
    lost = {block.name for block in tree.find_all(nodes.Block)} - known - inside
    assert not lost, f"these blocks are shown nowhere: {sorted(lost)}"


@pytest.mark.parametrize("name", NAMES)
def test_a_template_trusts_no_text_blindly(name: str) -> None:
    found = [
        f"{number}: {line.strip()}"
        for number, line in enumerate((TEMPLATES / name).read_text(encoding="utf-8").splitlines(), 1)
        if TRUSTED.search(line)
    ]
    assert not found, "text is escaped where it is shown; give Markup from one place in Python instead:\n" + "\n".join(
        found
    )


def fragments() -> list[str]:
    """The templates that htmx gets alone: `render(…, fragment="room/_name.html")`."""
    said = "\n".join(path.read_text(encoding="utf-8") for path in files("rekisteri"))
    return sorted(set(re.findall(r"""fragment=["']([^"']+)["']""", said)))


def test_fragments_are_found() -> None:
    assert fragments()


@pytest.mark.parametrize("name", fragments())
def test_a_fragment_has_a_root_with_an_id(name: str) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", (TEMPLATES / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    first = re.search(r"<[a-z](?:\{\{.*?\}\}|[^>])*>", text)
    assert first is not None, "a fragment is an element"
    assert " id=" in first.group(), f"htmx finds a fragment's place by its id, which {first.group()} lacks"


def test_every_template_is_used_by_something() -> None:
    """A template that nothing names is forgotten."""
    said = "\n".join(
        path.read_text(encoding="utf-8") for path in files("rekisteri") + files("templates", suffix=".html")
    )
    forgotten = [name for name in NAMES if not re.search(rf"""["'/]{Path(name).stem}(?:\.html)?["']""", said)]
    assert not forgotten
