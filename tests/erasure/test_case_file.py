"""The case file of an erased person: it shows that it was done and when, and nothing of whose it was."""

import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask

from rekisteri.cases import case_file
from tests.erasure.factories import EMAIL, NAME, STREET, WORDS, again, close, erase, make_desk
from tests.support.paper import words_of


@pytest.fixture(autouse=True)
def desk(app: Flask, freeze: object) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_the_file_of_a_finished_erasure_tells_what_was_done_and_not_to_whom() -> None:
    desk = make_desk()
    number = desk.case.number
    erase(desk)
    close(desk)
    with case_file.package(again(desk).case) as file, zipfile.ZipFile(file) as package:
        everything = {name: package.read(name) for name in package.namelist()}
    said = words_of(everything["kooste.pdf"])
    assert number in said
    assert "Tietojen poistaminen" in said
    assert "tietoja poistettu" in said
    for text in (*NAME.split(), EMAIL, STREET, WORDS):
        assert text not in said
        assert not [name for name, content in everything.items() if text.encode() in content], text


def test_a_file_made_while_the_letters_are_on_their_way_holds_them() -> None:
    desk = make_desk()
    erase(desk)
    with case_file.summary(again(desk).case).file as whole:
        said = words_of(whole.read())
    assert "Odottaa lähettämistä" in said
    assert STREET in said
