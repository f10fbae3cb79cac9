"""problem.yaml: what a problem is and what it may use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bilik.judging.model import Limits, Version
from bilik.judging.problems import Notes
from bilik.judging.reading import Keys

FILE = "problem.yaml"
_LICENSES = ("unknown", "public domain", "cc0", "cc by", "cc by-sa", "educational", "permission")
_TYPES = ("pass-fail", "scoring", "multi-pass", "interactive", "submit-answer")
_APART = (("pass-fail", "scoring"), ("submit-answer", "multi-pass"), ("submit-answer", "interactive"))
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_CONSTANT = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
# The most that this judge grants; a package that asks for more is refused. Units as in problem.yaml.
CEILINGS: Mapping[str, int] = {
    "memory": 4096,
    "output": 64,
    "code": 1024,
    "compilation_time": 120,
    "compilation_memory": 4096,
    "validation_time": 300,
    "validation_memory": 4096,
    "validation_output": 64,
    "validation_passes": 100,
}
MOST_SECONDS = Decimal(120)


@dataclass(frozen=True)
class Metadata:
    """What problem.yaml says, and of the legacy version the flags that the test data needs."""

    version: Version
    names: Mapping[str, str]
    types: frozenset[str]
    limits: Limits
    custom: bool | None
    scores: bool
    validator_flags: tuple[str, ...]
    minimize: bool
    languages: tuple[str, ...] | None
    allow_file_writing: bool
    constants: Mapping[str, str]


def read_metadata(data: Mapping[str, Any], notes: Notes) -> Metadata | None:
    """The metadata, or None when the version is none that we read."""
    keys = Keys(data, FILE, notes)
    version = keys.text("problem_format_version", "legacy")
    if version in ("2025-09", "2023-07-draft"):
        return _current(keys, Version(version), notes)
    if version in ("legacy", "legacy-icpc"):
        return _legacy(keys, notes)
    notes.error(
        FILE,
        "version",
        f"`problem_format_version: {version}` is not read here; legacy, 2023-07-draft and 2025-09 are.",
    )
    return None


def _legacy(keys: Keys, notes: Notes) -> Metadata:
    type_ = keys.one_of("type", ("pass-fail", "scoring"), "pass-fail")
    words = keys.text("validation", "default").split() or ["default"]
    types = {type_}
    if words[0] not in ("default", "custom") or set(words[1:]) - {"score", "interactive", "multi-pass"}:
        keys.wrong("validation", "`default`, or `custom` with any of score, interactive, multi-pass")
    elif words[0] == "default" and words[1:]:
        keys.wrong("validation", "nothing after `default`")
    types |= set(words[1:]) & {"interactive", "multi-pass"}
    if "score" in words and type_ != "scoring":
        notes.error(FILE, "value", "`validation: … score` belongs to problems of `type: scoring`.")
    grading = keys.inner("grading")
    minimize = grading.one_of("objective", ("max", "min"), "max") == "min"
    grading.ignore("show_test_data_groups", "on_reject", "accept_score", "reject_score", "range")
    grading.leave_no_rest()
    if keys.has("grading") and type_ != "scoring":
        notes.error(FILE, "value", "`grading` belongs to problems of `type: scoring`.")
    name = keys.raw("name")
    names = (
        {str(code): str(text) for code, text in name.items()} if isinstance(name, dict) else {"en": keys.text("name")}
    )
    keys.ignore("uuid", "author", "source", "source_url", "rights_owner", "keywords", "libraries")
    keys.one_of("license", _LICENSES, "unknown")
    limits = _limits(keys.inner("limits"), legacy=True, passes="multi-pass" in types)
    flags = tuple(keys.text("validator_flags").split())
    keys.leave_no_rest()
    custom = words[0] == "custom"
    return Metadata(
        Version.LEGACY, names, frozenset(types), limits, custom, "score" in words, flags, minimize, None, False, {}
    )


def _current(keys: Keys, version: Version, notes: Notes) -> Metadata:
    types = set(keys.texts("type") or ("pass-fail",))
    if types - set(_TYPES):
        keys.wrong("type", "one or more of " + ", ".join(_TYPES))
    for one, other in _APART:
        if {one, other} <= types:
            notes.error(FILE, "value", f"`type` cannot be both {one} and {other}; choose one.")
    name = keys.raw("name")
    names = {str(code): str(text) for code, text in name.items()} if isinstance(name, dict) else {}
    if not isinstance(name, dict):
        names = {"en": keys.text("name")}
    if not any(names.values()):
        notes.error(FILE, "missing", "`name` is missing; give the problem's name, or a mapping from language to name.")
    for code in names:
        if not _LANGUAGE.fullmatch(code):
            notes.error(FILE, "value", f"`name.{code}`: {code!r} is no language code such as az, uz or pt-BR.")
    if not keys.has("uuid") and version is Version.CURRENT:
        notes.error(FILE, "missing", "`uuid` is missing; make one with `python3 -m uuid`.")
    license_ = keys.one_of("license", _LICENSES, "unknown")
    if license_ == "public domain" and keys.has("rights_owner"):
        notes.error(FILE, "value", "`rights_owner` does not go with `license: public domain`; remove it.")
    keys.ignore("version", "credits", "source", "rights_owner", "embargo_until", "keywords", "uuid")
    languages = keys.texts("languages")
    limits = _limits(keys.inner("limits"), legacy=False, passes="multi-pass" in types)
    writing = keys.flag("allow_file_writing", False)
    constants = _constants(keys.inner("constants"), keys.raw("constants"), notes)
    keys.leave_no_rest()
    return Metadata(
        version,
        names,
        frozenset(types),
        limits,
        None,
        "scoring" in types,
        (),
        False,
        None if languages in (None, ("all",)) else languages,
        writing,
        constants,
    )


def _constants(keys: Keys, data: Any, notes: Notes) -> dict[str, str]:
    """`name` and `name.variant` -> text, as they stand between double braces."""
    found: dict[str, str] = {}
    for name, value in (data or {}).items() if isinstance(data, dict) else ():
        variants = value if isinstance(value, dict) else {"value": value}
        if not _CONSTANT.fullmatch(str(name)) or "value" not in variants:
            notes.error(FILE, "value", f"`constants.{name}` needs a name of letters and digits, and a `value`.")
            continue
        for variant, content in variants.items():
            found[f"{name}.{variant}"] = str(content)
        found[str(name)] = str(variants["value"])
    return found


def _limits(keys: Keys, *, legacy: bool, passes: bool) -> Limits:
    whole = {
        name: keys.whole(name, None, low=1, high=most) for name, most in CEILINGS.items() if name != "validation_passes"
    }
    given = {name: value for name, value in whole.items() if value is not None}
    most_passes = keys.whole("validation_passes", 2 if passes else 1, low=2, high=CEILINGS["validation_passes"]) or 1
    if keys.has("validation_passes") and not passes:
        keys.wrong("validation_passes", "nothing, because the problem is not multi-pass")
    one = Decimal(1)
    if legacy:
        multiplier = keys.number("time_multiplier", Decimal(5), low=one) or Decimal(5)
        margin = keys.number("time_safety_margin", Decimal(2), low=one) or Decimal(2)
    else:
        times = keys.inner("time_multipliers")
        multiplier = times.number("ac_to_time_limit", Decimal(2), low=one) or Decimal(2)
        margin = times.number("time_limit_to_tle", Decimal("1.5"), low=one) or Decimal("1.5")
        times.leave_no_rest()
    least = Decimal("0.001")
    resolution = keys.number("time_resolution", one, low=least) or one
    time_limit = keys.number("time_limit", None, low=least)
    if time_limit is not None and time_limit > MOST_SECONDS:
        keys.wrong("time_limit", f"at most {MOST_SECONDS} seconds here")
    if time_limit is not None and time_limit % resolution:
        keys.wrong("time_limit", f"a multiple of the time resolution, {resolution}")
    keys.leave_no_rest()
    return Limits(time_limit, resolution, multiplier, margin, passes=most_passes, **given)
