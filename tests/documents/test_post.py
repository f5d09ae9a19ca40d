"""The day's post: what is gathered, printed as one file, marked posted, and what is not."""

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest
from sqlalchemy import select

from rekisteri.audit.models import AuditEvent
from rekisteri.documents import destroying, post, service
from rekisteri.documents.models import Document, DocumentPrint
from rekisteri.documents.post_models import Post
from rekisteri.kernel.db import db, transaction
from rekisteri.kernel.errors import RuleViolation
from tests.documents.factories import TODAY, issue
from tests.staff.factories import make_user
from tests.support.client import ReadingClient
from tests.support.paper import page_count, words_of

SignIn = Callable[..., Any]
URL = "/asiakirjat/posti"


@pytest.fixture(autouse=True)
def today(freeze: Any, app: Any) -> None:
    freeze("2026-11-23")
    app.config["PRINT_AT_ONCE"] = False


def letters(count: int, **given: Any) -> list[Document]:
    """Letters to different people, issued but not printed yet."""
    with transaction():
        return [issue(addressee=(f"Saaja {one}", f"Katu {one}", "00100 HELSINKI"), **given) for one in range(count)]


def gathered(by: Any, *, two_sided: bool = False) -> Post:
    with transaction():
        return post.gather(two_sided=two_sided, by=by, on=TODAY)


def states(documents: list[Document]) -> list[str]:
    db.session.rollback()
    return [db.session.get_one(Document, document.id).state for document in documents]


def ids(found: Post) -> list[int]:
    db.session.rollback()
    return [letter.document_id for letter in found.letters]


