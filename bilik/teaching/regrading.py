"""What today's checker says of an old answer: which task version it is held against, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bilik.catalog.queries import variant
from bilik.grading.answers import InvalidAnswer
from bilik.grading.check import check, needs_sandbox, parse_answer
from bilik.grading.kinds import KINDS
from bilik.grading.verdict import PlatformFault, Verdict
from bilik.submissions import runners
from bilik.teaching.states import Change
from runner.faults import Busy

if TYPE_CHECKING:
    from bilik.catalog.queries import TaskFacts
    from bilik.submissions.models import Submission

WAIT_SECONDS = 60.0
# A task version, its spec, an answer.
Job = tuple[int, Mapping[str, Any], Any]


@dataclass(frozen=True)
class Regraded:
    """A verdict, or why the platform could give none; `version_id` is what the answer was held against."""

    version_id: int
    verdict: Verdict | None
    fault: str = ""


def version_for(submission: Submission, newest: TaskFacts | None) -> int:
    """The newest version, if it asks this person what they were asked; otherwise the version they answered."""
    own = submission.task_version_id
    if newest is None or newest.version_id == own or submission.seed >= newest.variants:
        return own
    before, after = variant(own, submission.seed), variant(newest.version_id, submission.seed)
    drawn = newest.variants > 1 or submission.task_version.variants > 1
    return newest.version_id if accepts(before, after, submission.answer, drawn=drawn) else own


def accepts(before: Any, after: Any, answer: Any, *, drawn: bool) -> bool:
    """Whether an answer to one variant is an answer to another: the same kind reads it back as it is, and the same
    program is shown. Where values are `drawn` by a seed the same values must stand in the words, which a language shows
    in which nothing was changed.
    """
    if before.spec["kind"] != after.spec["kind"]:
        return False
    try:
        again = parse_answer(after.spec, KINDS[after.spec["kind"]].fields(before.spec, answer))
    except (InvalidAnswer, KeyError, TypeError, ValueError):
        return False
    same_programs = _programs(before.page) == _programs(after.page)
    return bool(again == answer) and same_programs and (not drawn or _same_words(before.page, after.page))


def _programs(page: Mapping[str, Any]) -> list[str]:
    return [control["code"] for control in page["controls"] if control["control"] == "program"]


def _same_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    shared = before["texts"].keys() & after["texts"].keys()
    return any(before["texts"][language]["task"] == after["texts"][language]["task"] for language in shared)


def regrade_answers(submissions: Sequence[Submission], newest: Mapping[int, TaskFacts]) -> list[Regraded]:
    """New verdicts on answers, in their order. Programs run as many at a time as the sandbox has places.

    Never raises for anything in an answer; a failure of the platform is a row with a fault.
    """
    jobs: list[Job] = []
    for one in submissions:
        version_id = version_for(one, newest.get(one.task_version.task_id))
        # Read here, so that no thread needs the database.
        jobs.append((version_id, variant(version_id, one.seed).spec, one.answer))
    if not any(needs_sandbox(spec) for _, spec, _ in jobs):
        return [_one(job, runners.no_runner) for job in jobs]
    try:
        size = runners.pool().size
    except PlatformFault as fault:
        return [_without_sandbox(job, str(fault)) for job in jobs]
    run = runners.runner(WAIT_SECONDS)
    with ThreadPoolExecutor(size) as threads:
        return list(threads.map(lambda job: _one(job, run), jobs))


def _without_sandbox(job: Job, fault: str) -> Regraded:
    if needs_sandbox(job[1]):
        return Regraded(job[0], None, fault[:300])
    return _one(job, runners.no_runner)


def _one(job: Job, run: Callable[..., Any]) -> Regraded:
    version_id, spec, answer = job
    try:
        return Regraded(version_id, check(spec, answer, run=run))
    except (PlatformFault, Busy) as fault:
        return Regraded(version_id, None, str(fault)[:300] or type(fault).__name__)
    except Exception as error:  # A checker that stumbles over one old answer is no reason to lose the others.
        return Regraded(version_id, None, f"{type(error).__name__}: {error}"[:300].replace("\x00", "\ufffd"))


def change_of(before: tuple[str, Decimal, int], after: tuple[str, Decimal, int]) -> Change:
    """What becomes of a verdict: of outcome, score and points before, and the same after. Shares of the points count,
    because a new version may give other points for the same.
    """
    left, right = before[1] * max(after[2], 1), after[1] * max(before[2], 1)
    if right != left:
        return Change.BETTER if right > left else Change.WORSE
    same = before[0] == after[0] and before[2] == after[2]
    return Change.SAME if same else Change.OTHER
