"""The proof that an erasure left nothing: every byte of the register is read for the texts that went.

What is found may rightly be there: somebody else's row may hold the same words, or a letter that tells another person of
another erasure and has not left yet. Otherwise it is an old byte in a gap of a
page: then the database is written anew without gaps, and searched again. While a large one is written nobody can save, so
that is left to the night. What is found even then fails the proof, and no certificate is given; so it is as well while
somebody reads from a write-ahead log that still holds what was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, String, Table, Text, cast, false, func, literal, or_, select, true

from rekisteri.cases.models import Case
from rekisteri.documents.models import Document, DocumentSource
from rekisteri.erasure import places
from rekisteri.erasure.models import Erasure, ErasureRound
from rekisteri.erasure.searching import Search, spellings
from rekisteri.kernel.clock import now
from rekisteri.kernel.db import db
from rekisteri.kernel.formats import fold

OTHERS = frozenset(
    {"user", "source", "recipient", "settings", "letter_text", "notice_version", "notice_section", "paper_place"}
)
"""Tables of the company's own, of its people and of its partners: nobody's data are kept there as a customer's."""
LARGE = 500_000_000
"""Bytes of a database that takes too long to be written anew while somebody waits."""


def prove(
    texts: Iterable[str], *, case: Case | None = None, at_night: bool = False, by_age: bool = False
) -> dict[str, Any]:
    """Search for the texts and tell, in plain values without a single one of them, what came of it.

    :param case: the request itself, if there is one: its papers are nobody else's.
    :param at_night: nobody waits, so that also a large database may be written anew.
    :param by_age: the texts went because of their own age, not because of whose they were: then any row at all may
        rightly hold the same words, because its own time has not ended.
    """
    sought = list(texts)
    places.settle()
    search = places.search(sought)
    left, shared = _left_and_shared(search, case, by_age)
    gaps = any(places.DATABASE in search.hits[piece] for piece in left) and places.is_sqlite()
    rewritten = gaps and (at_night or places.size() < LARGE)
    if rewritten:
        places.rewrite()
        search = places.search(sought)
        left, shared = _left_and_shared(search, case, by_age)
    where = sum((search.hits[piece] for piece in left), Counter[str]())
    return {
        "at": now().isoformat(),
        "texts": len(sought),
        "patterns": search.patterns,
        "bytes": search.read,
        "places": places.names(),
        "found": len(left),
        "shared": len(shared),
        "where": dict(sorted(where.items())),
        "rewritten": rewritten,
        "postponed": gaps and not rewritten,
    }


def _left_and_shared(search: Search, case: Case | None, by_age: bool) -> tuple[list[str], list[str]]:
    letters = _letters_of_others(case) if search.hits and not by_age else []
    shares = stands_anywhere if by_age else _is_somebody_elses
    shared = [piece for piece in search.hits if _is_in(letters, piece) or shares(piece)]
    return [piece for piece in search.hits if piece not in shared], shared


def _letters_of_others(case: Case | None) -> list[bytes]:
    """Letters of other erasures, which are destroyed when they have left."""
    answered = (
        select("case:" + cast(Erasure.case_id, String)).join(ErasureRound).where(ErasureRound.state == "answered")
    )
    query = select(DocumentSource.content).join(Document, Document.id == DocumentSource.document_id)
    own = case.subject if case else ""
    return list(db.session.scalars(query.where(Document.subject.in_(answered), Document.subject != own)))


def _is_in(letters: Iterable[bytes], piece: str) -> bool:
    return any(spelling in letter for letter in letters for spelling in spellings(piece))


def _is_somebody_elses(piece: str) -> bool:
    """Whether a row of another customer holds the same words, of the company or a partner, or a request of no customer's.

    The erased person has no row any more that could; the person's own requests were joined before the plan was carried out.
    """
    for table in _tables_of_others():
        links = _links(table)
        whose = or_(*(column.is_not(None) for column in links)) if links else true()
        if table is Case.__table__:
            whose = or_(whose, Case.person_state != "erased")
        if _stands_in(table, _written(table, piece), whose):
            return True
    return False


def stands_anywhere(piece: str) -> bool:
    """Whether a row of any table holds the words, also a paper that was issued or came in."""
    tables = sorted(db.metadata.sorted_tables, key=lambda table: table.name not in ("customer", "datum"))
    return any(_stands_in(table, [*_written(table, piece), *_printed(table, piece)]) for table in tables)


def _stands_in(table: Table, ways: list[ColumnElement[bool]], *more: ColumnElement[bool]) -> bool:
    query = select(1).select_from(table).where(or_(false(), *ways), *more).limit(1)
    return bool(ways) and db.session.execute(query).first() is not None


def _written(table: Table, piece: str) -> list[ColumnElement[bool]]:
    texts = [column for column in table.columns if isinstance(column.type, String | Text)]
    return [column.contains(text, autoescape=True) for column in texts for text in {piece, fold(piece)}]


def _printed(table: Table, piece: str) -> list[ColumnElement[bool]]:
    contents = [column for column in table.columns if isinstance(column.type, LargeBinary)]
    where = func.instr if places.is_sqlite() else _position
    return [where(column, literal(piece.encode(), LargeBinary)) > 0 for column in contents]


def _position(column: ColumnElement[bytes], piece: ColumnElement[bytes]) -> ColumnElement[int]:
    return func.position(piece.op("IN")(column))


def _tables_of_others() -> Iterator[Table]:
    own = OTHERS | {"customer"}
    return (table for table in db.metadata.sorted_tables if table.name in own or _links(table))


def _links(table: Table) -> list[Any]:
    return [key.parent for key in table.foreign_keys if key.column.table.name == "customer"]
