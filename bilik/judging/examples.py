"""submissions/: example solutions and what is expected of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, cast

from bilik.judging.files import entries, plain_files
from bilik.judging.metadata import Metadata
from bilik.judging.model import Expectation, Program, Submission, Verdict, Version
from bilik.judging.problems import Notes
from bilik.judging.reading import Keys, read_yaml

_FILE = "submissions/submissions.yaml"
_AC, _WA, _TLE, _RTE = Verdict.AC, Verdict.WA, Verdict.TLE, Verdict.RTE
_ALL = frozenset({_AC, _WA, _TLE, _RTE})
# (permitted, required) by folder.
_CURRENT: Mapping[str, tuple[frozenset[Verdict], frozenset[Verdict]]] = {
    "accepted": (frozenset({_AC}), _ALL),
    "rejected": (_ALL, frozenset({_RTE, _TLE, _WA})),
    "wrong_answer": (frozenset({_AC, _WA}), frozenset({_WA})),
    "time_limit_exceeded": (frozenset({_AC, _TLE}), frozenset({_TLE})),
    "run_time_error": (frozenset({_AC, _RTE}), frozenset({_RTE})),
    "brute_force": (frozenset({_AC, _RTE, _TLE}), frozenset({_RTE, _TLE})),
}
_LEGACY: Mapping[str, tuple[frozenset[Verdict], frozenset[Verdict]]] = {
    "accepted": (frozenset({_AC}), _ALL),
    "partially_accepted": (_ALL, _ALL),
    "wrong_answer": (frozenset({_AC, _WA}), frozenset({_WA})),
    "time_limit_exceeded": (frozenset({_AC, _WA, _TLE}), frozenset({_TLE})),
    "run_time_error": (_ALL, frozenset({_RTE})),
}
_KEYS = ("permitted", "required", "score", "message", "use_for_time_limit")


def read_submissions(root: Path, metadata: Metadata, notes: Notes) -> tuple[Submission, ...]:
    """Every example submission, in the order of folders and names."""
    legacy = metadata.version is Version.LEGACY
    defaults = _LEGACY if legacy else _CURRENT
    configured = {} if legacy else read_yaml(root / _FILE, _FILE, notes)
    found = []
    for folder in entries(root / "submissions"):
        if not folder.is_dir():
            continue
        for entry in entries(folder):
            path = f"{folder.name}/{entry.name}"
            program = Program(entry.name, plain_files(entry) if entry.is_dir() else {entry.name: entry})
            expected = _expectations(path, folder.name, configured, defaults, notes)
            if expected is None:
                message = "The format knows no such folder of submissions, so nothing in it is judged."
                (notes.warning if legacy else notes.error)(f"submissions/{folder.name}", "folder", message)
                break
            language, entry_point = _how_to_run(path, configured)
            program = Program(program.name, program.files, language, entry_point)
            found.append(Submission(program, folder.name, expected, legacy and folder.name == "partially_accepted"))
    for pattern in configured:
        if not any(_matches(pattern, f"{s.folder}/{s.program.name}") for s in found) and pattern not in defaults:
            notes.warning(_FILE, "pattern", f"`{pattern}` matches no submission.")
    if not any(submission.folder == "accepted" for submission in found):
        notes.error("submissions/accepted", "missing", "There is no accepted submission; add at least one.")
    return tuple(found)


def _matches(pattern: str, path: str) -> bool:
    """Whether the pattern matches the path or a folder above it. `*` stays within a name; braces give choices."""
    regex = re.escape(pattern.rstrip("/")).replace(r"\*", "[^/]*")
    regex = re.sub(r"\\\{(.*?)\\\}", lambda match: "(" + match[1].replace(",", "|") + ")", regex)
    return re.fullmatch(f"{regex}(/.*)?", path) is not None


def matches_case(pattern: str, case: str) -> bool:
    """Whether an expectation for `pattern` (empty: all) speaks about the case."""
    return not pattern or _matches(pattern, case)


def _expectations(
    path: str,
    folder: str,
    configured: Mapping[str, Any],
    defaults: Mapping[str, tuple[frozenset[Verdict], frozenset[Verdict]]],
    notes: Notes,
) -> tuple[Expectation, ...] | None:
    """The folder's default, unless replaced, and every pattern's that matches. None: nothing is said at all."""
    found: list[Expectation] = []
    if folder in defaults:
        data = configured.get(folder) or {}
        permitted, required = defaults[folder]
        found.append(_one(Keys(data, _FILE, notes, f"{folder}."), "", permitted, required))
    for pattern, data in configured.items():
        if pattern != folder and _matches(pattern, path) and isinstance(data, dict):
            found.append(_one(Keys(data, _FILE, notes, f"{pattern}."), "", None, None))
    for pattern, data in configured.items():
        if not _matches(pattern, path) or not isinstance(data, dict):
            continue
        known = {*_KEYS, "language", "entrypoint", "authors", "model_solution"}
        for cases, inner in data.items():
            if str(cases) in known:
                continue
            if isinstance(inner, dict):
                keys = Keys(inner, _FILE, notes, f"{pattern}.{cases}.")
                found.append(_one(keys, str(cases), None, None))
            else:
                notes.error(_FILE, "unknown-key", f"`{pattern}.{cases}` is not known; remove it.")
    return tuple(found) or None


def _one(
    keys: Keys, cases: str, permitted: frozenset[Verdict] | None, required: frozenset[Verdict] | None
) -> Expectation:
    permitted = _verdicts(keys, "permitted", permitted)
    required = _verdicts(keys, "required", required)
    bound: Literal["lower", "upper", ""] = ""
    if required == frozenset({_TLE}):
        bound = "upper"
    elif permitted is not None and _TLE not in permitted:
        bound = "lower"
    use = keys.raw("use_for_time_limit")
    if use is False:
        bound = ""
    elif use in ("lower", "upper"):
        bound = cast(Literal["lower", "upper"], use)
        if use == "lower":
            permitted = (permitted or _ALL) - {_TLE}
        else:
            required = frozenset({_TLE})
    elif use not in (None, True):
        keys.wrong("use_for_time_limit", "true, false, lower or upper")
    return Expectation(cases, permitted, required, _score(keys), keys.text("message"), bound)


def _verdicts(keys: Keys, key: str, default: frozenset[Verdict] | None) -> frozenset[Verdict] | None:
    words = keys.texts(key)
    if words is None:
        return default
    if not words or set(words) - {"AC", "WA", "TLE", "RTE"}:
        keys.wrong(key, "a list of AC, WA, TLE, RTE")
        return default
    return frozenset(Verdict(word) for word in words)


def _score(keys: Keys) -> tuple[Decimal, Decimal] | None:
    value = keys.raw("score")
    if value is None:
        return None
    bounds = value if isinstance(value, list) else [value, value]
    if len(bounds) != 2 or not all(isinstance(bound, int | Decimal) for bound in bounds):
        keys.wrong("score", "a number, or a list of the lowest and the highest")
        return None
    return Decimal(bounds[0]), Decimal(bounds[1])


def _how_to_run(path: str, configured: Mapping[str, Any]) -> tuple[str | None, str | None]:
    language = entry = None
    for pattern, data in configured.items():
        if isinstance(data, dict) and _matches(pattern, path):
            language = str(data["language"]) if data.get("language") else language
            entry = str(data["entrypoint"]) if data.get("entrypoint") else entry
    return language, entry
