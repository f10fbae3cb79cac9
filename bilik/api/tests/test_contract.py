"""The OpenAPI document keeps its word: schemathesis calls everything in it, in this process, with a real database.

Right and wrong data are generated from the document by a fixed seed; Hypothesis adds constants of whatever is imported,
so the same run may meet other data beside other tests. Where the data of a call have to name
something that exists, some of them are made to.
"""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import strategies as st
from schemathesis import GenerationMode

from bilik.api import signing, v1
from bilik.api.document import operations_in

pytestmark = [pytest.mark.django_db, pytest.mark.contract]

EXAMPLES = 12
# What a rule refuses though its shape is right: an answer that is none, a code that is over, a date in the past.
BY_RULE = ("send_answer", "join", "set_deadline")
# What wrong data may meet: a body may be too large as well.
REFUSED = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429"]
GOOD = ["2xx", "401", "403", "404", "409", "410", "429"]


@pytest.fixture
def academy(house, group, meeting, deadline, join_code, leyla, give, small, caller):
    """The address of everything that a call can name, and a trainer's program that learns as well."""
    given = give(house.aysel, small.task("capital"), "ganja").submission
    names = {
        "course": ["small-course"],
        "lesson": ["01-choices", "02-numbers"],
        "task": ["capital", "even-numbers", "area", "boxes", "word"],
        "group": [str(group.ref)],
        "meeting": [str(meeting.ref)],
        "deadline": [str(deadline.ref)],
        "attempt": [given.pk],
    }
    return names, caller(house.aysel)


@pytest.fixture
def one_connection():
    """A call must not close the connection in whose transaction the test lies; Django's own test client sees to it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document(academy, one_connection):
    """The interface as its document describes it, called through WSGI, and the names of what exists."""
    names, program = academy
    config = schemathesis.Config.from_dict(
        {
            "headers": {"Authorization": f"Bearer {program.text}", "Accept-Encoding": "identity"},
            "generation": {"deterministic": True, "allow-x00": True},
            "checks": {"negative_data_rejection": {"expected-statuses": REFUSED}},
            "operations": [
                {
                    "include-operation-id": name,
                    "checks": {"positive_data_acceptance": {"expected-statuses": [*GOOD, "422"]}},
                }
                for name in BY_RULE
            ],
        }
    )
    application = get_wsgi_application()

    def called(environ: Any, start_response: Any) -> Any:
        return application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", called, config=config)

    return schema, names


CALLS = {operation["operationId"]: operation for _path, _method, operation in operations_in(v1.document())}
# A call without parameters and body cannot be called wrongly.
WAYS = [
    (name, mode)
    for name, operation in CALLS.items()
    for mode in GenerationMode
    if mode.is_positive or operation["parameters"] or "requestBody" in operation
]


def _has_data(name: str) -> bool:
    return "requestBody" in CALLS[name] or any(one["in"] == "query" for one in CALLS[name]["parameters"])


@pytest.mark.parametrize(("name", "mode"), WAYS, ids=[f"{name}-{mode.value}" for name, mode in WAYS])
def test_every_call_is_as_its_document_says(document, name, mode):
    schema, names = document
    # Only addresses that lead nowhere are wrong where there is nothing else that could be.
    ways = [True, True, False] if mode.is_positive or _has_data(name) else [False]
    wanted = {one["name"] for one in CALLS[name]["parameters"] if one["in"] == "path"}

    @hypothesis.given(data=st.data(), exists=st.sampled_from(ways))
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def called(data: Any, exists: bool) -> None:
        signing.TOKENS.forget()
        fixed = {key: data.draw(st.sampled_from(names[key])) for key in wanted} if exists else None
        operation = schema.find_operation_by_id(name)
        data.draw(operation.as_strategy(generation_mode=mode, path_parameters=fixed)).call_and_validate()

    called()
