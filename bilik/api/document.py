"""The OpenAPI document: what ninja makes of the calls, with every refusal, header and scope written down."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.utils.encoding import force_str
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from bilik.api import problems
from bilik.api.schemas import Problem
from bilik.api.states import Scope

ALWAYS = (401, 403, 404, 422, 429, 500, 503)
WRITING = (400, 409, 410, 413, 415)
_METHODS = ("get", "post", "patch", "put", "delete")
_TEXT = {"schema": {"type": "string"}}
_HEADERS: dict[str, dict[str, Any]] = {
    "RateLimit": {"schema": {"type": "string"}, "description": "calls left, and seconds until all are back"},
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": "how many calls in how many seconds"},
}


def finished(document: OpenAPISchema, api: NinjaAPI) -> dict[str, Any]:
    """The document of an interface, complete and with plain texts only."""
    made: dict[str, Any] = _plain(document)
    schemas = made["components"]["schemas"]
    schemas |= _plain(Problem.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}"))["$defs"]
    own = _plain(Problem.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}"))
    own.pop("$defs")
    schemas["Problem"] = own
    made["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "bilik_<name>_<secret>",
            "description": "Scopes: " + " ".join(f"`{scope.value}`: {scope.label}" for scope in Scope),
        }
    }
    scopes = {operation.operation_id: callback.scope for operation, callback in _operations(api)}
    for _path, method, operation in operations_in(made):
        operation["security"] = [{"token": [scopes[operation["operationId"]].value]}]
        _bound_names(operation)
        _add_refusals(operation, writes=method != "get")
        if operation["operationId"] == "gradebook_csv":
            operation["responses"]["200"]["content"] = {"text/csv": _TEXT}
    return made


def operations_in(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every call of a document: address, method, operation."""
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield path, method, methods[method]


def _operations(api: NinjaAPI) -> Iterator[tuple[Any, Any]]:
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                yield operation, operation.auth_callbacks[0]


def _bound_names(operation: dict[str, Any]) -> None:
    """What addresses take: ninja leaves the bounds of names and numbers to Django's converters and writes none down."""
    for parameter in operation["parameters"]:
        schema = parameter["schema"]
        if parameter["in"] == "path" and schema == {"type": "string"} | {"title": schema.get("title")}:
            schema |= {"pattern": "^[-a-zA-Z0-9_]+$"}
        elif parameter["in"] == "path" and schema.get("type") == "integer":
            schema |= {"minimum": 0}


def _add_refusals(operation: dict[str, Any], *, writes: bool) -> None:
    for response in operation["responses"].values():
        response["headers"] = dict(_HEADERS)
    for status in sorted(ALWAYS + (WRITING if writes else ())):
        response = {
            "description": HTTPStatus(status).phrase,
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status == HTTPStatus.UNAUTHORIZED:
            response["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            response["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
        operation["responses"][str(status)] = response


def _plain(value: Any) -> Any:
    """The same with names of JSON and texts in the language that is spoken now."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, int | float | None) else force_str(value)
