"""Nothing is reached that does not say who may reach it."""

from flask import Flask

from rekisteri.kernel.gate import BY_KEY, PUBLIC, SIGNED_IN, permission_of, public, requires
from rekisteri.staff.rules import PERMISSIONS

OPEN_TO_ALL = {
    "/static/<path:filename>",
    "/terveys",
    "/kirjaudu",
    "/kayttoonotto/<token>",
    "/kayttoonotto/<token>/sitoumus.pdf",
    "/tietosuojaseloste",
    "/tietosuojaseloste.pdf",
    "/tietosuojaseloste/versiot",
    "/tietosuojaseloste/versiot/<int:number>",
    "/tietosuojaseloste/versiot/<int:number>.pdf",
    "/tietosuojaseloste/vertailu",
    "/rajapinta/v1/",
    "/rajapinta/v1/openapi.json",
}


def closed_by_mistake(app: Flask) -> list[str]:
    """Routes whose view says nothing, or names a permission that nobody can be given."""
    known = {PUBLIC, SIGNED_IN, BY_KEY, *PERMISSIONS}
    return [rule.rule for rule in app.url_map.iter_rules() if permission_of(app, rule.endpoint) not in known]


def test_the_check_proves_itself() -> None:
    toy = Flask("toy", static_folder=None)
    toy.add_url_rule("/avoin", "a", public(lambda: ""))
    toy.add_url_rule("/lupa", "b", requires("customers.view")(lambda: ""))
    toy.add_url_rule("/unohdettu", "c", lambda: "")
    toy.add_url_rule("/tuntematon", "d", requires("customers.vew")(lambda: ""))
    assert closed_by_mistake(toy) == ["/unohdettu", "/tuntematon"]


def test_every_route_says_who_may_reach_it(house: Flask) -> None:
    assert closed_by_mistake(house) == []


def test_only_what_holds_no_personal_data_is_open_to_all(house: Flask) -> None:
    routes = {rule.rule for rule in house.url_map.iter_rules() if permission_of(house, rule.endpoint) == PUBLIC}
    assert routes <= OPEN_TO_ALL, f"open to all without being listed here: {sorted(routes - OPEN_TO_ALL)}"


def test_a_route_changes_nothing_when_it_is_only_read(house: Flask) -> None:
    """A view that only takes POST changes something; none of them answers GET under the same endpoint by accident."""
    for rule in house.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        assert methods <= {"GET", "POST"}, f"{rule.rule}: a form can send only GET and POST, not {methods}"
