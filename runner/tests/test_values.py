"""Values and frames survive the way there and back, and nothing else gets through."""

from __future__ import annotations

import contextlib
import datetime
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner import frames, values
from runner.job import BadJob, Call, Job, Limits
from runner.result import BadReply, ErrorReport, Result, Run

zones = st.timezones() | st.just(datetime.UTC) | st.none()
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**60), 10**60)
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.decimals(allow_nan=False)
    | st.fractions()
    | st.dates()
    | st.datetimes(timezones=zones, allow_imaginary=False)
    | st.times()
    | st.timedeltas()
    | st.builds(range, st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 9))
)
keys = st.integers() | st.text(max_size=5) | st.tuples(st.integers(), st.text(max_size=3))
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(keys, inner, max_size=4)
        | st.sets(keys, max_size=4)
        | st.frozensets(keys, max_size=4)
    ),
    max_leaves=12,
)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(["int", "list", "dict", "set", "array", "table", "decimal", "frame", "opaque", "range"]),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=25,
)


@given(anything)
@settings(deadline=None)
def test_decode_undoes_encode(value: object) -> None:
    travelled = frames.unpack(json.dumps({"v": values.encode(value)}, allow_nan=False).encode())["v"]
    back = values.decode(travelled)
    assert back == value
    assert type(back) is type(value)


@given(json_values)
@settings(deadline=None, max_examples=300)
def test_decode_of_any_json_raises_only_bad_value(data: object) -> None:
    with contextlib.suppress(values.BadValue):
        values.decode(data)


@given(st.binary(max_size=200) | json_values.map(lambda v: json.dumps(v).encode()))
@settings(deadline=None)
def test_unpack_of_any_bytes_raises_only_bad_frame(body: bytes) -> None:
    with contextlib.suppress(frames.BadFrame):
        assert type(frames.unpack(body)) is dict


@pytest.mark.parametrize("shape", [ErrorReport, Run, Result])
@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_shapes_refuse_any_other_json(shape: type, data: st.DataObject) -> None:
    names = list(shape.__dataclass_fields__)
    drawn = data.draw(json_values | st.fixed_dictionaries(dict.fromkeys(names, json_values)))
    with contextlib.suppress(BadReply):
        shape.from_json(drawn)


def test_nan_and_infinities() -> None:
    assert math.isnan(values.decode(values.encode(math.nan)))
    assert values.decode(values.encode([math.inf, -math.inf])) == [math.inf, -math.inf]


def test_what_is_not_a_known_type_becomes_opaque() -> None:
    class Sly(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

        def __repr__(self) -> str:
            raise RuntimeError

    assert values.decode(values.encode(Sly(1))) == values.Opaque("Sly", "", "type")
    cycle: list[object] = []
    cycle.append(cycle)
    assert values.decode(values.encode(cycle)).reason == "cycle"
    assert values.decode(values.encode(10**5000)).reason == "size"
    assert values.decode(values.encode([0] * 100_000)).reason == "size"
    deep: list[object] = []
    for _ in range(100):
        deep = [deep]
    assert values.decode(values.encode(deep)).reason == "depth"


@pytest.mark.parametrize(
    "body", [b"{} x", b"[]", b'{"a":NaN}', b'{"a":1,"a":2}', b'{"a":' + b"9" * 50 + b"}", b"[" * 100_000]
)
def test_frames_are_strict(body: bytes) -> None:
    with pytest.raises(frames.BadFrame):
        frames.unpack(body)


def test_a_job_survives_the_queue() -> None:
    call = Call("f", (1, {"a": values.Array("int64", (1,), (1,))}), {"k": (2,)})
    job = Job("calls", "x", calls=(call,), files={"a.csv": b"\x00"}, libraries=("numpy",), seed=7)
    assert Job.from_json(json.loads(json.dumps(job.to_json()))) == job


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "shell"},
        {"calls": (Call("f"),)},
        {"files": {"../x": b""}},
        {"inputs": ()},
        {"seed": -1},
        {"libraries": ("os.path",)},
    ],
)
def test_malformed_jobs_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadJob):
        Job(**({"mode": "program", "code": "", "inputs": ("",)} | wrong))
    with pytest.raises(BadJob):
        Limits(cpu_seconds=math.nan)
