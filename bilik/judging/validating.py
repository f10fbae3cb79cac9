"""Asking the package's validators, and reading what they leave. They are strangers too, and run in the pen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from bilik.judging.bench import Bench, Built, validator_limits
from bilik.judging.comparing import compare, flags_of
from bilik.judging.model import Case, Limits, Package, Verdict
from runner.programs.task import BOX_FEEDBACK, Ended, How, Purpose, Task

RIGHT, WRONG = 42, 43
_FEEDBACK = "feedback"
_NUMBER = re.compile(r"\s*([0-9]*\.[0-9]+|[0-9]+\.?)(?:[eE][+-]?[0-9]{1,3})?\s*")
_MOST_SCORE = Decimal(10) ** 18
_MOST_MESSAGE = 8 * 1024


@dataclass(frozen=True)
class Judgement:
    """What a validator said. files: its feedback folder. next_pass: the input of the next pass, if there is one."""

    verdict: Verdict
    message: str = ""
    team_message: str = ""
    score: Decimal | None = None
    multiplier: Decimal | None = None
    next_pass: bytes | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def by_default(output: bytes, case: Case) -> Judgement:
    """The default validator's judgement. It runs here: it is ours, exact, and takes time in proportion to the text."""
    answer = case.answer.read_bytes() if case.answer else b""
    why = compare(output, answer, flags_of(case.output_validator_args))
    return Judgement(Verdict.WA if why else Verdict.AC, why)


def question(validator: Built, case: Case, limits: Limits, *, input: Path | None = None, kept: Path | None) -> Task:
    """The task of asking an output validator about a case. kept: the feedback folder of earlier passes."""
    placed = {}
    if kept is not None:
        placed = {f"{_FEEDBACK}/{path.relative_to(kept)}": str(path) for path in kept.rglob("*") if path.is_file()}
    base = case.name.rsplit("/", 1)[-1]
    given = {f"{base}.in": str(input or case.input), f"{base}.ans": str(case.answer or case.input)}
    return Task(
        (*validator.command, f"/given/{base}.in", f"/given/{base}.ans", BOX_FEEDBACK, *case.output_validator_args),
        validator_limits(validator, limits),
        Purpose.TOOL if validator.language == "script" else Purpose.PROGRAM,
        folder=str(validator.folder),
        given=given,
        placed=placed,
        shown=validator.shown,
        environment=validator.environment,
        made=(_FEEDBACK,),
        collect=(_FEEDBACK,),
    )


def answered(ended: Ended, package: Package) -> Judgement:
    """What the validator's exit code and files say. Anything but 42 and 43 is a judge error, and never a pass."""
    files = {name.removeprefix(f"{_FEEDBACK}/"): content for name, content in ended.files.items()}
    message = _text(files.get("judgemessage.txt"))
    team = _text(files.get("teammessage.txt"))
    if ended.how is not How.EXITED or ended.exit_code not in (RIGHT, WRONG):
        errors = ended.errors[:1000].decode("utf-8", "replace")
        return Judgement(Verdict.JE, f"the output validator ended wrongly ({_how(ended)}). {errors}{message}", team)
    verdict = Verdict.AC if ended.exit_code == RIGHT else Verdict.WA
    judgement = Judgement(verdict, message, team, files=files)
    if "nextpass.in" in files:
        if verdict is not Verdict.AC or not package.multi_pass:
            return Judgement(Verdict.JE, "the output validator asked for a next pass that there cannot be", team)
        judgement = replace(judgement, next_pass=files["nextpass.in"])
    if not package.scoring:
        return judgement
    try:
        return replace(judgement, score=_number(files, "score.txt"), multiplier=_number(files, "score_multiplier.txt"))
    except ValueError as error:
        return Judgement(Verdict.JE, str(error), team)


def _how(ended: Ended) -> str:
    if ended.how is How.EXITED:
        return f"exit code {ended.exit_code}"
    return f"signal {ended.signal}" if ended.how is How.SIGNALLED else str(ended.how).replace("_", " ")


def _text(content: bytes | None) -> str:
    return (content or b"")[:_MOST_MESSAGE].decode("utf-8", "replace").replace("\x00", "␀")


def _number(files: Mapping[str, bytes], name: str) -> Decimal | None:
    """The one number in a file, exactly. Raises ValueError when there is something else."""
    if name not in files:
        return None
    text = files[name][:200].decode("utf-8", "replace")
    if len(files[name]) > 200 or not _NUMBER.fullmatch(text):
        raise ValueError(f"the output validator wrote no number into {name}: {text[:40]!r}")
    value = Decimal(text.strip())
    if value > _MOST_SCORE:
        raise ValueError(f"the output validator wrote too large a number into {name}")
    return value


def input_is_valid(bench: Bench, validator: Built, case: Case, limits: Limits) -> tuple[bool, str]:
    """Whether an input validator accepts the input of a case, and what it said."""
    args = case.input_validator_args
    own = args.get(validator.name, ()) if isinstance(args, Mapping) else args
    content = case.input.read_bytes()
    ended = bench.programs.run(
        Task(
            (*validator.command, *own, *case.args),
            replace(validator_limits(validator, limits), box_kb=0),
            Purpose.TOOL if validator.language == "script" else Purpose.PROGRAM,
            folder=str(bench.laid_out(validator, case.files)),
            shown=validator.shown,
            environment=validator.environment,
        ),
        content,
    )
    said = (ended.errors + ended.output)[:300].decode("utf-8", "replace")
    return ended.how is How.EXITED and ended.exit_code == RIGHT, f"{_how(ended)}. {said}".strip()
