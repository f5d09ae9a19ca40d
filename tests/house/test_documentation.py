"""What is public is documented: a command, a setting or an option that README does not mention fails here."""

import re
from collections.abc import Iterator

import click
import pytest
from flask import Flask

from rekisteri import ROOMS
from rekisteri.staff.rules import ROLES
from tests.house.source import ROOT, files

FLASKS_OWN = {"run", "shell", "routes", "db"}
TEST_ONLY = re.compile(r"REKISTERI_TEST_\w+")


@pytest.fixture(scope="module")
def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command of ours with its words."""
    for name, command in group.commands.items():
        if not before and name in FLASKS_OWN:
            continue
        words = f"{before} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, words)
        else:
            yield words, command


def test_every_command_is_in_the_readme(house: Flask, readme: str) -> None:
    missing = [words for words, _ in commands(house.cli) if f"flask {words}" not in readme]
    assert not missing, f"README does not tell of: {missing}"


def test_every_command_says_in_finnish_what_it_does(house: Flask) -> None:
    silent = [words for words, command in commands(house.cli) if not (command.help or "").strip()]
    assert not silent


def test_every_option_of_a_command_says_what_it_does(house: Flask) -> None:
    silent = [
        f"{words} {parameter.opts[0]}"
        for words, command in commands(house.cli)
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert not silent


def test_every_environment_variable_is_in_the_readme(readme: str) -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in files("rekisteri", "scripts"))
    used = set(re.findall(r"REKISTERI_[A-Z][A-Z_]+", said)) - set(TEST_ONLY.findall(said))
    assert used, "the settings are read from the environment"
    missing = sorted(name for name in used if f"`{name}`" not in readme)
    assert not missing, f"README does not tell of: {missing}"


def test_no_setting_is_documented_that_nothing_reads(readme: str) -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in files("rekisteri", "scripts", "tests", "benchmarks"))
    assert not [name for name in set(re.findall(r"`(REKISTERI_[A-Z_]+)`", readme)) if name not in said]


def test_the_two_commands_and_their_options_are_in_the_readme(readme: str) -> None:
    for words in ("scripts/run", "scripts/test", "scripts/bench", "--demo", "--port", "--setup-only"):
        assert words in readme, words


def test_every_room_and_role_is_in_the_readme(readme: str) -> None:
    assert not [word for word in (*ROOMS, *ROLES) if f"`{word}`" not in readme]


def test_every_file_and_link_that_the_readme_names_exists(readme: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)\s#]+)", readme)
    assert not [target for target in targets if not (ROOT / target).exists()]
