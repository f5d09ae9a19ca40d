"""The OpenAPI 3.1 document of the interface, made from the declarations that serve it."""

from typing import Any

from rekisteri.interfaces import problems, schemas
from rekisteri.interfaces.catalogue import OPERATIONS
from rekisteri.interfaces.operations import Operation
from rekisteri.interfaces.shapes import Listed, Shape

VERSION = "1.0.0"
ABOUT = (
    "Yrityksen verkkopalvelut ja kumppanit lukevat ja tuovat tietoja tämän rajapinnan kautta. Jokainen pyyntö tarvitsee "
    "avaimen otsakkeessa `Authorization: Bearer …`. Avain kelpaa vain sovitusta verkosta. Virheistä kerrotaan muodossa "
    "`application/problem+json` suomeksi tai englanniksi (otsake `Accept-Language`)."
)
KEY_HEADER = "Idempotency-Key"
KEY_PATTERN = "^[A-Za-z0-9._~:-]{8,100}$"


def document(*, root: str, title: str) -> dict[str, Any]:
    """The whole document; `root` is the address under which the interface answers."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{title}: rajapinta", "version": VERSION, "description": ABOUT},
        "servers": [{"url": root.rstrip("/")}],
        "security": [{"key": []}],
        "paths": {operation.path: {operation.method.lower(): _described(operation)} for operation in OPERATIONS},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "Liittymän avain"}},
            "schemas": {"Problem": schemas.PROBLEM.schema()},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.title,
        "description": f"{operation.text}\n\nTarvitsee oikeuden `{operation.scope}`.",
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.body:
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body.schema()}}}
    return told


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    found = [_parameter(name, "path", shape, required=True) for name, shape in operation.places.items()]
    found += [_parameter(name, "query", shape) for name, shape in operation.query.items()]
    if operation.once:
        schema = {"type": "string", "pattern": KEY_PATTERN, "minLength": 8, "maxLength": 100}
        about = "Kirjauksen oma tunniste, esimerkiksi tilauksen numero verkkokaupassa"
        found.append({"name": KEY_HEADER, "in": "header", "required": True, "description": about, "schema": schema})
    return found


def _parameter(name: str, place: str, shape: Shape, *, required: bool = False) -> dict[str, Any]:
    schema = shape.schema()
    told = {"name": name, "in": place, "required": required, "description": schema.pop("description", "")}
    several = {"style": "form", "explode": False} if isinstance(shape, Listed) else {}
    return told | several | {"schema": schema}


def _responses(operation: Operation) -> dict[str, Any]:
    answer = {"application/json": {"schema": operation.answer.schema()}}
    told: dict[str, Any] = {str(operation.status): {"description": "Onnistui", "content": answer}}
    for status in sorted({problems.KINDS[code].status for code in operation.may_answer}):
        titles = [problems.KINDS[code].fi[0] for code in operation.may_answer if problems.KINDS[code].status == status]
        refused = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        told[str(status)] = {"description": " tai ".join(dict.fromkeys(titles)), "content": refused}
        if status == 401:
            told[str(status)]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
        if status == 429:
            told[str(status)]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "required": True}}
    return told
