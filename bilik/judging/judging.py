"""One submission on the test cases: passes, conversations, verdicts; and what it all comes to."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from bilik.judging.bench import Bench, Built, run_limits
from bilik.judging.model import Case, Group, Package, Program, Verdict
from bilik.judging.scoring import Score, score_of
from bilik.judging.validating import Judgement, answered, by_default, question
from runner.programs.task import Ended, How, Purpose, Task

Policy = Literal["lazy", "every"]
_PATIENCE = 1.0  # seconds that a submission gets to end after the interactor has ended
_LAW: Mapping[How, Verdict] = {
    How.CPU_LIMIT: Verdict.TLE,
    How.WALL_LIMIT: Verdict.TLE,
    How.MEMORY_LIMIT: Verdict.MLE,
    How.OUTPUT_LIMIT: Verdict.OLE,
    How.SIGNALLED: Verdict.RTE,
    How.NOT_STARTED: Verdict.RTE,
    How.STOPPED: Verdict.TLE,
}


@dataclass(frozen=True)
class CaseResult:
    """What one case came to. Times in milliseconds, of the slowest pass; memory of the largest. message: for judges."""

    case: str
    verdict: Verdict
    cpu_ms: float = 0.0
    wall_ms: float = 0.0
    memory_kb: int = 0
    passes: int = 1
    message: str = ""
    team_message: str = ""
    score: Decimal | None = None
    multiplier: Decimal | None = None

    def at(self, limit: Decimal) -> CaseResult:
        """The result as it is under a time limit (seconds): the case was run with more time than that."""
        slow = self.cpu_ms > limit * 1000
        return replace(self, verdict=Verdict.TLE) if slow and self.verdict is not Verdict.JE else self


@dataclass(frozen=True)
class Result:
    """What a submission came to. score: None for problems without scores, or when the package's programs failed."""

    verdict: Verdict
    cases: tuple[CaseResult, ...]
    score: Fraction | None = None
    groups: Mapping[str, Score] = field(default_factory=dict)
    message: str = ""

    @property
    def slowest_ms(self) -> float:
        return max((case.cpu_ms for case in self.cases), default=0.0)


def judge(
    bench: Bench,
    package: Package,
    submission: Built,
    validator: Built | None,
    *,
    time_limit: Decimal,
    policy: Policy = "lazy",
    told: Callable[[CaseResult], None] = lambda result: None,
) -> Result:
    """Judge a built submission. lazy: in the format's order, and only what can still change the result.

    validator: the package's own output validator, built; None for the default one. Raises PlatformFault.
    """
    results: dict[str, CaseResult] = {}

    def run(case: Case) -> CaseResult:
        result = run_case(bench, package, submission, validator, case, time_limit)
        results[case.name] = result
        told(result)
        return result

    for group in (package.sample, package.secret):
        stopped = _walk(package, group, run, results, policy)
        if stopped and policy == "lazy" and not package.scoring:
            break
    return concluded(package, results)


def concluded(package: Package, results: Mapping[str, CaseResult]) -> Result:
    """Verdict and score from the cases that were run."""
    cases = tuple(results[case.name] for case in package.all_cases() if case.name in results)
    broken = next((case for case in cases if case.verdict is Verdict.JE), None)
    if broken is not None:
        return Result(Verdict.JE, cases, message=f"{broken.case}: {broken.message}")
    if not package.scoring:
        bad = next((case for case in cases if case.verdict is not Verdict.AC), None)
        return Result(bad.verdict if bad else Verdict.AC, cases, message=bad.message if bad else "")
    scored = score_of(package, {case.case: _outcome(case) for case in cases})
    if scored.broken:
        return Result(Verdict.JE, cases, message=scored.broken)
    return Result(scored.total.verdict, cases, scored.total.score, scored.groups)


def _outcome(case: CaseResult) -> tuple[Verdict, Decimal | None, Decimal | None]:
    return case.verdict, case.score, case.multiplier