def test_all_that_waits_and_has_an_address_is_gathered_in_order(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija", full_name="Maija Virtanen")
    waiting = letters(3)
    with transaction():
        issue(addressee=("Vain Nimi",))
    page = client.get(URL)
    assert "Postitettavana on 3 kirjettä." in page.main
    assert "1 asiakirjalla ei ole postiosoitetta" in page.main
    client.submit(URL)
    found = db.session.scalars(select(Post)).one()
    assert ids(found) == [letter.id for letter in waiting]
    assert found.gathered_by_name == "Maija Virtanen"
    assert "Postitettavia kirjeitä ei ole." in client.get(URL).main
    assert f"Nippu {found.id}" in client.get(URL).main


def test_printing_goes_on_step_by_step_and_shows_how_far_it_is(client: ReadingClient, sign_in: SignIn) -> None:
    found = gathered(sign_in("kasittelija")) if letters(post.AT_A_TIME + 1) else None
    assert found is not None
    url = f"{URL}/{found.id}"
    page = client.get(url)
    assert "Kirjeitä tulostettu 0/9" in page.main
    assert page.page.select_one("progress[value='0']")
    step = client.submit(url, action="/tulosta", htmx=True)
    assert "Kirjeitä tulostettu 8/9" in step.words
    assert "88 %" in step.words
    ready = client.submit(url, action="/tulosta")
    assert "Avaa tulostettavaksi" in ready.main
    assert post.unprinted(found) == 0


def test_a_print_that_was_made_is_not_made_again(sign_in: SignIn) -> None:
    clerk, (first, _) = sign_in("kasittelija"), letters(2)
    kept = service.content(first)
    post.print_some(gathered(clerk))
    prints = db.session.scalars(select(DocumentPrint).order_by(DocumentPrint.document_id)).all()
    assert [one.content == kept for one in prints] == [True, False]


def test_the_file_has_the_posting_list_and_every_letter_as_it_is_kept(client: ReadingClient, sign_in: SignIn) -> None:
    clerk, waiting = sign_in("kasittelija", full_name="Maija Virtanen"), letters(2)
    found = gathered(clerk)
    answer = client.get(f"{URL}/{found.id}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="posti-2026-11-23-{found.id}.pdf"'
    said = words_of(answer.data)
    assert "2 kirjettä. Koonnut Maija Virtanen." in said
    assert all(
        word in said for word in ("Postitusluettelo", "Saaja 0", "Saaja 1", waiting[0].number, waiting[0].sha256)
    )
    with pymupdf.open(stream=answer.data) as file:
        assert [name for _, name, _ in file.get_toc()] == ["Postitusluettelo", *(one.number for one in waiting)]
        assert file.metadata["title"] == "Päivän posti 23.11.2026"
        for place, document in enumerate(waiting, 1):
            with pymupdf.open(stream=service.content(document)) as kept:
                assert kept[0].get_text() == file[place].get_text()


def test_on_both_sides_of_the_paper_each_letter_begins_on_a_sheet_of_its_own(sign_in: SignIn) -> None:
    clerk = sign_in("kasittelija")
    letters(1, paragraphs=["Pitkä kappale. " * 90] * 4)
    letters(1)
    merged = post.file(
        gathered(clerk, two_sided=True),
        controller={"name": "", "business_id": "", "lines": [], "phone": "", "email": ""},
    )
    with merged.file, pymupdf.open(stream=merged.file.read()) as file:
        assert merged.pages == [1, 2, 1]
        assert [page for _, _, page in file.get_toc()] == [1, 3, 5]
        assert len(file) == 6


def test_opening_the_file_is_put_on_record_with_the_number_of_letters(client: ReadingClient, sign_in: SignIn) -> None:
    clerk, _ = sign_in("kasittelija"), letters(2)
    found = gathered(clerk)
    client.get(f"{URL}/{found.id}.pdf")
    event = db.session.scalars(select(AuditEvent).filter_by(event="post.printed")).one()
    assert (event.subject, event.actor_id, event.facts) == (f"post:{found.id}", clerk.id, {"count": 2})


def test_all_of_it_is_marked_posted_but_for_what_was_taken_out(client: ReadingClient, sign_in: SignIn) -> None:
    clerk, waiting = sign_in("kasittelija"), letters(3)
    found = gathered(clerk)
    client.submit(f"{URL}/{found.id}", action="/tulosta")
    taken = [str(waiting[0].id), str(waiting[2].id)]
    page = client.submit(f"{URL}/{found.id}", {"documents": taken}, action="/lahetetty")
    assert "Kirjeet on merkitty lähetetyiksi." in page.words
    assert states(waiting) == ["posted", "waiting", "posted"]
    assert ids(found) == [waiting[0].id, waiting[2].id]
    assert "Lähetetty 23.11.2026" in page.main
    assert "Postitettavana on 1 kirje." in client.get(URL).main


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"documents": None}, "Valitse ainakin yksi kirje."),
        ({"on": "24.11.2026"}, "ei voi olla tulevaisuudessa"),
        ({"on": "22.11.2026"}, "Sitä ei ole voitu lähettää ennen sitä."),
        ({"on": "31.2.2026"}, "ei ole kalenterissa"),
    ],
)
def test_what_cannot_be_right_marks_nothing(client: ReadingClient, sign_in: SignIn, sent: Any, said: str) -> None:
    clerk, waiting = sign_in("kasittelija"), letters(2)
    url = f"{URL}/{gathered(clerk).id}"
    client.submit(url, action="/tulosta")
    answer = client.submit(url, sent, action="/lahetetty")
    assert answer.status_code == 422
    assert said in answer.main
    assert states(waiting) == ["waiting", "waiting"]


def test_a_letter_marked_by_itself_meanwhile_leaves_the_post(client: ReadingClient, sign_in: SignIn) -> None:
    clerk, (first, second) = sign_in("kasittelija"), letters(2)
    found = gathered(clerk)
    with transaction():
        service.mark_impossible(document=first, reason="Osoitetta ei tunneta.", by=clerk)
    page = client.submit(f"{URL}/{found.id}", action="/tulosta")
    assert first.number not in page.main
    assert second.number in page.main
    assert page_count(client.get(f"{URL}/{found.id}.pdf").data) == 2


