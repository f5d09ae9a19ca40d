"""Values that become HTML attributes, and files that may or may not have been fetched."""

import pytest
from flask import Flask

from rekisteri.kernel.web import attributes, has_asset


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
