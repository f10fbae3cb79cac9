"""How a call is written down: its method, address, scope, what it gives. `call` is the one way to add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Router

from bilik.api import problems
from bilik.api.reading import body_of
from bilik.api.signing import Needs
from bilik.api.states import Scope

View = TypeVar("View", bound=Callable[..., Any])
WRITING = frozenset({"POST", "PATCH", "PUT", "DELETE"})


def call(
    router: Router,
    method: str,
    path: str,
    *,
    scope: Scope,
    gives: Any,
    status: int = 200,
    also: Mapping[int, Any] | None = None,
    summary: Any,
    operation: str = "",
) -> Callable[[View], View]:
    """Adds a function as a call that needs `scope` and gives `gives` with `status`; `also` are other good answers.
    `operation` names it in the OpenAPI document and in addresses, for good; without it the function's name does.
    """

    def add(view: View) -> View:
        name = operation or view.__name__
        needs = Reads(scope)
        router.api_operation(
            [method],
            path,
            auth=needs,
            response={status: gives, **(also or {})},
            operation_id=name,
            url_name=name,
            summary=summary,
        )(view)
        needs.names = frozenset(
            name
            for model in view._ninja_operation.models  # type: ignore[attr-defined]
            if model.__ninja_param_source__ == "query"
            for name in model.__ninja_flatten_map__
        )
        return view

    return add


class Reads(Needs):
    """The same, for a call that knows which names may stand in its query, and reads its body with bounds."""

    names: frozenset[str] = frozenset()

    def __call__(self, request: HttpRequest) -> Any:
        token = super().__call__(request)
        unknown = sorted(set(request.GET) - self.names)
        if unknown:
            raise Unfit([problems.detail("query", name, "extra_forbidden") for name in unknown])
        if request.method in WRITING:
            body_of(request)
        return token


class Unfit(Exception):
    """Parts of a call do not fit; `details` say which."""

    def __init__(self, details: list[dict[str, str]]) -> None:
        self.details = details
        super().__init__("invalid")
