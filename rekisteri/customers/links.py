"""What in the higher rooms belongs to a customer: told here by those rooms, so that merging moves it all.

A room registers each of its columns that point at a customer once, when its models are imported.
"""

from dataclasses import dataclass

from sqlalchemy.orm import InstrumentedAttribute

CustomerColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass(frozen=True)
class Link:
    """One column whose rows belong to a customer; `name` is what they are called in Finnish, in the plural."""

    column: CustomerColumn
    name: str


_links: list[Link] = []


def add_link(column: CustomerColumn, name: str) -> None:
    """Let the rows of `column` follow their customer when two customers are merged into one."""
    if all(link.column is not column for link in _links):
        _links.append(Link(column, name))


def all_links() -> list[Link]:
    """Every registered link."""
    return list(_links)
