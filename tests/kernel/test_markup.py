"""Values that become HTML attributes, and files that may or may not have been fetched."""

import pytest
from flask import Flask
from markupsafe import Markup

from rekisteri.kernel.web import attributes, has_asset, repeated


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({}, ""),
        ({"id": "haku"}, ' id="haku"'),
        ({"hx_get": "/asiakkaat/", "class_": "x"}, ' hx-get="/asiakkaat/" class="x"'),
        ({"required": True, "disabled": False, "rows": None}, " required"),
        ({"rows": 0, "value": ""}, ' rows="0" value=""'),
        ({"title": '"><script>'}, ' title="&#34;&gt;&lt;script&gt;"'),
        ({'x" onclick="y': "z"}, ' x&#34; onclick=&#34;y="z"'),
    ],
)
def test_values_are_written_as_attributes_and_nothing_breaks_out(values: dict[str, object], written: str) -> None:
    assert attributes(values) == written


def test_a_file_that_was_fetched_is_known_and_another_is_not(app: Flask) -> None:
    with app.test_request_context():
        assert has_asset("css/base.css")
        assert not has_asset("vendor/ei-ole.js")


LINE = Markup('<li title="%s">%s</li>')


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        ([], ""),
        ([("a", "b")], '<li title="a">b</li>'),
        ([("a", "b"), ("", "%s")], '<li title="a">b</li><li title="">%s</li>'),
        ([('"><script>', "Äijälä & pojat")], '<li title="&#34;&gt;&lt;script&gt;">Äijälä &amp; pojat</li>'),
        (
            [("<i>", Markup("<b>x</b>")), ("c", "<d>")],
            '<li title="&lt;i&gt;"><b>x</b></li><li title="c">&lt;d&gt;</li>',
        ),
        ([("a\x1f<b>", "c"), ("d", "e\x1f")], '<li title="a\x1f&lt;b&gt;">c</li><li title="d">e\x1f</li>'),
    ],
)
def test_a_line_is_repeated_for_each_row_and_no_text_breaks_out_or_slips_into_another_place(
    rows: list[tuple[str, str]], written: str
) -> None:
    assert repeated(LINE, rows) == written