def _walk(
    package: Package,
    group: Group,
    run: Callable[[Case], CaseResult],
    results: Mapping[str, CaseResult],
    policy: Policy,
) -> bool:
    """Run what a group needs; whether something in it was not accepted."""
    if policy == "lazy" and _shut(package, group, results):
        return True
    failed = False
    parts: list[tuple[str, Case | Group]] = [(case.name, case) for case in group.cases]
    parts += [(inner.name, inner) for inner in group.groups]
    for _, part in sorted(parts, key=lambda pair: pair[0]):
        if isinstance(part, Case):
            bad = run(part).verdict is not Verdict.AC
        else:
            bad = _walk(package, part, run, results, policy)
        failed = failed or bad
        if bad and policy == "lazy" and (_ends_at_failure(package, group)):
            break
    return failed


def _ends_at_failure(package: Package, group: Group) -> bool:
    """Whether nothing more can come of a group once one part of it has failed."""
    if not package.scoring:
        return True
    if package.version == "legacy":
        return group.rules.stops
    return bool(group.cases) and group.rules.aggregation in ("pass-fail", "min")


def _shut(package: Package, group: Group, results: Mapping[str, CaseResult]) -> bool:
    groups = package.all_groups()
    for name in group.rules.require_pass:
        for case in groups[name].all_cases() if name in groups else ():
            if case.name not in results or results[case.name].verdict is not Verdict.AC:
                return True
    return False


def run_case(
    bench: Bench, package: Package, submission: Built, validator: Built | None, case: Case, time_limit: Decimal
) -> CaseResult:
    """Run one case, all its passes. time_limit: cpu seconds for each pass. Raises PlatformFault."""
    kept: Path | None = None
    input_ = case.input
    best = CaseResult(case.name, Verdict.AC)
    for number in range(1, package.limits.passes + 1):
        if package.interactive and validator is not None:
            ended, judgement = _conversation(bench, package, submission, validator, case, time_limit, input_, kept)
        else:
            ended, judgement = _batch(bench, package, submission, validator, case, time_limit, input_, kept)
        best = _joined(best, ended, judgement, number)
        if judgement.next_pass is None or judgement.verdict is not Verdict.AC:
            return best
        kept = bench.folder()
        for name, content in judgement.files.items():
            target = kept / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if name != "nextpass.in":
                target.write_bytes(content)
        input_ = bench.folder() / "nextpass.in"
        input_.write_bytes(judgement.next_pass)
        input_.chmod(0o644)
    return replace(
        best, verdict=Verdict.JE, message=f"the output validator wanted more than {package.limits.passes} passes"
    )


def _joined(before: CaseResult, ended: Ended, judgement: Judgement, number: int) -> CaseResult:
    return replace(
        before,
        verdict=judgement.verdict,
        cpu_ms=max(before.cpu_ms, ended.cpu_ms),
        wall_ms=max(before.wall_ms, ended.wall_ms),
        memory_kb=max(before.memory_kb, ended.memory_kb),
        passes=number,
        message=judgement.message,
        team_message=judgement.team_message,
        score=judgement.score,
        multiplier=judgement.multiplier,
    )


def _task(bench: Bench, package: Package, submission: Built, case: Case, time_limit: Decimal) -> Task:
    writes = package.allow_file_writing
    return Task(
        (*submission.command, *case.args),
        run_limits(submission, package.limits, time_limit, writes=writes),
        Purpose.PROGRAM,
        folder=str(bench.laid_out(submission, case.files)),
        copies=writes,
        shown=submission.shown,
        environment=submission.environment,
    )


def _batch(
    bench: Bench,
    package: Package,
    submission: Built,
    validator: Built | None,
    case: Case,
    time_limit: Decimal,
    input_: Path,
    kept: Path | None,
) -> tuple[Ended, Judgement]:
    source = os.open(input_, os.O_RDONLY | os.O_CLOEXEC)
    try:
        ended = bench.programs.run(_task(bench, package, submission, case, time_limit), source)
    finally:
        os.close(source)
    own = _own_fault(ended)
    if own is not None:
        return ended, Judgement(own, _words(ended))
    return ended, check(bench, package, validator, case, ended.output, input_, kept)


