"""The two commands speak plainly, change nothing twice, and leave no address of a package index behind."""

import re
import subprocess

import pytest

from tests.house.source import ROOT, files, name_of

PINNED = ("requirements.txt", "tests/requirements.txt", "scripts/htmx.txt")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)


@pytest.mark.parametrize("name", ["run", "test", "bench", "setup.sh"])
def test_a_script_is_well_formed(name: str) -> None:
    assert run("bash", "-n", f"scripts/{name}").returncode == 0


@pytest.mark.parametrize("name", ["scripts/run", "scripts/test", "scripts/bench", ".ci/run", ".ci/long"])
def test_a_script_can_be_started(name: str) -> None:
    assert (ROOT / name).stat().st_mode & 0o111


@pytest.mark.parametrize("port", ["kahdeksantuhatta", "0", "70000", ""])
def test_a_port_that_is_none_is_refused_in_finnish(port: str) -> None:
    done = run("scripts/run", f"--port={port}")
    assert done.returncode == 1
    assert done.stderr == "Portin on oltava luku väliltä 1–65535.\n"


@pytest.mark.parametrize("words", [["--tuntematon"], ["--port"], ["--demo", "ylimääräinen"]])
def test_an_unknown_option_is_answered_with_the_usage(words: list[str]) -> None:
    done = run("scripts/run", *words)
    assert done.returncode == 1
    assert done.stderr.startswith("Käyttö: scripts/run")


def test_the_checks_take_options_only_for_pytest() -> None:
    done = run("scripts/test", "kaikki")
    assert done.returncode == 1
    assert done.stderr == "Käyttö: scripts/test [--long | -- pytestin valinnat]\n"


@pytest.mark.parametrize("name", PINNED)
def test_every_package_is_pinned_with_hashes_and_comes_from_wherever_pip_is_told(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][^\n]*(?:\n    [^\n]*)*", text, re.MULTILINE)
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9.\[\]-]+==\S+ ", package), package.splitlines()[0]
        assert "--hash=sha256:" in package, package.splitlines()[0]
    assert not re.search(r"https?://|--index-url|--find-links|file:", text)


def test_runtime_and_tests_agree_on_every_version() -> None:
    runtime, tests = (
        dict(re.findall(r"^([a-z0-9.-]+)(?:\[.*?\])?==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in PINNED[:2]
    )
    assert not {
        name: (runtime[name], tests[name]) for name in runtime.keys() & tests.keys() if runtime[name] != tests[name]
    }


def test_nothing_foreign_is_kept_among_our_own_files() -> None:
    ours = [
        path for folder in ("rekisteri", "templates", "static", "scripts", "tests") for path in files(folder, suffix="")
    ]
    foreign = (".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".jar", ".whl")
    assert not [name_of(path) for path in ours if path.name.endswith(foreign)]
