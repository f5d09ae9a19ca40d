"""A fresh process: templates compiled before are used again, and routes give their addresses when asked for one."""

from pathlib import Path

from flask import Flask, url_for

from rekisteri.kernel.starting import compiled_templates


def test_compiled_templates_are_for_this_user_only_and_a_changed_template_is_compiled_anew(
    app: Flask, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    kept = compiled_templates(tmp_path)

    def said(text: str) -> str:
        (pages / "a.html").write_text(text)
        env = app.jinja_env.overlay(bytecode_cache=kept, loader=app.jinja_loader.__class__(str(pages)), cache_size=0)
        return env.get_template("a.html").render()

    assert [said("one"), said("one"), said("two")] == ["one", "one", "two"]
    folder = tmp_path / "templates"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o077 for file in folder.iterdir()] == [0]


def test_a_page_is_shown_though_its_compiled_template_finds_no_room(app: Flask, tmp_path: Path) -> None:
    kept = compiled_templates(tmp_path)
    (tmp_path / "templates").rmdir()
    (tmp_path / "a.html").write_text("one")

    env = app.jinja_env.overlay(bytecode_cache=kept, loader=app.jinja_loader.__class__(str(tmp_path)), cache_size=0)
    assert env.get_template("a.html").render() == "one"


def test_an_address_is_built_alike_the_first_time_and_later(app: Flask) -> None:
    with app.test_request_context():
        asked = [url_for("static", filename="a.css", v=version) for version in (None, "1", None)]
    assert asked == ["/static/a.css", "/static/a.css?v=1", "/static/a.css"]
