"""The test client: a browser without JavaScript that reads every page it is given critically."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from rekisteri.audit import service as audit
from rekisteri.kernel.db import db, transaction
from rekisteri.staff import events, sessions
from tests.support.databases import wanted_kinds
from tests.support.pages import faults

TOKEN = re.compile(r'"[\w.-]{32,}"')
"""What differs on two openings of one page: the tokens of its forms."""

_faultless: set[int] = set()


class PageFault(AssertionError):
    """A fetched page breaks a rule that every page keeps."""


class Read:
    """What a test may ask of an answer besides Flask's own: its page as a tree and its words as one text."""

    text: str

    @cached_property
    def page(self) -> BeautifulSoup:
        """The page, to be asked with CSS selectors."""
        return BeautifulSoup(self.text, "html.parser")

    @cached_property
    def words(self) -> str:
        """All that the page says, white space folded and soft hyphens removed."""
        return " ".join(self.page.get_text(" ").replace("\u00ad", "").split())

    @property
    def main(self) -> str:
        """What the page itself says, without the frame that all pages share."""
        part = self.page.find("main") or self.page
        return " ".join(part.get_text(" ").replace("\u00ad", "").split())


class ReadingClient(FlaskClient):
    """Fetches pages as a browser without JavaScript does, and fails on any page that breaks a rule."""

    def __init__(self, application: Flask, *_response_class: Any, **options: Any) -> None:
        super().__init__(application, type("ReadResponse", (Read, application.response_class), {}), **options)
        self.reads_words = True
        # its words do not depend on where its rows were kept
        self.reads_pages = application.config["SQLALCHEMY_DATABASE_URI"].startswith(wanted_kinds()[0])

    @contextmanager
    def foreign_words(self) -> Iterator[None]:
        """Leave the words unread for a while: the page shows hostile or foreign text that a test put there."""
        self.reads_words = False
        try:
            yield
        finally:
            self.reads_words = True

    def open(self, *args: Any, **options: Any) -> Any:
        """Make one request; the answer is a `TestResponse` that is also `Read`."""
        if has_app_context():  # a redirect that is followed comes here again, from inside the first request
            if db.session.new or db.session.dirty or db.session.deleted:
                raise AssertionError("the test holds unsaved changes that the request would not see: commit them first")
            db.session.rollback()  # what the test has read so far would be a stale snapshot after the request
        response = Context().run(super().open, *args, **options)
        led_on = 300 <= response.status_code < 400
        if self.reads_pages and response.mimetype == "text/html" and response.data and not led_on:
            self._read(response)
        return response

    def _read(self, response: Any) -> None:
        """Read a page unless the very same one, tokens aside, has been read before."""
        page = hash((TOKEN.sub("", response.text), self.reads_words))
        if page in _faultless:
            return
        found = faults(response.text, words=self.reads_words)
        if found:
            raise PageFault(f"{response.request.path} breaks the rules of pages:\n- " + "\n- ".join(found))
        _faultless.add(page)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the form of the sign-in page, as the contract describes it."""
        reads, self.reads_pages = self.reads_pages, False  # the sign-in page is read by its own tests
        answer = self.submit("/kirjaudu", {"username": username, "password": password}, follow=False)
        self.reads_pages = reads
        assert answer.status_code == 303, f"{username} was not let in: {answer.main}"

    def let_in(self, user: Any) -> None:
        """Begin a session as signing in does, without the sign-in page and its slow hash: most tests begin so."""
        with transaction():
            sessions.start(user=user, browser="")
            audit.record(events.SIGNED_IN, subject=user.subject, by=user)
        with self.session_transaction() as carried:
            carried.clear()
            carried.update({"_user_id": user.get_id(), "_fresh": True})

    def htmx(self, url: str, *, target: str = "", **options: Any) -> Any:
        """Fetch what htmx would get: the fragment."""
        headers = {"HX-Request": "true"} | ({"HX-Target": target} if target else {})
        return self.open(url, headers=headers, **options)

    def submit(
        self,
        url: str,
        data: Mapping[str, Any] | None = None,
        *,
        action: str | None = None,
        page: Any = None,
        follow: bool = True,
        htmx: bool = False,
        strict: bool = True,
    ) -> Any:
        """Open the page, fill in its form as a person would, and send it.

        The form is the one with this `action` (a path or the end of one); else the one that posts to the page itself;
        else the first posting form of the main part. Fields keep what the page holds unless `data` says otherwise;
        None takes a field out, a list sends several. `strict=False` lets a test send a field that the form lacks.
        `page` is the page as it was opened earlier: another window, or the same one clicked twice.
        """
        page = page or self.get(url)
        if page.status_code != 200:
            raise AssertionError(f"{url} answered {page.status_code}, so its form could not be filled in")
        form = chosen_form(page.page, url, action)
        sent = filled_in(form)
        known = set(sent) | {str(field["name"]) for field in form.select("[name]")}
        for name, value in (data or {}).items():
            if strict and name not in known:
                raise AssertionError(f"the form on {url} has no field {name!r}; it has {', '.join(sorted(known))}")
            if value is None:
                sent.pop(name, None)
            else:
                sent[name] = value
        headers = {"HX-Request": "true"} if htmx else None
        target = urljoin(url, str(form.get("action") or "")) or url
        return self.post(target, data=sent, follow_redirects=follow, headers=headers)


def chosen_form(page: BeautifulSoup, url: str, action: str | None) -> Tag:
    """The form of the page that `submit` means."""
    forms = [form for form in page.find_all("form") if str(form.get("method", "get")).lower() == "post"]
    addresses = [urlsplit(urljoin(url, str(form.get("action") or ""))).path for form in forms]
    if action is not None:
        fitting = [form for form, path in zip(forms, addresses, strict=True) if path.endswith(urlsplit(action).path)]
    else:
        fitting = [form for form, path in zip(forms, addresses, strict=True) if path == urlsplit(url).path]
        fitting = fitting or [form for form in forms if form.find_parent("main")]
    if not fitting:
        raise AssertionError(
            f"{url} has no form for {action or 'itself'}; its forms post to {', '.join(addresses) or 'nothing'}"
        )
    return fitting[0]


def filled_in(form: Tag) -> dict[str, Any]:
    """What a browser would send if the form were sent as it stands, without any button."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        if field.has_attr("disabled"):
            continue
        sent.setdefault(str(field["name"]), []).extend(_values(field))
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items() if values}


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.get_text().replace("\r\n", "\n").removeprefix("\n")]
    if field.name == "select":
        options = field.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not field.has_attr("multiple"):
            chosen = options[:1]
        return [str(option.get("value", option.get_text())) for option in chosen]
    kind = str(field.get("type", "text")).lower()
    if kind in {"submit", "button", "reset", "image", "file"}:
        return []
    if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
        return []
    return [str(field.get("value", "on" if kind == "checkbox" else ""))]