def test_two_clerks_never_get_the_same_letter(sign_in: SignIn) -> None:
    first, second = make_user("kasittelija"), make_user("kasittelija")
    letters(1)
    gathered(first)
    with pytest.raises(RuleViolation, match="joku on ehkä jo koonnut ne"):
        gathered(second)
    letters(1)
    assert len(ids(gathered(second))) == 1


def test_an_undone_post_lets_its_letters_wait_again(client: ReadingClient, sign_in: SignIn) -> None:
    clerk, waiting = sign_in("kasittelija"), letters(2)
    url = f"{URL}/{gathered(clerk).id}"
    client.submit(url, action="/tulosta")
    page = client.submit(url, action="/pura")
    assert "Nippu on purettu." in page.words
    assert "Postitettavana on 2 kirjettä." in page.main
    assert states(waiting) == ["waiting", "waiting"]
    assert client.get(url).status_code == 404


def test_what_has_left_is_neither_sent_again_nor_undone(sign_in: SignIn) -> None:
    clerk, (letter,) = sign_in("kasittelija"), letters(1)
    found = gathered(clerk)
    with transaction():
        post.send(post=found, chosen=[letter.id], on=TODAY, way="post", by=clerk)
    for act in (
        lambda: post.send(post=found, chosen=[letter.id], on=TODAY, way="post", by=clerk),
        lambda: post.undo(post=found, by=clerk),
    ):
        with pytest.raises(RuleViolation, match=r"jo lähtenyt 23\.11\.2026"), transaction():
            act()


def test_the_second_of_two_windows_is_told_that_the_post_has_left(client: ReadingClient, sign_in: SignIn) -> None:
    clerk, (letter,) = sign_in("kasittelija"), letters(1)
    url = f"{URL}/{gathered(clerk).id}"
    client.submit(url, action="/tulosta")
    other_window = client.get(url)
    client.submit(url, action="/lahetetty")
    answer = client.submit(url, action="/lahetetty", page=other_window)
    assert answer.status_code in (409, 422)
    assert states([letter]) == ["posted"]


def test_a_letter_whose_words_are_destroyed_is_no_longer_in_the_file(client: ReadingClient, sign_in: SignIn) -> None:
    clerk = sign_in("kasittelija")
    (letter,), (other,) = letters(1, subject="case:8"), letters(1, subject="case:9")
    found = gathered(clerk)
    with transaction():
        post.send(post=found, chosen=[letter.id, other.id], on=TODAY, way="post", by=clerk)
        destroying.destroy(["case:8"], TODAY)
    said = words_of(client.get(f"{URL}/{found.id}.pdf").data)
    assert letter.number not in said
    assert other.number in said
    assert client.get(f"{URL}/{found.id}").status_code == 200


@pytest.mark.parametrize(("role", "may"), [("lukija", 403), ("paakayttaja", 403), ("kasittelija", 200)])
def test_only_those_who_post_see_the_post(client: ReadingClient, sign_in: SignIn, role: str, may: int) -> None:
    sign_in(role)
    assert client.get(URL).status_code == may


def test_an_unknown_post_is_no_page(client: ReadingClient, sign_in: SignIn) -> None:
    sign_in("kasittelija")
    assert [client.get(f"{URL}/999{end}").status_code for end in ("", ".pdf")] == [404, 404]


def test_the_list_tells_where_abroad_a_letter_goes(sign_in: SignIn, client: ReadingClient) -> None:
    clerk = sign_in("kasittelija")
    with transaction():
        issue(addressee=("Anna Svensson", "Storgatan 1", "111 22 STOCKHOLM", "SWEDEN"))
    said = words_of(client.get(f"{URL}/{gathered(clerk).id}.pdf").data)
    assert "111 22 STOCKHOLM, SWEDEN" in said
