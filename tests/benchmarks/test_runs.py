"""Benchmarks run, in tiny size; what comes out of it says nothing about speed and is not looked at."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES
from benchmarks.writers import write_together
from rekisteri.audit import service as audit

ROOT = Path(__file__).resolve().parent.parent.parent
LINES = {"pages": 6, "importing": 3, "writers": 2, "selections": 1}


def run(*words):
    command = [sys.executable, "-m", "benchmarks", "--quick", "--minutes", "0.02", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("name", LINES)
def test_a_benchmark_runs_to_its_end_and_tells_each_figure_with_its_limit(name):
    done = run(name)
    assert done.returncode in {0, 1}, done.stderr
    told = [line for line in done.stdout.splitlines() if "≤" in line or "≥" in line]
    assert len(told) == LINES[name], done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_benchmark_is_named():
    done = run("nopeus")
    assert done.returncode == 2
    assert "Tuntematon mittaus: nopeus" in done.stdout
    assert all(name in done.stdout for name in NAMES)


def test_two_processes_of_four_writers_lose_nothing_and_refuse_nobody(app, tmp_path):
    data = Path(app.config["DATA"])
    (data / "database.url").write_text(app.config["SQLALCHEMY_DATABASE_URI"])
    assert write_together(str(data), 12) == (0, 0)
    assert audit.verify() is None
