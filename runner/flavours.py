"""Kinds of warm process: what each has imported before the first answer arrives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from runner.faults import PlatformFault

_BEGINNERS = (
    *("abc", "bisect", "calendar", "collections", "contextlib", "copy", "csv", "dataclasses"),
    *("datetime", "decimal", "enum", "fractions", "functools", "heapq", "io", "itertools", "json"),
    *("math", "numbers", "operator", "os", "pathlib", "random", "re", "sqlite3", "statistics", "string"),
    *("struct", "textwrap", "threading", "time", "traceback", "typing", "zoneinfo"),
)


@dataclass(frozen=True, slots=True)
class Flavour:
    """modules: imported once. offers: top-level names that a job's `libraries` may ask for."""

    modules: tuple[str, ...]
    offers: frozenset[str]


_NUMPY = ("numpy", "numpy.random", "numpy.linalg")
_DATA = (*_NUMPY, "pandas", "sklearn.linear_model", "sklearn.model_selection", "sklearn.metrics")
FLAVOURS = {
    "base": Flavour(_BEGINNERS, frozenset()),
    "numpy": Flavour((*_BEGINNERS, *_NUMPY), frozenset({"numpy"})),
    "data": Flavour(
        (*_BEGINNERS, *_DATA),
        frozenset({"numpy", "pandas", "scipy", "sklearn", "joblib", "dateutil"}),
    ),
}


def flavour_for(libraries: Iterable[str]) -> str:
    """The smallest flavour that offers all of `libraries`. Raises PlatformFault when none does."""
    wanted = set(libraries)
    for name, flavour in FLAVOURS.items():
        if wanted <= flavour.offers:
            return name
    unknown = ", ".join(sorted(wanted - FLAVOURS["data"].offers))
    raise PlatformFault(f"no flavour of the runner offers {unknown}")


def exercise(flavour: str) -> None:
    """Use the libraries once, so that what they load late is loaded before the fork."""
    if flavour in ("numpy", "data"):
        _exercise_numpy()
    if flavour == "data":
        _exercise_tables()


def _exercise_numpy() -> None:
    import numpy  # type: ignore[import-not-found,unused-ignore]  # late: only this flavour has it

    grid = numpy.arange(12.0).reshape(3, 4)
    numpy.random.seed(0)
    numpy.linalg.solve(numpy.eye(3), numpy.random.rand(3))
    repr((grid @ grid.T, grid.mean(axis=0), numpy.sort(grid), numpy.random.default_rng(0).normal(size=3)))


def _exercise_tables() -> None:
    import pandas  # type: ignore[import-untyped,unused-ignore]  # late, as above
    import sklearn.linear_model  # type: ignore[import-not-found,unused-ignore]
    import sklearn.utils.parallel  # type: ignore[import-not-found,unused-ignore]

    frame = pandas.DataFrame({"a": [1, 2, 3, 4], "b": [0, 0, 1, 1], "c": list("xyxy")})
    repr((frame.describe(), frame.groupby("c").sum(), frame.merge(frame, on="a"), frame["a"].isna()))
    model: Any
    for model in (sklearn.linear_model.LinearRegression(), sklearn.linear_model.LogisticRegression()):
        model.fit(frame[["a"]], frame["b"]).predict(frame[["a"]])
    # Looks at the libraries of this process once, in a file that no child may read; k-means and neighbours ask for it.
    sklearn.utils.parallel._get_threadpool_controller()
