"""The day's post: the letters that wait, gathered, printed as one file with a posting list, and marked posted at once.

The file holds the very prints that are kept of each letter. It is not stored: it is put together from them on demand, so
that nothing of a person remains in it when the letters themselves are erased.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, func, select

from rekisteri.audit import service as audit
from rekisteri.documents import composition, printing, rules, service
from rekisteri.documents.models import Document, DocumentPrint
from rekisteri.documents.post_models import Post, PostLetter
from rekisteri.kernel import pdf
from rekisteri.kernel.clock import today
from rekisteri.kernel.db import db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.kernel.formats import fi_date

MOST = 500
AT_A_TIME = 8
LIST_TITLE = "Postitusluettelo"
GATHERED = audit.event("post.gathered", "päivän posti koottu", fields={"count": int})
PRINTED = audit.event("post.printed", "päivän posti avattu tulostettavaksi", fields={"count": int})
SENT = audit.event("post.sent", "päivän posti merkitty lähetetyksi", fields={"count": int, "on": str, "way": str})
UNDONE = audit.event("post.undone", "päivän posti purettu", fields={"count": int})


@dataclass(frozen=True)
class Waiting:
    """What could be taken to the post: letters with a postal address, and how many have none."""

    count: int
    without_address: int


def waiting() -> Waiting:
    """The letters that wait and are in nobody's post yet."""
    counted = select(func.count(), func.count().filter(_has_address())).select_from(Document).where(_is_free())
    count, ready = db.session.execute(counted).one()
    return Waiting(ready, count - ready)


def _is_free() -> Any:
    taken = exists().where(PostLetter.document_id == Document.id)
    return (Document.state == "waiting") & ~taken


def _has_address() -> Any:
    """Whether the window shows more than a name; an e-mail address is none for the post."""
    return Document.addressee.contains("\n") & ~Document.addressee.contains("@")


def gather(*, two_sided: bool, by: Any, on: date) -> Post:
    """Gather the oldest letters that wait and have a postal address. Two clerks never get the same letter.

    :raises RuleViolation: none waits.
    """
    query = select(Document.id).where(_is_free(), _has_address()).order_by(Document.id).limit(MOST)
    ids = list(db.session.scalars(query))
    if not ids:
        raise RuleViolation("Postitettavia kirjeitä ei ole: joku on ehkä jo koonnut ne.")
    post = Post(gathered_on=on, gathered_by_id=by.id, gathered_by_name=by.full_name, two_sided=two_sided)
    post.letters = [PostLetter(document_id=key, position=place) for place, key in enumerate(ids, 1)]
    db.session.add(post)
    db.session.flush()
    audit.record(GATHERED, subject=post.log_subject, by=by, count=len(ids))
    return post


def find(id: int) -> Post | None:
    """The post, if there is one."""
    return db.session.get(Post, id)


def open_posts() -> list[Post]:
    """Those that have not left yet, the oldest first."""
    return list(db.session.scalars(select(Post).where(Post.posted_on.is_(None)).order_by(Post.id)))


def sent_posts(limit: int = 10) -> list[tuple[Post, int]]:
    """The latest that have left, with how many letters each had."""
    count = select(func.count()).where(PostLetter.post_id == Post.id).scalar_subquery()
    query = select(Post, count).where(Post.posted_on.is_not(None)).order_by(Post.id.desc()).limit(limit)
    return [(post, letters) for post, letters in db.session.execute(query)]


def letters(post: Post) -> list[Document]:
    """What it holds, in the order of the posting list; one that was marked by itself meanwhile is no longer in it."""
    query = select(Document).join(PostLetter).where(PostLetter.post_id == post.id).order_by(PostLetter.position)
    if post.posted_on is None:
        query = query.where(Document.state == "waiting")
    return list(db.session.scalars(query))


def _unprinted(post: Post) -> Select[Document]:
    printed = exists().where(DocumentPrint.document_id == Document.id)
    query = select(Document).join(PostLetter).where(PostLetter.post_id == post.id, Document.state == "waiting")
    return query.where(~printed).order_by(PostLetter.position)


