"""Every address of the application, with something put in for what a route leaves open."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

ABSENT = 987654321  # no row has this id in a test


class Address(NamedTuple):
    """One way to ask something of the application."""

    endpoint: str
    url: str
    method: str


def filled(app: Flask, rule: Rule) -> str:
    """A route's address with an id that is not there, or a word, for each of its open parts."""
    values: dict[str, str | int] = dict(rule.defaults or {})
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            values[name] = ABSENT if isinstance(converter, IntegerConverter) else "ei-ole"
    url: str = app.url_map.bind("localhost").build(rule.endpoint, values)
    return url


def addresses(app: Flask) -> Iterator[Address]:
    """Every route and method of the application."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Address(rule.endpoint, filled(app, rule), method)