def check(
    bench: Bench,
    package: Package,
    validator: Built | None,
    case: Case,
    output: bytes,
    input_: Path | None = None,
    kept: Path | None = None,
) -> Judgement:
    """Ask the output validator about an output. The submission's process is dead by now."""
    if validator is None:
        return by_default(output, case)
    return answered(
        bench.programs.run(question(validator, case, package.limits, input=input_, kept=kept), output), package
    )


def _conversation(
    bench: Bench,
    package: Package,
    submission: Built,
    validator: Built,
    case: Case,
    time_limit: Decimal,
    input_: Path,
    kept: Path | None,
) -> tuple[Ended, Judgement]:
    """Both at once, over pipes. Who ended first decides whose fault a broken pipe is."""
    asked = question(validator, case, package.limits, input=input_, kept=kept)
    # The interactor waits for the submission: its wall clock must end after the other's.
    wall = run_limits(submission, package.limits, time_limit, writes=False).wall_seconds
    asked = replace(asked, limits=replace(asked.limits, wall_seconds=asked.limits.wall_seconds + wall))
    ended, other = bench.programs.talk(_task(bench, package, submission, case, time_limit), asked, _PATIENCE)
    judgement = answered(other, package)
    own = _own_fault(ended)
    if judgement.verdict is Verdict.JE and own is Verdict.TLE:
        return ended, Judgement(own, _words(ended))
    if own is None or judgement.verdict is Verdict.JE:
        return ended, judgement
    interactor_first = other.ended_at <= ended.ended_at
    if judgement.verdict is Verdict.WA and interactor_first:
        return ended, judgement
    if judgement.verdict is Verdict.AC and interactor_first and ended.signal == signal.SIGPIPE:
        return ended, judgement  # it said one word too many after all was over
    return ended, Judgement(own, _words(ended), judgement.team_message)


def _own_fault(ended: Ended) -> Verdict | None:
    """What the submission did wrong by itself; None when it ended as it should."""
    if ended.how is How.EXITED:
        return None if ended.exit_code == 0 else Verdict.RTE
    if ended.how is How.NOT_STARTED and os.strerror(errno.ENOMEM) in ended.why:
        return Verdict.MLE
    return _LAW[ended.how]


def _words(ended: Ended) -> str:
    how = str(ended.how).replace("_", " ")
    if ended.how is How.EXITED:
        how = f"exit code {ended.exit_code}"
    if ended.signal is not None:
        how = f"{how}: {signal.Signals(ended.signal).name}"
    errors = ended.errors[-500:].decode("utf-8", "replace").replace("\x00", "␀")
    return f"{how} {ended.why}{errors}".strip()


def judge_answers(bench: Bench, package: Package, submission: Program, validator: Built | None) -> Result:
    """Judge answers that were handed in (submit-answer): `<case>.out` or `.ans`, named as below data/ or data/secret/.

    A case without an answer is wrong. The only file of a package with one secret case may have any name.
    """
    results: dict[str, CaseResult] = {}
    for case in package.secret.all_cases():
        path = _answer_to(case, package, submission)
        if path is None:
            results[case.name] = CaseResult(case.name, Verdict.WA, message="no answer was handed in")
        elif path.stat().st_size > package.limits.output << 20:
            results[case.name] = CaseResult(case.name, Verdict.OLE, message="the answer is too large")
        else:
            said = check(bench, package, validator, case, path.read_bytes())
            results[case.name] = CaseResult(
                case.name,
                said.verdict,
                message=said.message,
                team_message=said.team_message,
                score=said.score,
                multiplier=said.multiplier,
            )
    return concluded(replace(package, sample=replace(package.sample, cases=(), groups=())), results)


def _answer_to(case: Case, package: Package, submission: Program) -> Path | None:
    short = case.name.removeprefix("secret/")
    for name in (f"{case.name}.out", f"{case.name}.ans", f"{short}.out", f"{short}.ans"):
        if name in submission.files:
            return submission.files[name]
    if len(submission.files) == 1 and len(package.secret.all_cases()) == 1:
        return next(iter(submission.files.values()))
    return None
