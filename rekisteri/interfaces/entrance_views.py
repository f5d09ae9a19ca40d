"""How a call comes in and how it is answered: the key, the content, the language, the form of the answer."""

import json
import logging
import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import BadRequest, ClientDisconnected, RequestEntityTooLarge

from rekisteri.disclosures import door
from rekisteri.interfaces import calls
from rekisteri.interfaces.openapi import KEY_HEADER, KEY_PATTERN
from rekisteri.interfaces.operations import Answered, Asked, Entry, Operation
from rekisteri.interfaces.problems import BY_STATUS, LANGUAGES, Problem
from rekisteri.interfaces.rules import PREFIX, looks_like_key
from rekisteri.interfaces.shapes import Listed, Misshapen, Whole
from rekisteri.kernel import failures
from rekisteri.kernel.db import transaction
from rekisteri.kernel.errors import RuleViolation, without_text
from rekisteri.kernel.gate import by_key

log = logging.getLogger(__name__)
ROOT = "/rajapinta/v1/"
LARGEST_BODY = 65_536


def let_in() -> None:
    """Whose key it is, and whether it opens from here (RFC 6750). A key in the address is refused, and remembered as seen."""
    if looks_like_key(request.query_string.decode("latin-1")):
        _note_exposed()
        raise Problem("key-in-address")
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Problem("no-key")
    caller = calls.caller_of(secret.strip())
    if caller is None:
        raise Problem("bad-key")
    g.caller = caller
    caller.check(address=request.remote_addr)


def _note_exposed() -> None:
    values = (value for value in request.args.values() if PREFIX in value)
    for caller in filter(None, (calls.caller_of(PREFIX + value.partition(PREFIX)[2]) for value in values)):
        with transaction():
            calls.note_exposed(caller)


def serve(operation: Operation) -> Any:
    """The view of an operation."""

    def view(**path: int) -> Response:
        g.operation = operation.name
        if operation.scope not in g.caller.scopes:
            raise Problem("outside-scope")
        if request.accept_mimetypes and not request.accept_mimetypes.best_match(["application/json"]):
            raise Problem("only-json")
        try:
            asked = {"path": path, "query": _query(operation), "body": _body(operation), "key": _key(operation)}
        except Misshapen as wrong:
            raise Problem("misshapen", errors=[(wrong.at, wrong.code, wrong.limit)]) from wrong
        return _written(_act(operation, asked), operation.status)

    view.__name__ = view.__qualname__ = f"serve_{operation.name}"
    return by_key(view)


def _act(operation: Operation, asked: Mapping[str, Any]) -> Answered:
    """Everything in one transaction: what is read or written, the ledger, the count and the log."""
    try:
        with transaction():
            entry = calls.enter(g.caller)
            _check_recipient(entry)
            answered = operation.act(Asked(connection=entry, **asked))
            calls.log(g.caller, operation.name, status=operation.status, outgoing_id=answered.outgoing_id)
    except RuleViolation as violation:
        raise Problem("rule", violation.sentence) from violation
    return answered


def _check_recipient(entry: Entry) -> None:
    try:
        door.check_recipient(entry.recipient, entry.ground)
    except RuleViolation as violation:
        raise Problem("recipient-closed") from violation


def _body(operation: Operation) -> Mapping[str, Any]:
    if operation.body is None:
        return {}
    if request.mimetype != "application/json":
        raise Problem("not-json")
    request.max_content_length = LARGEST_BODY
    try:
        content = json.loads(request.get_data().decode("utf-8"), parse_constant=_no_number)
    except RequestEntityTooLarge as error:
        raise Problem("too-large") from error
    except (ValueError, RecursionError, BadRequest, ClientDisconnected) as error:
        raise Problem("malformed") from error
    read: Mapping[str, Any] = operation.body.read(content)
    return read


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _query(operation: Operation) -> dict[str, Any]:
    for name in request.args:
        if name not in operation.query:
            raise Misshapen(f"/{name[:60]}", "unknown")
    return {
        name: shape.read(_typed(shape, request.args[name]), f"/{name}")
        for name, shape in operation.query.items()
        if name in request.args
    }


def _typed(shape: Any, text: str) -> Any:
    """What an address holds is text: a number and a list are read from it."""
    if isinstance(shape, Listed):
        return text.split(",")
    return int(text) if isinstance(shape, Whole) and re.fullmatch(r"-?[0-9]{1,18}", text) else text


def _key(operation: Operation) -> str:
    if not operation.once:
        return ""
    key = request.headers.get(KEY_HEADER)
    if key is None:
        raise Misshapen(f"/{KEY_HEADER}", "missing")
    if not re.fullmatch(KEY_PATTERN[1:-1], key):
        raise Misshapen(f"/{KEY_HEADER}", "pattern")
    return key


def _written(answered: Answered, status: int) -> Response:
    answer = Response(json.dumps(answered.content, ensure_ascii=False), status, mimetype="application/json")
    answer.headers.extend(answered.headers)
    return answer


def say(problem: Problem) -> Response:
    """A problem as the caller's language has it."""
    language = request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    content = json.dumps(problem.told(language, ROOT), ensure_ascii=False)
    answer = Response(content, problem.status, mimetype="application/problem+json")
    answer.headers.extend({"Content-Language": language, **problem.headers})
    answer.vary.add("Accept-Language")
    if problem.status == 401:
        error = ', error="invalid_token"' if problem.code == "bad-key" else ""
        answer.headers["WWW-Authenticate"] = f'Bearer realm="rajapinta"{error}'
    return answer


def _refuse(problem: Problem) -> Response:
    """Log the refusal where a known key was used; the answer goes out even when the log cannot be written."""
    if "caller" in g:
        try:
            with transaction():
                calls.log_refusal(g.caller, g.get("operation", ""), problem)
        except SQLAlchemyError as error:
            log.error("a refused call was not logged", exc_info=without_text(error))
    return say(problem)


def init_entrance(app: Flask) -> None:
    """Give the gate the keys, and the interface its own way of telling of errors."""
    app.extensions["keys"] = let_in
    app.register_error_handler(Problem, _refuse)
    failures.speak(app, ROOT, lambda status, sentence: _refuse(Problem(BY_STATUS.get(status, "error"), sentence)))
