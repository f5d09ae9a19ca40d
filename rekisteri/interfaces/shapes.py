"""The shape of what comes and goes as JSON: one declaration reads it, and describes it for the OpenAPI document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

Schema = dict[str, Any]


class Misshapen(Exception):
    """Something is not as it was declared: where (a JSON pointer), and what was expected, by a code and its limit."""

    def __init__(self, at: str, code: str, limit: object = "") -> None:
        super().__init__(f"{at}: {code}")
        self.at, self.code, self.limit = at, code, str(limit)


class Shape(Protocol):
    """Anything that can read a value and describe itself."""

    def read(self, value: Any, at: str = "") -> Any:
        """The value as the use cases take it; raises `Misshapen`."""
        ...

    def schema(self) -> Schema:
        """The same as JSON Schema 2020-12."""
        ...


@dataclass(frozen=True)
class Text:
    """A text. Control characters and halves of signs are refused, so that nothing unseen comes in."""

    about: str = ""
    longest: int = 200
    shortest: int = 1
    pattern: str = r"^[^\x00-\x1f\x7f-\x9f]*$"
    example: str = ""

    def read(self, value: Any, at: str = "") -> str:
        if not isinstance(value, str):
            raise Misshapen(at, "text")
        if not self.shortest <= len(value) <= self.longest:
            raise Misshapen(at, "length", f"{self.shortest}–{self.longest}")
        if not re.fullmatch(self.pattern[1:-1], value) or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise Misshapen(at, "pattern", self.pattern)
        return value

    def schema(self) -> Schema:
        told = {"type": "string", "minLength": self.shortest, "maxLength": self.longest, "pattern": self.pattern}
        return told | _described(self.about, self.example)


@dataclass(frozen=True)
class Decimal:
    """A number written with a point, as text, so that nothing is rounded on the way: ”12.50”."""

    about: str
    places: int
    digits: int = 7
    negative: bool = False
    example: str = ""

    @property
    def pattern(self) -> str:
        sign = "-?" if self.negative else ""
        return rf"^{sign}[0-9]{{1,{self.digits}}}(\.[0-9]{{1,{self.places}}})?$"

    def read(self, value: Any, at: str = "") -> int:
        """The number in units of its last place."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern[1:-1], value):
            raise Misshapen(at, "decimal", self.places)
        whole, _, part = value.lstrip("-").partition(".")
        units = int(whole) * 10**self.places + int(part.ljust(self.places, "0"))
        return -units if value.startswith("-") else units

    def schema(self) -> Schema:
        longest = self.digits + 1 + self.places + self.negative
        return {"type": "string", "maxLength": longest, "pattern": self.pattern} | _described(self.about, self.example)


@dataclass(frozen=True)
class Day:
    """A day as ISO 8601 writes it: 2026-11-24."""

    about: str
    example: str = "2026-11-24"

    def read(self, value: Any, at: str = "") -> date:
        try:
            if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise Misshapen(at, "day") from None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"} | _described(self.about, self.example)


@dataclass(frozen=True)
class Moment:
    """A moment in UTC; goes out only."""

    about: str

    def read(self, value: Any, at: str = "") -> Any:
        raise NotImplementedError("moments are never sent in")

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-time"} | _described(self.about)


@dataclass(frozen=True)
class Whole:
    """A whole number."""

    about: str
    least: int = 1
    most: int = 2**31 - 1
    example: int | None = None

    def read(self, value: Any, at: str = "") -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # JSON knows one kind of number: 7.0 is the whole number 7
        if not isinstance(value, int) or isinstance(value, bool):
            raise Misshapen(at, "whole")
        if not self.least <= value <= self.most:
            raise Misshapen(at, "range", f"{self.least}–{self.most}")
        return value

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most} | _described(self.about, self.example)


@dataclass(frozen=True)
class Truth:
    """True or false."""

    about: str

    def read(self, value: Any, at: str = "") -> bool:
        if not isinstance(value, bool):
            raise Misshapen(at, "truth")
        return value

    def schema(self) -> Schema:
        return {"type": "boolean"} | _described(self.about)


@dataclass(frozen=True)
class OneOf:
    """One of a few codes."""

    codes: tuple[str, ...]
    about: str = ""

    def read(self, value: Any, at: str = "") -> str:
        if not isinstance(value, str) or value not in self.codes:
            raise Misshapen(at, "one_of", ", ".join(self.codes))
        return value

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.codes)} | _described(self.about)


@dataclass(frozen=True)
class Listed:
    """So many of one kind."""

    of: Shape
    about: str = ""
    most: int = 100
    least: int = 0

    def read(self, value: Any, at: str = "") -> list[Any]:
        if not isinstance(value, list):
            raise Misshapen(at, "list")
        if not self.least <= len(value) <= self.most:
            raise Misshapen(at, "count", f"{self.least}–{self.most}")
        return [self.of.read(one, f"{at}/{number}") for number, one in enumerate(value)]

    def schema(self) -> Schema:
        told = {"type": "array", "items": self.of.schema(), "minItems": self.least, "maxItems": self.most}
        return told | _described(self.about)


@dataclass(frozen=True)
class Record:
    """Named values; a name that was not declared is refused, as nobody asked for it (GDPR art. 5(1)(c))."""

    parts: Mapping[str, Shape]
    about: str = ""
    optional: frozenset[str] = field(default=frozenset())

    def read(self, value: Any, at: str = "") -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Misshapen(at, "record")
        for name in value:
            if name not in self.parts:
                raise Misshapen(f"{at}/{escaped(name)}", "unknown")
        for name in self.parts:
            if name not in value and name not in self.optional:
                raise Misshapen(f"{at}/{name}", "missing")
        return {name: shape.read(value[name], f"{at}/{name}") for name, shape in self.parts.items() if name in value}

    def schema(self) -> Schema:
        return {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in self.parts.items()},
            "required": [name for name in self.parts if name not in self.optional],
            "additionalProperties": False,
        } | _described(self.about)


@dataclass(frozen=True)
class Values:
    """Values by the field's name, where null tells that the value was removed; goes out only."""

    names: tuple[str, ...]
    about: str = ""

    def read(self, value: Any, at: str = "") -> Any:
        raise NotImplementedError("the register's values are never sent in")

    def schema(self) -> Schema:
        told = {"propertyNames": {"enum": list(self.names)}, "additionalProperties": {"type": ["string", "null"]}}
        return {"type": "object"} | told | _described(self.about)


def escaped(name: str) -> str:
    """A name as a part of a JSON pointer."""
    return name[:60].replace("~", "~0").replace("/", "~1")


def _described(about: str, example: object = None) -> Schema:
    return ({"description": about} if about else {}) | ({"examples": [example]} if example else {})
