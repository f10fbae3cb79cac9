"""What programs can do here: the OpenAPI document as a page for people, made on the server."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bilik.api import v1
from bilik.api.document import operations_in
from bilik.api.signing import TOKENS
from bilik.api.states import Scope


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Scopes, calls and an example. No query."""
    context = {
        "root": request.build_absolute_uri(v1.ROOT),
        "document": reverse("api:v1:openapi"),
        "scopes": [(scope.value, scope.label, _calls(scope)) for scope in Scope],
        "limit": TOKENS.most,
    }
    return render(request, "api/about.html", context)


def _calls(scope: Scope) -> list[dict[str, Any]]:
    """The calls that a scope opens, as the page shows them."""
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "query": [one["name"] for one in operation["parameters"] if one["in"] == "query"],
            "body": _body(operation),
        }
        for path, method, operation in operations_in(v1.document())
        if operation["security"] == [{"token": [scope.value]}]
    ]


def _body(operation: dict[str, Any]) -> list[str]:
    """The names in the body of a call."""
    if "requestBody" not in operation:
        return []
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rpartition("/")[2]
    return list(v1.document()["components"]["schemas"][name]["properties"])
