"""Everything in a package is run: validators on right and wrong data, submissions against what they promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from bilik.judging.bench import Bench, Built, NotBuilt
from bilik.judging.examples import matches_case
from bilik.judging.files import opened
from bilik.judging.judging import CaseResult, Result, check, concluded, judge, judge_answers
from bilik.judging.metadata import MOST_SECONDS
from bilik.judging.model import Expectation, Package, Program, Submission, Verdict
from bilik.judging.package import read_package
from bilik.judging.problems import Notes
from bilik.judging.scoring import highest
from bilik.judging.timing import TimeLimit, time_limit
from bilik.judging.validating import input_is_valid

# The format knows four verdicts of a case; these are told more closely here.
_AS = {Verdict.MLE: Verdict.RTE, Verdict.OLE: Verdict.RTE}
_FIRST_SECONDS = Decimal(20)  # what a submission gets while the time limit is still to be found


@dataclass(frozen=True)
class Given:
    """One submission and what came of it. judged: false when a tool is missing; then `wrong` is empty."""

    name: str
    language: str
    expected: str
    verdict: str
    score: str | None
    slowest_ms: float
    memory_kb: int
    cases: tuple[CaseResult, ...]
    wrong: tuple[str, ...]
    judged: bool = True
    message: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "language": self.language,
            "expected": self.expected,
            "given": self.verdict,
            "score": self.score,
            "slowest_ms": self.slowest_ms,
            "memory_kb": self.memory_kb,
            "judged": self.judged,
            "holds": self.judged and not self.wrong,
            "wrong": list(self.wrong),
            "message": self.message,
            "cases": [
                {"case": case.case, "verdict": str(case.verdict), "cpu_ms": case.cpu_ms, "wall_ms": case.wall_ms}
                for case in self.cases
            ],
        }


@dataclass
class Report:
    """What came of verifying. Exactly when `holds`, everything in the package was run and kept its promise."""

    package: str
    version: str = ""
    notes: Notes = field(default_factory=Notes)
    limit: Decimal | None = None
    inputs_checked: int = 0
    outputs_checked: int = 0
    submissions: list[Given] = field(default_factory=list)

    @property
    def not_judged(self) -> list[str]:
        return [given.name for given in self.submissions if not given.judged]

    @property
    def holds(self) -> bool:
        return not self.notes.failed and not any(given.wrong for given in self.submissions)

    def to_json(self) -> dict[str, Any]:
        return {
            "package": self.package,
            "version": self.version,
            "holds": self.holds,
            "time_limit": None if self.limit is None else str(self.limit),
            "problems": [problem.to_json() for problem in sorted(self.notes.problems)],
            "inputs_checked": self.inputs_checked,
            "outputs_checked": self.outputs_checked,
            "submissions": [given.to_json() for given in self.submissions],
            "not_judged": self.not_judged,
        }


def verify_package(path: Path, told: Callable[[str], None] = lambda word: None) -> Report:
    """Read and run everything in a folder or zip. Raises PlatformFault when this machine cannot run programs."""
    report = Report(path.name)
    with opened(path, report.notes) as root:
        package = read_package(root, report.notes, path.stem if path.is_file() else path.name) if root else None
        if package is None:
            return report
        report.version = str(package.version)
        with Bench() as bench:
            _Verifier(bench, package, report, told).verify()
    return report


class _Verifier:
    """One verification; fills the report."""

    def __init__(self, bench: Bench, package: Package, report: Report, told: Callable[[str], None]) -> None:
        self._bench, self._package, self._report, self._told = bench, package, report, told
        self._validator: Built | None = None

    def verify(self) -> None:
        if not self._check_inputs():
            return
        if self._package.output_validator is not None:
            self._validator = self._built(self._package.output_validator, "output_validator")
            if self._validator is None:
                return
        self._check_outputs()
        if self._package.submit_answer:
            self._check_answers()
        else:
            self._check_submissions()

    def _built(self, program: Program, where: str) -> Built | None:
        self._told(f"{where}/{program.name}")
        built = self._bench.build(program, self._package.limits, constants=self._package.constants)
        if isinstance(built, NotBuilt):
            code = "tool-missing" if built.missing else "compile"
            self._report.notes.error(f"{where}/{program.name}", code, f"It cannot be run: {built.message[:500]}")
            return None
        return built

    def _check_inputs(self) -> bool:
        package, notes = self._package, self._report.notes
        validators = [self._built(program, "input_validators") for program in package.input_validators]
        working = [validator for validator in validators if validator is not None]
        if len(working) < len(validators):
            return False
        outputs = package.invalid_output + package.valid_output
        for case in package.all_cases() + outputs:
            self._told(case.name)
            for validator in working:
                valid, said = input_is_valid(self._bench, validator, case, package.limits)
                self._report.inputs_checked += 1
                if not valid:
                    notes.error(f"data/{case.name}.in", "invalid-input", f"{validator.name} does not accept it: {said}")
        for case in package.invalid_input:
            self._report.inputs_checked += 1
            if all(input_is_valid(self._bench, validator, case, package.limits)[0] for validator in working):
                notes.error(
                    f"data/{case.name}.in",
                    "accepted-input",
                    "Every input validator accepts it, and it must be refused.",
                )
        return True

    def _check_outputs(self) -> None:
        """Invalid outputs are refused, valid ones accepted; so are the answers of the samples, as they are shown."""
        package = self._package
        if package.interactive:
            return
        for cases, right in ((package.invalid_output, False), (package.valid_output, True)):
            for case in cases:
                output = case.output.read_bytes() if case.output else b""
                self._judge_output(case.name, output, case, right)
        if package.multi_pass:
            return
        for case in package.sample.all_cases():
            file = case.output or case.answer
            if file is not None:
                self._judge_output(case.name, file.read_bytes(), case, True)

    def _judge_output(self, name: str, output: bytes, case: Any, right: bool) -> None:
        self._report.outputs_checked += 1
        said = check(self._bench, self._package, self._validator, case, output)
        if said.verdict is Verdict.JE:
            self._report.notes.error(f"data/{name}", "judge-error", said.message)
        elif (said.verdict is Verdict.AC) != right:
            wanted = "accept" if right else "refuse"
            self._report.notes.error(
                f"data/{name}", "output", f"The output validator must {wanted} this output. {said.message}".strip()
            )

    def _check_answers(self) -> None:
        for submission in self._package.submissions:
            self._told(submission.name)
            result = judge_answers(self._bench, self._package, submission.program, self._validator)
            self._report.submissions.append(_given(self._package, submission, "answers", result))

    def _check_submissions(self) -> None:
        """First those that the time limit must leave in time, then, with the limit known, all others."""
        package = self._package
        built = {submission.name: self._build(submission) for submission in package.submissions}
        runnable = [s for s in package.submissions if isinstance(built[s.name], Built)]
        first = [s for s in runnable if _bounds(s, "lower")]
        cap = package.limits.time_limit or _FIRST_SECONDS
        results: dict[str, Result] = {}
        for submission in first:
            results[submission.name] = self._run(submission, built[submission.name], cap * package.limits.limit_to_tle)
        lower = [_slowest(s, results[s.name], "lower") for s in first]
        limit = time_limit(package.version, package.limits, lower)
        longest = min(limit.seconds * package.limits.limit_to_tle + Decimal("0.1"), MOST_SECONDS * 2)
        for submission in runnable:
            if submission.name not in results:
                results[submission.name] = self._run(submission, built[submission.name], longest)
        self._judge_limit(limit, lower, [s for s in runnable if _bounds(s, "upper")], results)
        for submission in package.submissions:
            self._report.submissions.append(self._verdict(submission, built[submission.name], results, limit))

    def _build(self, submission: Submission) -> Built | NotBuilt:
        self._told(submission.name)
        package = self._package
        size = sum(path.stat().st_size for path in submission.program.files.values())
        if size > package.limits.code * 1024:
            return NotBuilt(f"The source has more than {package.limits.code} KiB.")
        return self._bench.build(
            submission.program, package.limits, includes=package.includes, constants=package.constants
        )

    def _run(self, submission: Submission, built: Built | NotBuilt, seconds: Decimal) -> Result:
        if not isinstance(built, Built):
            raise TypeError("only what was built can be run")
        return judge(
            self._bench,
            self._package,
            built,
            self._validator,
            time_limit=seconds,
            policy="every",
            told=lambda case: self._told(f"{submission.name} {case.case}"),
        )

    def _judge_limit(
        self, limit: TimeLimit, lower: list[float], slow: list[Submission], results: Mapping[str, Result]
    ) -> None:
        self._report.limit = limit.seconds
        if not lower:
            self._report.notes.error(
                "submissions/accepted",
                "time-limit",
                "No submission could be run that the time limit could be found by.",
            )
            return
        upper = [_slowest(s, results[s.name], "upper") for s in slow]
        wrong = time_limit(self._package.version, self._package.limits, lower, upper).wrong
        if wrong and self._package.version == "legacy":
            self._report.notes.warning("problem.yaml", "time-limit", f"Time limit: {wrong}.")
        elif wrong:
            self._report.notes.error("problem.yaml", "time-limit", f"Time limit: {wrong}.")

    def _verdict(
        self, submission: Submission, built: Built | NotBuilt, results: Mapping[str, Result], limit: TimeLimit
    ) -> Given:
        if isinstance(built, NotBuilt):
            return _unbuilt(submission, built)
        result = results[submission.name]
        cases = {case.case: case.at(limit.seconds) for case in result.cases}
        return _given(self._package, submission, built.language, concluded(self._package, cases))


def _bounds(submission: Submission, which: str) -> bool:
    return any(expectation.bound == which for expectation in submission.expectations)


def _slowest(submission: Submission, result: Result, which: str) -> float:
    patterns = [expectation.cases for expectation in submission.expectations if expectation.bound == which]
    times = [case.cpu_ms for case in result.cases if any(matches_case(pattern, case.case) for pattern in patterns)]
    # What was ended by the clock on the wall used the time all the same.
    walls = [
        case.wall_ms
        for case in result.cases
        if case.verdict is Verdict.TLE and any(matches_case(pattern, case.case) for pattern in patterns)
    ]
    return max([*times, *walls] if which == "upper" else times, default=0.0)


def _unbuilt(submission: Submission, built: NotBuilt) -> Given:
    wrong = () if built.missing else ("it does not compile",)
    verdict = "not judged" if built.missing else str(Verdict.CE)
    return Given(
        submission.name,
        submission.program.language or "",
        submission.folder,
        verdict,
        None,
        0.0,
        0,
        (),
        wrong,
        judged=not built.missing,
        message=built.message,
    )


def _given(package: Package, submission: Submission, language: str, result: Result) -> Given:
    score = None if result.score is None else _plain(result.score)
    return Given(
        submission.name,
        language,
        submission.folder,
        str(result.verdict),
        score,
        result.slowest_ms,
        max((case.memory_kb for case in result.cases), default=0),
        result.cases,
        _broken_promises(package, submission, result),
        message=result.message,
    )


def _plain(score: Any) -> str:
    return str(score.numerator) if score.denominator == 1 else f"{score.numerator}/{score.denominator}"


def _broken_promises(package: Package, submission: Submission, result: Result) -> tuple[str, ...]:
    if result.verdict is Verdict.JE:
        return (f"judge error: {result.message}",)
    wrong: list[str] = []
    for expectation in submission.expectations:
        wrong += _one(package, expectation, result)
    if submission.partial:
        most = highest(package)
        if result.verdict is not Verdict.AC:
            wrong.append("it must be accepted in part, and is not accepted")
        elif most is not None and result.score == most:
            wrong.append("it must be accepted in part, and has the highest score")
    return tuple(wrong)


def _one(package: Package, expectation: Expectation, result: Result) -> list[str]:
    cases = [case for case in result.cases if matches_case(expectation.cases, case.case)]
    where = f" ({expectation.cases})" if expectation.cases else ""
    found = []
    for case in cases:
        verdict = _AS.get(case.verdict, case.verdict)
        if expectation.permitted is not None and verdict not in expectation.permitted:
            found.append(f"{case.case} is {case.verdict}, which is not permitted{where}: {case.message[:200]}")
    verdicts = {_AS.get(case.verdict, case.verdict) for case in cases}
    if expectation.required is not None and not verdicts & expectation.required:
        found.append(f"no case is {' or '.join(sorted(expectation.required))}{where}")
    if expectation.message and not any(expectation.message in case.message for case in cases):
        found.append(f"no message of the validator holds {expectation.message!r}{where}")
    if expectation.score is not None:
        group = result.groups.get(expectation.cases)
        score = result.score if not expectation.cases else (None if group is None else group.score)
        low, high = expectation.score
        if score is None or not low <= score <= high:
            found.append(f"the score{where} is {score}, and should be from {low} to {high}")
    return found[:5]