def unprinted(post: Post) -> int:
    """How many of its letters have no print yet."""
    return db.session.scalar(select(func.count()).select_from(_unprinted(post).subquery())) or 0


def print_some(post: Post) -> None:
    """Print the next few letters that have no print yet. Raises `PdfError` when they cannot be printed now."""
    printing.print_many(list(db.session.scalars(_unprinted(post).limit(AT_A_TIME))))


def file(post: Post, *, controller: dict[str, Any]) -> pdf.Merged:
    """The posting list and after it every letter, as one file for the printer.

    Each letter is read only when its turn comes, so that the memory needed does not grow with the post.
    """
    chosen = [letter for letter in letters(post) if letter.destroyed_on is None]
    post_title = f"Päivän posti {fi_date(post.gathered_on)}"
    sheet = pdf.render(_posting_list(post, chosen, controller), title=LIST_TITLE)
    two_sided, keys = post.two_sided, [(document.id, document.number) for document in chosen]
    db.session.expunge_all()
    return pdf.merge(_parts(sheet, keys), title=post_title, two_sided=two_sided)


def _parts(sheet: bytes, keys: Iterable[tuple[int, str]]) -> Iterator[pdf.Part]:
    yield pdf.Part(LIST_TITLE, sheet)
    for key, number in keys:
        yield pdf.Part(number, printing.pdf_of(db.session.get_one(Document, key)))
        db.session.expunge_all()  # the print just passed on is not kept in memory


def _posting_list(post: Post, chosen: list[Document], controller: dict[str, Any]) -> str:
    rows = [
        {
            "place": place,
            "number": document.number,
            "name": document.addressee_name,
            "to": _where_to(document.addressee_lines),
        }
        for place, document in enumerate(chosen, 1)
    ]
    return composition.page(
        "documents/paper/posting_list.html",
        title=LIST_TITLE,
        on=post.gathered_on,
        number=f"Nippu {post.id}",
        context={"controller": controller, "rows": rows, "by": post.gathered_by_name},
    )


def _where_to(lines: Sequence[str]) -> str:
    """The post office; abroad the town and the country."""
    return lines[-1] if any(sign.isdigit() for sign in lines[-1]) else ", ".join(lines[1:][-2:])


def record_look(post: Post, *, by: Any) -> None:
    """Put on record that the whole post was opened: by whom and how many letters."""
    audit.record(PRINTED, subject=post.log_subject, by=by, count=len(letters(post)))


def send(*, post: Post, chosen: Iterable[int], on: date, way: str, by: Any) -> int:
    """Mark the chosen letters posted, all or none; the others wait again for the next post.

    :raises RuleViolation: it has left already, nothing was chosen, or the day cannot be right.
    """
    check_open(post)
    wanted = set(chosen)
    leaving = [document for document in letters(post) if document.id in wanted]
    if not leaving:
        raise RuleViolation("Valitse ainakin yksi kirje.", field="documents")
    rules.check_posting(on=on, way=way, issued_on=max(letter.issued_on for letter in leaving), today=today())
    for document in leaving:
        service.mark_posted(document=document, on=on, way=way, by=by)
    left = {document.id for document in leaving}
    post.letters = [letter for letter in post.letters if letter.document_id in left]
    post.posted_on, post.way = on, way
    db.session.flush()
    audit.record(SENT, subject=post.log_subject, by=by, count=len(leaving), on=on.isoformat(), way=way)
    return len(leaving)


def undo(*, post: Post, by: Any) -> None:
    """Let the letters wait again, each by itself; only a post that has not left can be undone."""
    check_open(post)
    audit.record(UNDONE, subject=post.log_subject, by=by, count=len(post.letters))
    db.session.delete(post)
    db.session.flush()


def check_open(post: Post) -> None:
    """A post that has left stays as it was."""
    if post.posted_on is not None:
        raise RuleViolation(f"Tämä posti on jo lähtenyt {fi_date(post.posted_on)}.")
