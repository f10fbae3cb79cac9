"""A problem package as it was read: frozen, complete, and of one shape for all versions of the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Literal

Aggregation = Literal["pass-fail", "sum", "min", "max", "avg"]


class Version(StrEnum):
    """Versions of the format. The draft of 2023 became 2025-09 and is read by its rules."""

    LEGACY = "legacy"
    DRAFT = "2023-07-draft"
    CURRENT = "2025-09"


class Verdict(StrEnum):
    """What a test case, and a submission, comes to. JE: the package's own programs failed; it is nobody's verdict."""

    AC = "AC"
    WA = "WA"
    TLE = "TLE"
    RTE = "RTE"
    MLE = "MLE"
    OLE = "OLE"
    CE = "CE"
    JE = "JE"


@dataclass(frozen=True)
class Limits:
    """cpu times in seconds, memory and output in MiB, code in KiB. time_limit None: inferred from the submissions.

    ac_to_limit, limit_to_tle: how far the limit must lie above the slowest submission that must be in time, and below
    the fastest that must not.
    """

    time_limit: Decimal | None = None
    time_resolution: Decimal = Decimal(1)
    ac_to_limit: Decimal = Decimal(2)
    limit_to_tle: Decimal = Decimal("1.5")
    memory: int = 2048
    output: int = 8
    code: int = 128
    compilation_time: int = 60
    compilation_memory: int = 2048
    validation_time: int = 60
    validation_memory: int = 2048
    validation_output: int = 8
    passes: int = 1


@dataclass(frozen=True)
class Program:
    """A program of the package: its name there, and its files by relative name. script: it has `build` or `run`."""

    name: str
    files: Mapping[str, Path]
    language: str | None = None
    entry: str | None = None
    script: bool = False


@dataclass(frozen=True)
class Case:
    """One test case. name: its path below data/ without `.in`. files: what is laid into the working folder."""

    name: str
    input: Path
    answer: Path | None = None
    output: Path | None = None
    args: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    input_validator_args: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    output_validator_args: tuple[str, ...] = ()
    full_feedback: bool = False
    hint: str = ""
    description: str = ""


@dataclass(frozen=True)
class Rules:
    """How a group comes to its verdict and its score.

    most: the highest possible score, None for no bound. accept, reject: what a case is worth without a score of its own
    (legacy). low, high: the range a score must lie in (legacy). stops: whether judging the group ends at the first
    case that is not accepted. always_accept, any_accepted, first_error, ignore_sample: the legacy grader's words.
    """

    aggregation: Aggregation = "pass-fail"
    most: Decimal | None = None
    require_pass: tuple[str, ...] = ()
    stops: bool = True
    accept: Decimal = Decimal(1)
    reject: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    always_accept: bool = False
    any_accepted: bool = False
    first_error: bool = False
    ignore_sample: bool = False


@dataclass(frozen=True)
class Group:
    """Test cases and groups, judged in the order of their names."""

    name: str
    rules: Rules
    cases: tuple[Case, ...] = ()
    groups: tuple[Group, ...] = ()

    def all_cases(self) -> tuple[Case, ...]:
        """The cases of this group and of all below it, in the order in which they are judged."""
        parts: list[tuple[str, tuple[Case, ...]]] = [(case.name, (case,)) for case in self.cases]
        parts += [(group.name, group.all_cases()) for group in self.groups]
        return tuple(case for _, cases in sorted(parts, key=lambda part: part[0]) for case in cases)


@dataclass(frozen=True)
class Expectation:
    """What must hold for a submission on the cases that `cases` (a pattern; empty: all) matches.

    permitted, required: verdicts of single cases. score: the lowest and the highest score of the group or submission.
    bound: "lower" or "upper" when it bounds the time limit from there.
    """

    cases: str = ""
    permitted: frozenset[Verdict] | None = None
    required: frozenset[Verdict] | None = None
    score: tuple[Decimal, Decimal] | None = None
    message: str = ""
    bound: Literal["lower", "upper", ""] = ""


@dataclass(frozen=True)
class Submission:
    """An example submission. partial: it is accepted, but not with the highest score (legacy)."""

    program: Program
    folder: str
    expectations: tuple[Expectation, ...]
    partial: bool = False

    @property
    def name(self) -> str:
        return f"{self.folder}/{self.program.name}"


@dataclass(frozen=True)
class Package:
    """A whole problem package. statements: language -> file. A validator of None is the default one."""

    name: str
    version: Version
    names: Mapping[str, str]
    statements: Mapping[str, Path]
    limits: Limits
    scoring: bool
    interactive: bool
    multi_pass: bool
    submit_answer: bool
    minimize: bool
    languages: tuple[str, ...] | None
    allow_file_writing: bool
    constants: Mapping[str, str]
    sample: Group
    secret: Group
    root_rules: Rules
    invalid_input: tuple[Case, ...]
    invalid_output: tuple[Case, ...]
    valid_output: tuple[Case, ...]
    output_validator: Program | None
    input_validators: tuple[Program, ...]
    includes: Mapping[str, Mapping[str, Path]]
    submissions: tuple[Submission, ...]

    def all_cases(self) -> tuple[Case, ...]:
        """Sample and secret cases, in the order in which they are judged."""
        return self.sample.all_cases() + self.secret.all_cases()

    def all_groups(self) -> dict[str, Group]:
        """Every group by its name below data/."""
        found: dict[str, Group] = {}
        waiting = [self.sample, self.secret]
        while waiting:
            group = waiting.pop(0)
            found[group.name] = group
            waiting += group.groups
        return found
