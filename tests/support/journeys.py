"""Fixtures for journeys in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.browser import QUIET, accessibility_faults, executable, picture
from tests.support.server import serving


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, headless, talking to nobody but us."""
    return {"executable_path": executable(), "args": QUIET, "headless": True}


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the real application, on the test's own database."""
    with serving(app) as address:
        yield address


@pytest.fixture
def browser_context_args(live_server: str) -> dict[str, Any]:
    """A Finnish desk: pages may be opened by path."""
    return {
        "base_url": live_server,
        "locale": "fi-FI",
        "timezone_id": "Europe/Helsinki",
        "accept_downloads": True,
    }


@pytest.fixture
def page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser's page. Whatever the console complains of (a script's error, a breach of the policy) fails the test."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    complaints = _complaints(page)
    yield page
    context.close()
    assert not complaints, "the browser's console complains:\n- " + "\n- ".join(complaints)


@pytest.fixture
def no_js_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A browser's page where no script runs."""
    context: BrowserContext = browser.new_context(java_script_enabled=False, **browser_context_args)
    yield context.new_page()
    context.close()


def _complaints(page: Page) -> list[str]:
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))

    def listen(message: Any) -> None:
        # An answer of 409 or 422 is how a form says no; Chromium reports it, we do not.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            found.append(message.text)

    page.on("console", listen)
    return found


@pytest.fixture
def walk_in(app: Flask) -> Callable[..., Any]:
    """Sign a new person in through the sign-in page: `walk_in(page, "kasittelija")` gives the user."""

    def enter(page: Page, *roles: str, **person: Any) -> Any:
        from tests.staff.factories import PASSWORD, make_user

        user = make_user(*roles, **person)
        page.goto("/kirjaudu")
        page.locator("input[name=username]").fill(user.username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(lambda url: "/kirjaudu" not in url)
        return user

    return enter


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that axe finds nothing on the open page."""

    def look(page: Page) -> None:
        found = accessibility_faults(page)
        assert not found, f"{page.url} is not accessible:\n- " + "\n- ".join(found)

    return look


@pytest.fixture(scope="session")
def take_picture() -> Callable[[Page, str], None]:
    """Keep a picture of the open page, when REKISTERI_TEST_PICTURES=1 asks for them."""
    return picture
