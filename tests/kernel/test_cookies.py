"""The content of a cookie is remembered; neither a changed cookie nor a changed content is taken for it."""

import pytest
from flask import Flask, session

from rekisteri.kernel.clock import now


@pytest.fixture
def notebook(app: Flask) -> Flask:
    """An application that notes one word more in the cookie's own list, without saving it, and tells what it held."""

    @app.before_request
    def note() -> str:
        if "words" not in session:
            session["words"] = ["first"]
            return ""
        held = " ".join(session["words"])
        session["words"].append("more")
        return held

    return app


def test_what_one_request_does_to_the_content_the_next_one_does_not_see(notebook: Flask) -> None:
    client = notebook.test_client()
    client.get("/kirjaudu")
    assert [client.get("/kirjaudu").text for _ in range(3)] == ["first"] * 3


def test_a_changed_cookie_holds_nothing(notebook: Flask) -> None:
    client = notebook.test_client()
    client.get("/kirjaudu")
    assert client.get("/kirjaudu").text == "first"
    right = client.get_cookie("rekisteri")
    assert right
    for forged in (f"x{right.value}", right.value[:-1], right.value + "x", ""):
        client.set_cookie("rekisteri", forged)
        assert client.get("/kirjaudu").text == ""


def test_an_old_cookie_holds_nothing(notebook: Flask, freeze) -> None:
    client = notebook.test_client()
    client.get("/kirjaudu")
    assert client.get("/kirjaudu").text == "first"
    freeze(f"{now().year + 1}-12-31")
    assert client.get("/kirjaudu").text == ""
