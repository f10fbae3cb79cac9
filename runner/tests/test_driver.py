"""What a run tells: output, prompts, errors with places and hints, facts, limits."""

from __future__ import annotations

import json
import os

import pytest

from runner import values
from runner.host import Pool, Runner, default_library_path
from runner.job import Call, Job, Limits
from runner.result import ErrorReport, Result


def program(base: Runner, code: str, *inputs: str, **more: object) -> Result:
    return base.run(Job("program", code, inputs=inputs or ("",), **more))  # type: ignore[arg-type]


def error_of(base: Runner, code: str) -> ErrorReport:
    result = program(base, code)
    error = (result.runs[0] if result.runs else result.load).error
    assert error is not None
    assert "runner" not in json.dumps(result.to_json()["load"] or result.to_json()["runs"])
    return error


def test_a_prompt_is_shown_but_is_no_output(base: Runner) -> None:
    run = program(base, "name = input('Nama? ')\nprint('Helo', name)", "Siti\n").runs[0]
    assert run.output == "Helo Siti\n"
    assert run.shown == "Nama? Siti\nHelo Siti\n"


def test_every_input_starts_fresh(base: Runner) -> None:
    code = "import random\nprint('x' in globals(), random.random(), input())\nx = 1"
    outputs = {run.output for run in program(base, code, "a", "a").runs}
    assert len(outputs) == 1
    assert outputs.pop().startswith("False")


@pytest.mark.parametrize("code", ["import sys\nprint(sys.stdin.read())", "print(open(0).read())"])
def test_other_ways_to_read(base: Runner, code: str) -> None:
    assert program(base, code, "a b").runs[0].output == "a b\n"


def test_exit_status_and_error_stream(base: Runner) -> None:
    run = program(base, "import sys\nprint('a')\nsys.exit('habis')").runs[0]
    assert (run.output, run.shown, run.exit_status, run.error) == ("a\n", "a\nhabis\n", 1, None)


@pytest.mark.parametrize(
    ("code", "kind", "line", "suggestion", "data"),
    [
        ("total = 1\nprint(totl)", "NameError", 2, "total", {"name": "totl"}),
        ("'a'.uper()", "AttributeError", 1, "upper", {"name": "uper", "object_type": "str"}),
        ("import maths", "ModuleNotFoundError", 1, "math", {"module": "maths"}),
        ("from math import sqroot", "ImportError", 1, "sqrt", {"name": "sqroot", "module": "math"}),
        ("d = {'nama': 1}\nd['nmaa']", "KeyError", 2, "nama", {"key": "nmaa"}),
        (
            "'a' - 1",
            "TypeError",
            1,
            None,
            {"kind": "operands", "operator": "-", "left": "str", "right": "int"},
        ),
        ("[1][5]", "IndexError", 1, None, {"kind": "out_of_range", "object_type": "list"}),
        ("for i in 5: pass", "TypeError", 1, None, {"kind": "not_iterable", "object_type": "int"}),
        ("def f():\n  f()\nf()", "RecursionError", 2, None, {}),
        ("x = 1\n  y = 2", "IndentationError", 2, None, {}),
        ("if 1\n  pass", "SyntaxError", 1, None, {}),
        ("return 1", "SyntaxError", 1, None, {}),
        ("x = '\0'", "SyntaxError", None, None, {"kind": "unreadable"}),
    ],
)
def test_mistakes(base: Runner, code: str, kind: str, line: int, suggestion: str, data: object) -> None:
    error = error_of(base, code)
    assert (error.type, error.line, error.suggestion, error.data) == (kind, line, suggestion, data)
    assert len(error.frames) <= 8


def test_columns_count_characters(base: Runner) -> None:
    error = error_of(base, "s = 'éé'; print(oops)")
    assert (error.column, error.end_column, error.source) == (17, 21, "s = 'éé'; print(oops)")


def test_a_syntax_error_is_found_before_anything_runs(base: Runner) -> None:
    result = program(base, "print('ran')\nif:")
    assert (result.ended, result.facts, result.runs) == ("finished", None, ())
    assert result.load.output == ""


def test_calls(base: Runner) -> None:
    code = "print('loaded')\ndef add(a, b=1):\n    print(a)\n    return [a + b]\nclass C:\n    pass"
    calls = (Call("add", (1,)), Call("add", (1,), {"b": 2}), Call("add"), Call("ad"), Call("C"))
    result = base.run(Job("calls", code, calls=calls))
    assert result.load.output == "loaded\n"
    assert [run.returned() for run in result.runs[:2]] == [[2], [3]]
    assert result.runs[2].error.data["kind"] == "missing_arguments"
    assert (result.runs[3].error.type, result.runs[3].error.suggestion) == ("MissingFunction", "add")
    assert result.runs[4].returned().type_name == "C"
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_leaving_is_an_error_where_calls_are_expected(base: Runner) -> None:
    result = base.run(Job("calls", "import sys\nsys.exit(0)", calls=(Call("f"),)))
    assert (result.ended, result.load.error.type, result.runs) == ("finished", "SystemExit", ())


