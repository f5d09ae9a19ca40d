"""What may go wrong in a use case, as sentences a person can act on."""

from types import TracebackType


class RuleViolation(Exception):
    """A rule of the law or of the register says no.

    `sentence` is plain Finnish and is shown as such; `field` names the form field it belongs to, if one does.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Conflict(Exception):
    """Somebody else changed the same thing after this form was opened (HTTP 409).

    `theirs` holds what now stands in the register, by form field name, so that the person can compare;
    `version` is the version a second, knowing save must carry.
    """

    def __init__(self, sentence: str = "", *, theirs: dict[str, str] | None = None, version: int | None = None) -> None:
        self.sentence = sentence or (
            "Joku muu on tallentanut saman kohdan sen jälkeen, kun avasit lomakkeen. "
            "Vertaa tietoja ja tallenna uudelleen, jos haluat korvata toisen tallennuksen."
        )
        super().__init__(self.sentence)
        self.theirs = theirs or {}
        self.version = version


class Repeated(Exception):
    """The same form was sent twice; the first one was done and its result stands at `location`."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class NotPermitted(Exception):
    """The signed-in person may not do this (HTTP 403); `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def without_text(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    """What a log may hold of an error: where it happened, not what it says; that may quote a person's data."""
    return RuntimeError, RuntimeError(type(error).__name__), error.__traceback__
