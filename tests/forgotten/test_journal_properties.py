"""The journal, whatever stands in the file and in whatever order things happened: nobody is lost from it."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from rekisteri.forgotten import journal

KEYS = st.integers(0, 5).map(lambda number: f"{number:032x}")
ENTRIES = st.fixed_dictionaries(
    {
        "key": KEYS,
        "kind": st.sampled_from(["erased", "anonymised"]),
        "customer": st.integers(1, 99),
        "on": st.dates().map(lambda day: day.isoformat()),
    }
)
MARKS = st.fixed_dictionaries(
    {"mark": KEYS, "forbidden": st.booleans(), "since": st.dates().map(lambda day: day.replace(day=1).isoformat())}
)
LINES = st.lists(st.one_of(ENTRIES, MARKS), max_size=12)


ORDER = ("key", "kind", "customer", "on", "mark", "forbidden", "since")


def as_written(told: dict) -> str:
    """A line as the journal writes it: its key first."""
    return json.dumps({name: told[name] for name in ORDER if name in told})


def read(text: str) -> journal.Journal:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "erasures.jsonl"
        path.write_text(text, encoding="utf-8", errors="replace")
        return journal.read(path)


def written(lines: list[dict], torn: int = 0) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "erasures.jsonl"
        for number, line in enumerate(lines):
            if torn and number == len(lines) // 2 and path.exists():
                path.write_bytes(path.read_bytes()[:-torn])
                journal.write(path, [as_written(lines[number - 1])])
            journal.write(path, [as_written(line)])
        return path.read_text() if path.exists() else ""


@given(LINES)
def test_everything_that_was_written_is_read(lines) -> None:
    told = read(written(lines))
    assert told.broken == []
    assert set(told.entries) == {line["key"] for line in lines if "key" in line}
    assert set(told.marks) == {line["mark"] for line in lines if "mark" in line}


@given(LINES)
def test_a_ban_once_written_is_read_in_whatever_order_the_lines_came(lines) -> None:
    there, back = read(written(lines)), read(written(lines[::-1]))
    assert there.marks == back.marks
    for mark, told in there.marks.items():
        assert told["forbidden"] == any(line["forbidden"] for line in lines if line.get("mark") == mark)


@given(st.lists(st.one_of(ENTRIES, MARKS), min_size=2, max_size=8), st.integers(1, 40))
def test_a_torn_line_that_is_written_again_is_no_fault_and_loses_nothing(lines, torn) -> None:
    told = read(written(lines, torn))
    assert told.broken == []
    assert set(told.entries) == {line["key"] for line in lines if "key" in line}
    assert set(told.marks) == {line["mark"] for line in lines if "mark" in line}


@given(st.text(max_size=400))
def test_no_content_of_the_file_makes_the_reading_crash(text) -> None:
    told = read(text)
    assert told.entries == {} or all(entry["kind"] in journal.KINDS for entry in told.entries.values())


@given(LINES, st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and text.splitlines() == [text]))
def test_a_line_that_nobody_wrote_is_noticed(lines, strange) -> None:
    told = read(f"{written(lines)}{strange}\n")
    if not strange.startswith("{"):
        assert told.broken == [len(lines) + 1]


@given(LINES)
def test_a_journal_joined_with_itself_tells_the_same(lines) -> None:
    text = written(lines)
    once, twice = read(text), read(text + text)
    assert (once.entries, once.marks, once.broken) == (twice.entries, twice.marks, twice.broken)
