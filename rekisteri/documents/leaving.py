"""Who wants to know that a letter has left the house: higher rooms, which know whose data it carried."""

from collections.abc import Callable
from typing import Any

from rekisteri.documents.models import Document

Listener = Callable[[Document, Any], None]
_listeners: dict[str, Listener] = {}


def when_posted(room: str, listener: Listener) -> None:
    """Call `listener` with the document and whoever marks it, in the transaction in which it is marked posted."""
    _listeners[room] = listener


def tell(document: Document, by: Any) -> None:
    """A document is being marked posted."""
    for listener in _listeners.values():
        listener(document, by)