def test_limits_tell_the_line(base: Runner) -> None:
    limits = Limits(cpu_seconds=0.3, wall_seconds=0.8)
    spinning = program(base, "print('a')\nwhile True:\n    pass", limits=limits)
    assert (spinning.ended, spinning.runs[0].output, spinning.runs[0].complete) == (
        "time_limit",
        "a\n",
        False,
    )
    assert spinning.runs[0].error.line in (2, 3)
    sleeping = program(base, "import time\ntime.sleep(9)", limits=limits)
    assert (sleeping.ended, sleeping.runs[0].error.line) == ("time_limit", 2)
    hungry = program(base, "x = []\nwhile True:\n    x.append('a' * 1000)")
    assert (hungry.ended, hungry.runs[0].error.line) == ("memory_limit", 3)


def test_output_is_cut_even_if_the_program_hides_it(base: Runner) -> None:
    code = "try:\n    print('x' * 5000)\nexcept BaseException:\n    pass"
    result = program(base, code, "", "", limits=Limits(output_kb=1))
    assert (result.ended, len(result.runs), result.runs[0].output_cut) == ("output_limit", 1, True)
    assert result.runs[0].output == "x" * 1024


def test_facts(base: Runner) -> None:
    code = (
        "import os.path\ndef f(n, *, k=1):\n    '''Doc.'''\n    return f(n - 1) if n else [i for i in 'ab']\n"
        "for a in range(3):\n    for b in f'{a}':\n        print(a.real)\nfacts = None\n"
    )
    facts = program(base, code).facts
    assert {"recursion", "nested_loop", "f_string", "list_comprehension", "for"} <= set(facts["constructs"])
    assert facts["functions"] == {"f": ["n", "k"]}
    assert (facts["imports"], facts["docstrings"]) == (["os"], ["f"])
    assert facts["calls"] == ["f", "print", "range"]
    assert facts["names"] == ["a", "b", "facts", "i"]


def test_files_and_threads_and_asyncio(base: Runner) -> None:
    code = (
        "import asyncio, threading\nprint(open('data.csv').read())\nopen('new', 'w').write('x')\n"
        "threading.Thread(target=print, args=('thread',)).start()\nasyncio.run(asyncio.sleep(0.01))"
    )
    run = program(base, code, files={"data.csv": b"1,2"}).runs[0]
    assert (run.error, run.output) == (None, "1,2\nthread\n")


@pytest.mark.skipif(
    not os.path.isdir(os.path.join(default_library_path(), "pandas")), reason="no libraries for learners here"
)
def test_arrays_and_tables_go_both_ways() -> None:
    array = values.Array("float64", (2, 2), (1.0, 2.0, 3.0, 4.0))
    table = values.Table("frame", ("a",), (0, 1), ("int64",), ((1, 2),))
    with Pool() as pool:
        code = "import numpy as np\ndef f(a):\n    return a * 2, a.sum(), np.random.rand() < 1"
        job = Job("calls", code, calls=(Call("f", (array,)),), libraries=("numpy",))
        doubled, total, _ = pool.run(job, 60).runs[0].returned()
        assert doubled == values.Array("float64", (2, 2), (2.0, 4.0, 6.0, 8.0))
        assert total == values.Array("float64", (), (10.0,))
        code = "import pandas\nfrom sklearn.linear_model import Ridge\ndef f(t):\n    return t + 1"
        job = Job("calls", code, calls=(Call("f", (table,)),), libraries=("pandas", "sklearn"))
        result = pool.run(job, 60)
        assert result.runs[0].returned() == values.Table("frame", ("a",), (0, 1), ("int64",), ((2, 3),))


@pytest.mark.skipif(
    not os.path.isdir(os.path.join(default_library_path(), "sklearn")), reason="no libraries for learners here"
)
def test_models_that_look_at_the_libraries_of_their_process_find_them_looked_at() -> None:
    code = (
        "from sklearn.cluster import KMeans\nfrom sklearn.neighbors import KNeighborsClassifier\n"
        "def f(x):\n"
        "    KNeighborsClassifier(1, algorithm='brute').fit(x, [0, 0, 1, 1]).predict(x)\n"
        "    return len(set(KMeans(2, n_init=1, random_state=0).fit(x).labels_))"
    )
    points = ((0.0,), (0.1,), (5.0,), (5.1,))
    with Pool() as pool:
        result = pool.run(Job("calls", code, calls=(Call("f", (points,)),), libraries=("sklearn",)), 60)
    assert (result.runs[0].error, result.runs[0].returned()) == (None, 2)
