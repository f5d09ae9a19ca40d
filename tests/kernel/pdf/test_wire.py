"""The talk between web and renderer: what is said arrives whole, and what is not whole is never believed."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rekisteri.kernel.pdf import EmbeddedFile, wire
from rekisteri.kernel.pdf.wire import BrokenAnswer, Job

Ends = tuple[socket.socket, socket.socket]
AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def ends() -> Iterator[Ends]:
    """The two ends of one conversation."""
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def heard(job: Job) -> Job:
    """The job as the renderer hears it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sending = threading.Thread(target=ours.sendall, args=(wire.encode_job(job),))
        sending.start()
        found = wire.read_job(theirs)
        sending.join(10)
        return found


def test_a_job_arrives_as_it_was_sent() -> None:
    files = (EmbeddedFile("lahde.html", b"\x00\xff" * 10_000, "Lähde", AT), EmbeddedFile("b", b"", "", AT, "Data"))
    job = Job("<p>Šakki Žukov 😀</p>" * 1000, "Kieltäytymistodistus", files)
    assert heard(job) == job


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(max_size=50))
def test_any_text_arrives(html: str, title: str) -> None:
    assert heard(Job(html, title)) == Job(html, title)


def test_half_of_a_pair_does_not_break_the_talk() -> None:
    assert heard(Job("a\ud800b", "Koe")).html == "a?b"


@pytest.mark.parametrize("kind", [wire.PRINTED, wire.REFUSED])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"x" * 100_000])
def test_an_answer_arrives_as_it_was_given(ends: Ends, kind: bytes, content: bytes) -> None:
    ours, theirs = ends
    speaking = threading.Thread(target=wire.send_answer, args=(theirs, kind, content))
    speaking.start()
    assert wire.read_answer(ours) == (kind, content)
    speaking.join(10)


@pytest.mark.parametrize("kept", [0, 1, 12, 13, 60])
def test_an_answer_that_breaks_off_is_not_a_document(ends: Ends, kept: int) -> None:
    """A child killed in the middle of its answer must not leave half a certificate behind."""
    ours, theirs = ends
    whole_ours, whole_theirs = socket.socketpair()
    with whole_ours, whole_theirs:
        wire.send_answer(whole_theirs, wire.PRINTED, b"%PDF" * 20)
        said = whole_ours.recv(1000)
    theirs.sendall(said[:kept])
    theirs.close()
    with pytest.raises(BrokenAnswer):
        wire.read_answer(ours)


def test_half_an_answer_and_an_excuse_after_it_are_not_a_document(ends: Ends) -> None:
    """The renderer explains a killed child on the same line; the checksum tells that the two do not belong together."""
    ours, theirs = ends
    other, whole = socket.socketpair()
    with other, whole:
        wire.send_answer(whole, wire.PRINTED, b"%PDF" * 20)
        said = other.recv(1000)
    theirs.sendall(said[:40])
    wire.send_answer(theirs, wire.REFUSED, b"Asiakirjan tulostus kesti liian kauan ja keskeytettiin.")
    with pytest.raises(BrokenAnswer):
        wire.read_answer(ours)


def test_one_wrong_byte_is_noticed(ends: Ends) -> None:
    ours, theirs = ends
    other, whole = socket.socketpair()
    with other, whole:
        wire.send_answer(whole, wire.PRINTED, b"%PDF" * 20)
        said = bytearray(other.recv(1000))
    said[-5] ^= 1
    theirs.sendall(said)
    with pytest.raises(BrokenAnswer):
        wire.read_answer(ours)


def test_a_job_of_impossible_size_is_not_read(ends: Ends) -> None:
    ours, theirs = ends
    head = b'{"title": "x", "sizes": [99999999999], "files": []}'
    ours.sendall(len(head).to_bytes(4, "big") + head)
    with pytest.raises(BrokenAnswer):
        wire.read_job(theirs)
