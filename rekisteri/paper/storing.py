"""Places in which papers are kept, the people who may handle them, and who has a key."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from rekisteri.audit import service as audit
from rekisteri.kernel.db import check_version, db
from rekisteri.kernel.errors import RuleViolation
from rekisteri.paper import events, rules
from rekisteri.paper.models import PaperBinder, PaperHandler, PaperKey, PaperPlace
from rekisteri.staff.models import User


def places(*, active: bool = False) -> Sequence[PaperPlace]:
    """Every place, or those in use."""
    keys = selectinload(PaperPlace.keys).joinedload(PaperKey.handler).joinedload(PaperHandler.user)
    query = select(PaperPlace).order_by(PaperPlace.id).options(keys)
    return db.session.scalars(query.filter_by(active=True) if active else query).all()


def held(place: PaperPlace) -> int:
    """How many binders and boxes belong to a place."""
    query = select(func.count()).where(PaperBinder.place_id == place.id, PaperBinder.destroyed_on.is_(None))
    return db.session.scalar(query) or 0


def add_place(*, name: str, locked: bool, fireproof: bool, by: Any) -> PaperPlace:
    """Put a place on record; it has to be locked and fireproof, as the notice promises."""
    rules.check_place(locked=locked, fireproof=fireproof)
    place = PaperPlace(name=name, locked=locked, fireproof=fireproof)
    db.session.add(place)
    db.session.flush()
    audit.record(events.PLACE_ADDED, subject=f"paper_place:{place.id}", by=by)
    return place


def change_place(
    *, place: PaperPlace, version: int | None, name: str, locked: bool, fireproof: bool, active: bool, by: Any
) -> None:
    """Change what is known of a place. One that is no longer locked or fireproof must be emptied and taken out of use."""
    check_version(place, version)
    if active:
        rules.check_place(locked=locked, fireproof=fireproof)
    elif held(place):
        raise RuleViolation("Paikassa on aineistoa. Siirrä se ensin toiseen paikkaan.", field="active")
    told = {"name": name, "locked": locked, "fireproof": fireproof, "active": active}
    changed = [field for field, value in told.items() if getattr(place, field) != value]
    for field in changed:
        setattr(place, field, told[field])
    if changed:
        db.session.flush()
        audit.record(events.PLACE_CHANGED, subject=f"paper_place:{place.id}", by=by, fields=changed)


def handlers(*, able: bool = False) -> list[PaperHandler]:
    """The named people in the order of their names, those whose right has ended last; or only those who may handle today."""
    user = joinedload(PaperHandler.user).selectinload(User.commitments)
    every = db.session.scalars(select(PaperHandler).options(user)).unique()
    ordered = sorted(every, key=lambda one: (one.ended_on is not None, one.full_name))
    return [one for one in ordered if one.why_not is None] if able else ordered


def unnamed_users() -> list[User]:
    """Users in use who are not on the list."""
    named = select(PaperHandler.user_id).where(PaperHandler.user_id.is_not(None), PaperHandler.ended_on.is_(None))
    query = select(User).where(User.active, User.id.not_in(named)).order_by(User.full_name)
    return list(db.session.scalars(query))


def handler_of(user: Any) -> PaperHandler | None:
    """The named person behind an account."""
    return db.session.scalar(select(PaperHandler).filter_by(user_id=user.id))


def check_handles(user: Any) -> PaperHandler:
    """Whoever touches cards is on the list and has signed the commitment, whatever the account may do."""
    handler = handler_of(user)
    if handler is None or handler.ended_on is not None:
        raise RuleViolation(rules.NOT_NAMED)
    return check_able(handler)


def check_able(handler: PaperHandler | None, *, field: str = "handler") -> PaperHandler:
    """A named person whose commitment is in force."""
    if handler is None:
        raise RuleViolation("Valitse nimetty käsittelijä.", field=field)
    if refusal := handler.why_not:
        raise RuleViolation(refusal, field=field)
    return handler


def find_handler(choice: str | None) -> PaperHandler | None:
    """The named person of a form's choice."""
    return db.session.get(PaperHandler, int(choice)) if choice and choice.isdecimal() else None


def name_handler(*, user: User | None, name: str, task: str, signed_on: date | None, by: Any, on: date) -> PaperHandler:
    """Put somebody on the list of those who may handle paper; somebody with an account by the account's commitment."""
    rules.check_named(name=name, user=user is not None, signed_on=signed_on, on=on)
    handler = (handler_of(user) if user else None) or PaperHandler(user=user)
    if user is not None and user.commitment_on(on) is None:
        raise RuleViolation("Käyttäjän salassapitositoumusta ei ole kirjattu. Kirjaa se ensin.", field="user")
    handler.name, handler.task = ("", task) if user else (name.strip(), task)
    handler.signed_on = None if user else signed_on
    handler.named_on, handler.named_by_id, handler.ended_on = on, by.id, None
    db.session.add(handler)
    db.session.flush()
    audit.record(events.NAMED, subject=f"paper_handler:{handler.id}", by=by)
    return handler


def end_handler(*, handler: PaperHandler, by: Any, on: date) -> None:
    """Take somebody off the list; every key comes back first."""
    keys = db.session.scalars(select(PaperKey).filter_by(handler_id=handler.id, returned_on=None)).all()
    if keys:
        places_of = ", ".join(key.place.name for key in keys)
        raise RuleViolation(f"Henkilöllä on vielä avain: {places_of}. Kirjaa ensin avaimen palautus.")
    handler.ended_on = on
    db.session.flush()
    audit.record(events.ENDED, subject=f"paper_handler:{handler.id}", by=by)


def give_key(*, place: PaperPlace, handler: PaperHandler | None, by: Any, on: date) -> PaperKey:
    """Put on record that a named person gets a key or a code to a place."""
    able = check_able(handler)
    if any(key.handler_id == able.id for key in place.held_keys):
        raise RuleViolation("Henkilöllä on jo avain tähän paikkaan.", field="handler")
    key = PaperKey(place=place, handler=able, given_on=on)
    db.session.add(key)
    db.session.flush()
    audit.record(events.KEY_GIVEN, subject=f"paper_place:{place.id}", by=by, handler=able.id)
    return key


def take_key_back(*, key: PaperKey, by: Any, on: date) -> None:
    """The key is back."""
    if key.returned_on is None:
        key.returned_on = on
        db.session.flush()
        audit.record(events.KEY_RETURNED, subject=f"paper_place:{key.place_id}", by=by, handler=key.handler_id)
