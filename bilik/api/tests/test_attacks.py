"""Bodies that nobody honest sends."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilik.api.errors import BodyUnreadable
from bilik.api.reading import DEEPEST, read_json

ADDRESS = "courses/small-course/tasks/capital/answers"
RIGHT = b'{"fields": {"answer": "baku"}}'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid"),
        (b"{", 400, "body_unreadable"),
        (b"null", 422, "invalid"),
        (b"[]", 422, "invalid"),
        (b'"x"', 422, "invalid"),
        (b"\xff\xfe{}", 400, "body_unreadable"),
        (b'\xef\xbb\xbf{"fields": {}}', 400, "body_unreadable"),
        (b'{"fields": {"answer": "baku"}, "fields": {}}', 400, "body_unreadable"),
        (b'{"fields": {"answer": NaN}}', 400, "body_unreadable"),
        (b'{"fields": {"answer": "\\ud800"}}', 400, "body_unreadable"),
        (b'{"fields": {"\\udfff": "x"}}', 400, "body_unreadable"),
        (b'{"fields": {"answer": "\\u0000"}}', 422, "answer_invalid"),
        (b'{"fields": {"answer\\u0000": "x"}}', 422, "invalid"),
        (b'{"fields": {"answer": 1e999}}', 422, "invalid"),
        (b'{"fields": {"answer": ' + b"9" * 5000 + b"}}", 400, "body_unreadable"),
        (b'{"fields": ' + b"[" * 100 + b"]" * 100 + b"}", 400, "body_unreadable"),
        (b"[" * 400_000, 400, "body_unreadable"),
        (b'{"a":' * 100_000, 400, "body_unreadable"),
        (b'{"fields": {"answer": "' + b"a" * 1_100_000 + b'"}}', 413, "body_too_large"),
        (b'{"fields": {"answer": ["baku", {"x": 1}]}}', 422, "invalid"),
        (b'{"fields": {"answer": "baku"}, "by": "jasur"}', 422, "invalid"),
        (b'{"fields": {"answer": "baku"}, "key": "' + b"1" * 400 + b'"}', 422, "invalid"),
        (json.dumps({"fields": {f"answer-{n}": "x" for n in range(300)}}).encode(), 422, "invalid"),
    ],
    ids=lambda value: value[:24].decode("ascii", "replace") if isinstance(value, bytes) else str(value),
)
def test_a_body_that_is_none_is_refused_and_nothing_is_stored(small, leyla, caller, rows, body, status, code):
    response = caller(leyla).post(ADDRESS, body)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert rows("submissions.Submission") == []
    assert len(response.content) < 5_000


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_of_another_site_is_no_call(small, leyla, caller, kind, rows):
    response = caller(leyla).call("POST", ADDRESS, RIGHT, content_type=kind)
    assert (response.status_code, response.json()["code"]) == (415, "media_type_unknown")
    assert rows("submissions.Submission") == []


@pytest.mark.django_db
def test_a_charset_beside_the_type_is_no_mistake(small, leyla, caller):
    assert caller(leyla).call("POST", ADDRESS, RIGHT, content_type="application/json; charset=utf-8").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "99999999999999999999999999", "9223372036854775808", "-1", "1.0", "٣"])
def test_numbers_that_no_database_takes_lead_nowhere(leyla, caller, number):
    assert caller(leyla).get(f"attempts/{number}").status_code == 404
    assert caller(leyla).get(f"groups?cursor={number}").status_code in (200, 422)


@pytest.mark.django_db
def test_a_query_with_more_names_than_any_form_is_refused(leyla, caller):
    response = caller(leyla).get("courses?" + "&".join(f"a{n}=1" for n in range(1000)))
    assert response.status_code == 422
    assert len(response.content) < 5_000


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_json_can_say_is_read_as_it_was_written(value):
    assert read_json(json.dumps(value).encode()) == value


@given(st.integers(1, 200))
def test_depth_has_an_end(depth):
    body = b"[" * depth + b"]" * depth
    if depth <= DEEPEST:
        read_json(body)
    else:
        with pytest.raises(BodyUnreadable):
            read_json(body)


@given(st.binary(max_size=200))
def test_whatever_comes_is_read_or_refused(body):
    with contextlib.suppress(BodyUnreadable):
        read_json(body)
