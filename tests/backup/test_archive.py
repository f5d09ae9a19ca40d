"""The file of a backup is whole or refused: cut, changed, foreign and hostile files alike."""

import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from rekisteri.backup import archive
from rekisteri.kernel.errors import RuleViolation
from tests.backup.test_rules import WHOLE

REFUSED = "ei ole rekisterin varmuuskopio"


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A backup of a database of ten thousand bytes and a short journal."""
    source = tmp_path / "lähde"
    source.mkdir()
    (source / "rekisteri.sqlite").write_bytes(bytes(range(250)) * 40)
    (source / "erasures.jsonl").write_text("{}\n")
    archive.pack(tmp_path / "kopio.tar", WHOLE, sorted(source.iterdir()))
    return tmp_path / "kopio.tar"


def written(path: Path, parts: dict[str, bytes], *, kind: bytes = tarfile.REGTYPE) -> Path:
    """A tar made by somebody else."""
    with tarfile.open(path, "w") as tar:
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.type = len(content), kind if name != "manifest.json" else tarfile.REGTYPE
            if kind == tarfile.SYMTYPE and name != "manifest.json":
                entry.linkname, entry.size = "/etc/passwd", 0
            tar.addfile(entry, io.BytesIO(content))
    return path


def test_what_was_packed_comes_out(packed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ulos"
    folder.mkdir()
    manifest = archive.unpack(packed, folder)
    assert set(manifest.files) == {"rekisteri.sqlite", "erasures.jsonl"}
    assert (folder / "rekisteri.sqlite").read_bytes() == bytes(range(250)) * 40
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_only_this_user_may_read_a_backup(packed: Path) -> None:
    assert packed.stat().st_mode & 0o777 == 0o600


def test_an_ordinary_tar_shows_what_is_in_it_manifest_first(packed: Path) -> None:
    with tarfile.open(packed) as tar:
        assert tar.getnames() == ["manifest.json", "erasures.jsonl", "rekisteri.sqlite"]
        file = tar.extractfile("manifest.json")
        assert file is not None and json.load(file)["counts"] == {"customer": 2}


@pytest.mark.parametrize("share", [0, 0.01, 0.1, 0.3, 0.5, 0.6])
def test_a_cut_file_is_refused(packed: Path, share: float) -> None:
    content = packed.read_bytes()
    packed.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(RuleViolation, match=REFUSED):
        archive.verify(packed)


def test_a_single_changed_byte_anywhere_is_noticed_or_harmless(packed: Path, tmp_path: Path) -> None:
    content, whole = packed.read_bytes(), archive.verify(packed)
    passed = []
    for place in range(0, len(content), 397):
        packed.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            if archive.verify(packed).files == whole.files:
                passed.append(place)
        except RuleViolation:
            continue
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        spans = [(one.offset_data, one.offset_data + one.size) for one in tar.getmembers()]
    assert not [place for place in passed if any(start <= place < end for start, end in spans)], "all else is padding"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00" * 50, b"\x00" * 5000, b"a" * 5000])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kopio.tar"
    file.write_bytes(content)
    with pytest.raises(RuleViolation, match=REFUSED):
        archive.verify(file)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"muu.txt": b"a"}, tarfile.REGTYPE),
        ({"rekisteri.sqlite": b"a", "manifest.json": b"{}"}, tarfile.REGTYPE),
        ({"manifest.json": WHOLE.written(), "rekisteri.sqlite": b"0123456789"}, tarfile.REGTYPE),
        ({"manifest.json": WHOLE.written(), "../rekisteri.sqlite": b"0123456789"}, tarfile.REGTYPE),
        ({"manifest.json": WHOLE.written(), "rekisteri.sqlite": b""}, tarfile.SYMTYPE),
        ({"manifest.json": WHOLE.written(), "rekisteri.sqlite": b""}, tarfile.DIRTYPE),
        ({"manifest.json": WHOLE.written()}, tarfile.REGTYPE),
    ],
)
def test_a_hostile_tar_writes_nothing_outside_its_folder(tmp_path: Path, parts: dict[str, bytes], kind: bytes) -> None:
    folder = tmp_path / "sisällä" / "ulos"
    folder.mkdir(parents=True)
    with pytest.raises(RuleViolation, match=REFUSED):
        archive.unpack(written(tmp_path / "paha.tar", parts, kind=kind), folder)
    assert not (tmp_path / "sisällä" / "rekisteri.sqlite").exists()
    assert not any(path.is_symlink() for path in folder.iterdir())


def test_a_backup_that_fails_leaves_the_earlier_one_and_no_draft(packed: Path, tmp_path: Path) -> None:
    before = packed.read_bytes()
    with pytest.raises(FileNotFoundError):
        archive.pack(packed, replace(WHOLE, revision="0009"), [tmp_path / "poissa"])
    assert packed.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
