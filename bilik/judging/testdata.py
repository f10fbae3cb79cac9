"""data/: test cases and their groups."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from bilik.judging.files import entries, plain_files
from bilik.judging.metadata import Metadata
from bilik.judging.model import Aggregation, Case, Group, Rules, Version
from bilik.judging.problems import Notes
from bilik.judging.reading import Keys, read_yaml

_KNOWN = frozenset(
    ".in .ans .out .interaction .in.statement .ans.statement .in.download .ans.download .files .yaml "
    ".hint .desc .png .jpg .jpeg .svg".split()
)
_SCORE_MODES = ("sum", "avg", "min", "max")
_FLAGS = {"always_accept", "accept_if_any_accepted", "first_error", "worst_error", "ignore_sample"}


@dataclass(frozen=True)
class _Inherited:
    """What a case takes from the folders above it."""

    args: tuple[str, ...] = ()
    input_validator_args: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    output_validator_args: tuple[str, ...] = ()
    full_feedback: bool = False
    rules: Rules = field(default_factory=Rules)


class DataReader:
    """Reads the groups of one package."""

    def __init__(self, root: Path, metadata: Metadata, notes: Notes) -> None:
        self._data = root / "data"
        self._meta = metadata
        self._notes = notes
        self._legacy = metadata.version is Version.LEGACY
        self._scoring = "scoring" in metadata.types

    def root_rules(self) -> Rules:
        """The rules that join sample and secret (legacy: data/testdata.yaml)."""
        return self._base().rules

    def sample(self) -> Group:
        """data/sample; an empty group when there is none."""
        base = replace(self._base(), full_feedback=True, rules=replace(self._base().rules, ignore_sample=False))
        group = self._group("sample", base)
        if group.groups and not self._legacy:
            self._notes.error("data/sample", "groups", "Samples cannot be divided into groups; remove the files.")
        return group

    def secret(self) -> Group:
        """data/secret, which must hold something."""
        base = replace(self._base(), rules=replace(self._base().rules, ignore_sample=False))
        group = self._group("secret", base)
        if not group.all_cases():
            self._notes.error("data/secret", "missing", "There is no test case; put `1.in` and `1.ans` there.")
        if not self._legacy and group.groups and group.cases:
            self._notes.error("data/secret", "groups", "It holds groups and test cases; move the cases into a group.")
        if not self._legacy and self._scoring:
            self._check_bounds(group)
        return group

    def beside(self, name: str, needs: tuple[str, ...]) -> tuple[Case, ...]:
        """The cases of data/invalid_input and its like: each with the files that it needs."""
        if not (self._data / name).is_dir():
            return ()
        cases = self._group(name, self._base(), needs=()).all_cases()
        for case in cases:
            for ending, path in ((".ans", case.answer), (".out", case.output)):
                if ending in needs and path is None:
                    self._missing(case.name, ending)
        return cases

    def _base(self) -> _Inherited:
        flags = self._meta.validator_flags
        if not self._legacy:
            return _Inherited()
        rules = Rules(aggregation="sum" if self._scoring else "pass-fail")
        return self._below("data", _Inherited(output_validator_args=flags, rules=rules), self._data)

    def _group(self, name: str, above: _Inherited, needs: tuple[str, ...] = (".ans",)) -> Group:
        folder = self._data / name
        here = self._below(f"data/{name}", above, folder)
        inputs = [entry for entry in entries(folder) if entry.name.endswith(".in") and entry.is_file()]
        cases = [self._case(entry, name, here, needs) for entry in inputs]
        groups: list[Group] = []
        for entry in entries(folder):
            if not entry.is_dir() or entry.name.endswith(".files"):
                continue
            if (folder / f"{entry.name}.in").exists():
                self._notes.error(f"data/{name}/{entry.name}", "name", "A test case beside it has the same name.")
            inner = self._group(f"{name}/{entry.name}", here, needs)
            if self._legacy or self._settings(entry) is not None:
                groups.append(inner)
            else:  # only a folder: its cases are this group's
                cases += inner.cases
        self._look_for_strays(folder, name, {entry.name[:-3] for entry in inputs})
        if not self._legacy and "/" in name and groups:
            self._notes.error(f"data/{name}", "groups", "Groups cannot hold groups; remove the inner test_group.yaml.")
        if name != "sample" and "/" in name and not cases and not groups and self._settings(folder) is not None:
            self._notes.error(f"data/{name}", "missing", "The group holds no test case.")
        return Group(name, here.rules, tuple(sorted(cases, key=lambda case: case.name)), tuple(groups))

    def _settings(self, folder: Path) -> Path | None:
        names = ["testdata.yaml"] if self._legacy else ["test_group.yaml"]
        if self._meta.version is Version.DRAFT:
            names.append("testdata.yaml")
        return next((folder / name for name in names if (folder / name).is_file()), None)

    def _look_for_strays(self, folder: Path, name: str, cases: set[str]) -> None:
        for entry in entries(folder):
            base, dot, ending = entry.name.partition(".")
            while dot and f"{base}.{ending}" and f".{ending}" not in _KNOWN and "." in ending:
                more, _, ending = ending.partition(".")
                base = f"{base}.{more}"
            if f".{ending}" in (".in", ".ans", ".out", ".files") and base not in cases:
                self._missing(f"{name}/{base}", ".in")

    def _missing(self, case: str, ending: str) -> None:
        self._notes.error(f"data/{case}{ending}", "missing", "The test case is not whole; add this file.")

    def _case(self, file: Path, group: str, here: _Inherited, needs: tuple[str, ...]) -> Case:
        base = file.name[:-3]
        name = f"{group}/{base}"

        def beside(ending: str) -> Path | None:
            path = file.with_name(base + ending)
            return path if path.is_file() else None

        if beside(".ans") is None and ".ans" in needs:
            self._missing(name, ".ans")
        case = Case(
            name,
            file,
            beside(".ans"),
            beside(".out"),
            here.args,
            plain_files(file.with_name(base + ".files")),
            here.input_validator_args,
            here.output_validator_args,
            here.full_feedback,
        )
        return case if self._legacy else self._configured(case, beside(".yaml"))

    def _configured(self, case: Case, file: Path | None) -> Case:
        if file is None:
            return case
        where = f"data/{case.name}.yaml"
        keys = Keys(read_yaml(file, where, self._notes), where, self._notes)
        args = keys.texts("args")
        checks = keys.texts("output_validator_args")
        case = replace(
            case,
            args=case.args if args is None else args,
            input_validator_args=_input_args(keys, case.input_validator_args),
            output_validator_args=case.output_validator_args if checks is None else checks,
            full_feedback=keys.flag("full_feedback", case.full_feedback),
            hint=keys.text("hint"),
            description=keys.text("description"),
        )
        keys.ignore("input_visualizer_args", "output_visualizer_args")
        keys.leave_no_rest()
        return case

    def _below(self, where: str, above: _Inherited, folder: Path) -> _Inherited:
        file = self._settings(folder)
        data: dict[str, Any] = {}
        if file is not None:
            where = f"{where}/{file.name}"
            data = read_yaml(file, where, self._notes)
        keys = Keys(data, where, self._notes)
        return self._legacy_settings(keys, above) if self._legacy else self._current_settings(keys, above, folder)

    def _current_settings(self, keys: Keys, above: _Inherited, folder: Path) -> _Inherited:
        secret, sample = folder == self._data / "secret", folder == self._data / "sample"
        if keys.has("static_validation_score") or keys.has("static_validator_args"):
            self._notes.error(keys.file, "static", "Static validators are not run here, so this cannot be judged.")
        if self._meta.version is Version.DRAFT:
            for old in ("scoring", "grading", "grader_flags", "on_reject", "accept_score", "range"):
                if keys.has(old):
                    self._notes.error(
                        keys.file,
                        "draft",
                        f"`{old}`: the draft of 2023 meant several things by it; write the group for 2025-09.",
                    )
        words = ("max_score", "score_aggregation", "require_pass")
        if (sample or not self._scoring) and any(keys.has(word) for word in words):
            self._notes.error(
                keys.file,
                "value",
                "Scores and `require_pass` belong to secret groups of scoring problems; remove them.",
            )
        aggregation = keys.one_of("score_aggregation", ("pass-fail", "sum", "min"), "sum" if secret else "pass-fail")
        if not self._scoring:
            aggregation = "pass-fail"
        most: Decimal | None = Decimal(100) if secret and self._scoring else None
        if keys.raw("max_score") == "unbounded":
            most = None
        elif keys.has("max_score"):
            most = Decimal(keys.whole("max_score", 0, low=0, high=10**9) or 0)
        rules = Rules(cast(Aggregation, aggregation), most, keys.texts("require_pass") or ())
        args, checks = keys.texts("args"), self._old_flags(keys, "output_validator")
        here = _Inherited(
            above.args if args is None else args,
            _input_args(keys, above.input_validator_args),
            above.output_validator_args if checks is None else checks,
            keys.flag("full_feedback", above.full_feedback),
            rules,
        )
        keys.ignore("input_visualizer_args", "output_visualizer_args", "input_validator_flags")
        keys.leave_no_rest()
        return here

    def _old_flags(self, keys: Keys, what: str) -> tuple[str, ...] | None:
        """`…_args`, or in the draft the older `…_flags`, one text."""
        if self._meta.version is Version.DRAFT and keys.has(f"{what}_flags"):
            return tuple(shlex.split(keys.text(f"{what}_flags")))
        return keys.texts(f"{what}_args")

    def _legacy_settings(self, keys: Keys, above: _Inherited) -> _Inherited:
        if keys.one_of("grading", ("default", "custom"), "default") == "custom":
            self._notes.error(keys.file, "grader", "Graders of one's own are not run here; use the default grader.")
        rules = above.rules
        if keys.has("grader_flags"):
            rules = self._grader(keys, rules)
        on_reject = keys.one_of("on_reject", ("break", "continue"), "break" if rules.stops else "continue")
        rules = replace(
            rules,
            stops=on_reject == "break",
            accept=_number(keys, "accept_score", rules.accept),
            reject=_number(keys, "reject_score", rules.reject),
        )
        if keys.has("range"):
            rules = self._range(keys, rules)
        if not self._scoring and any(keys.has(key) for key in ("accept_score", "reject_score", "range")):
            self._notes.error(keys.file, "value", "Scores belong to problems of `type: scoring`; remove them.")
        checks = keys.text("output_validator_flags") if keys.has("output_validator_flags") else None
        entering = keys.text("input_validator_flags") if keys.has("input_validator_flags") else None
        here = replace(
            above,
            output_validator_args=above.output_validator_args if checks is None else tuple(shlex.split(checks)),
            input_validator_args=above.input_validator_args if entering is None else tuple(shlex.split(entering)),
            rules=rules,
        )
        keys.leave_no_rest()
        return here

    def _grader(self, keys: Keys, rules: Rules) -> Rules:
        words = keys.text("grader_flags").split()
        unknown = set(words) - _FLAGS - set(_SCORE_MODES)
        if unknown:
            keys.wrong("grader_flags", "words of the default grader")
        modes = [word for word in words if word in _SCORE_MODES]
        aggregation = modes[-1] if modes and self._scoring else rules.aggregation
        return replace(
            rules,
            aggregation=cast(Aggregation, aggregation),
            always_accept="always_accept" in words,
            any_accepted="accept_if_any_accepted" in words,
            first_error="first_error" in words,
            ignore_sample="ignore_sample" in words,
        )

    def _range(self, keys: Keys, rules: Rules) -> Rules:
        bounds = keys.text("range").split()
        try:
            low, high = (None if "inf" in word.lower() else Decimal(word) for word in bounds)
        except (ArithmeticError, ValueError):
            keys.wrong("range", "two numbers such as `0 100`")
            return rules
        return replace(rules, low=low, high=high)

    def _check_bounds(self, secret: Group) -> None:
        for group in secret.groups:
            if group.rules.most is None and (secret.rules.most is not None or group.rules.aggregation == "pass-fail"):
                self._notes.error(
                    f"data/{group.name}/test_group.yaml",
                    "missing",
                    "`max_score` is missing: a group that passes or fails, or is part of a highest score, needs one.",
                )
            for other in group.rules.require_pass:
                names = {"sample"} | {earlier.name for earlier in secret.groups if earlier.name < group.name}
                if other not in names:
                    self._notes.error(
                        f"data/{group.name}/test_group.yaml", "value", f"`require_pass`: {other!r} is no earlier group."
                    )


def _number(keys: Keys, key: str, default: Decimal) -> Decimal:
    value = keys.number(key, default, low=Decimal(-(10**12)))
    return default if value is None else value


def _input_args(
    keys: Keys, above: tuple[str, ...] | Mapping[str, tuple[str, ...]]
) -> tuple[str, ...] | Mapping[str, tuple[str, ...]]:
    value = keys.raw("input_validator_args")
    if isinstance(value, dict):
        return {
            str(name): tuple(str(word) for word in (words if isinstance(words, list) else [words]))
            for name, words in value.items()
        }
    found = keys.texts("input_validator_args")
    return above if found is None else found
