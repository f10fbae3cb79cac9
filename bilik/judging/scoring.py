"""Scores of cases, groups and submissions, exactly as the versions of the format say. Pure numbers; no float."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from bilik.judging.model import Case, Group, Package, Rules, Verdict, Version

Outcome = tuple[Verdict, Decimal | None, Decimal | None]  # verdict, score.txt, score_multiplier.txt
# The worst first (legacy, worst_error).
_WORST = (Verdict.JE, Verdict.RTE, Verdict.MLE, Verdict.TLE, Verdict.OLE, Verdict.WA)


@dataclass(frozen=True)
class Score:
    """What a group comes to."""

    verdict: Verdict
    score: Fraction


@dataclass(frozen=True)
class Scored:
    """All of it. broken: why the package's own rules cannot be kept to, which is a judge error."""

    total: Score
    groups: Mapping[str, Score] = field(default_factory=dict)
    broken: str = ""


class _Broken(Exception):
    """The package broke a rule of scoring."""


def score_of(package: Package, outcomes: Mapping[str, Outcome]) -> Scored:
    """The score of a submission. A case that was not run counts as not accepted and nothing."""
    groups: dict[str, Score] = {}
    try:
        if package.version is Version.LEGACY:
            total = _legacy(package, outcomes, groups)
        else:
            total = _current(package, outcomes, groups)
    except _Broken as error:
        return Scored(Score(Verdict.JE, Fraction(0)), groups, str(error))
    return Scored(total, groups)


def highest(package: Package) -> Fraction | None:
    """The highest score there can be; None when there is no bound."""
    if package.version is not Version.LEGACY:
        most = package.secret.rules.most
        return None if most is None else Fraction(most)
    high = package.root_rules.high
    return None if high is None else Fraction(high)


def _current(package: Package, outcomes: Mapping[str, Outcome], groups: dict[str, Score]) -> Score:
    groups["sample"] = Score(_first(package.sample.all_cases(), outcomes), Fraction(0))
    secret = package.secret
    inner = [(group, _group(package, group, outcomes, groups)) for group in secret.groups]
    if not inner:
        score = _group(package, secret, outcomes, groups)
        return Score(Verdict.AC if score.score > 0 or score.verdict is Verdict.AC else score.verdict, score.score)
    verdict = next((score.verdict for _, score in inner if score.verdict is not Verdict.AC), Verdict.AC)
    parts = [score.score for _, score in inner]
    rules = secret.rules
    if not _allowed(package, secret, outcomes):
        total = Fraction(0)
    elif rules.aggregation == "pass-fail":
        total = Fraction(rules.most or 0) if verdict is Verdict.AC else Fraction(0)
    else:
        total = sum(parts, Fraction(0)) if rules.aggregation == "sum" else min(parts)
    _within(secret, total)
    groups["secret"] = Score(verdict, total)
    # Whoever earned something has a score; only nothing at all is a rejection.
    return Score(Verdict.AC if total > 0 or verdict is Verdict.AC else verdict, total)


def _allowed(package: Package, group: Group, outcomes: Mapping[str, Outcome]) -> bool:
    groups = package.all_groups()
    return all(
        outcomes.get(case.name, (Verdict.WA, None, None))[0] is Verdict.AC
        for name in group.rules.require_pass
        for case in (groups[name].all_cases() if name in groups else ())
    )


def _first(cases: tuple[Case, ...], outcomes: Mapping[str, Outcome]) -> Verdict:
    """The first verdict that is not AC; a case that was not run is skipped when another says why."""
    found = [outcomes[case.name][0] for case in cases if case.name in outcomes]
    bad = next((verdict for verdict in found if verdict is not Verdict.AC), None)
    return bad or (Verdict.AC if len(found) == len(cases) else Verdict.WA)


def _group(package: Package, group: Group, outcomes: Mapping[str, Outcome], groups: dict[str, Score]) -> Score:
    cases = group.all_cases()
    rules = group.rules
    allowed = _allowed(package, group, outcomes)
    verdict = _first(cases, outcomes)
    if not allowed:
        score = Fraction(0)
        verdict = verdict if verdict is not Verdict.AC else Verdict.WA
    elif rules.aggregation == "pass-fail":
        for case in cases:
            if case.name in outcomes and (outcomes[case.name][1] is not None or outcomes[case.name][2] is not None):
                raise _Broken(f"{case.name}: the output validator gave a score in a group that passes or fails")
        score = Fraction(rules.most or 0) if verdict is Verdict.AC else Fraction(0)
    else:
        top = None if rules.most is None else Fraction(rules.most)
        if top is not None and rules.aggregation == "sum":
            top /= max(1, len(cases))
        parts = [_case(case, outcomes, top) for case in cases]
        score = sum(parts, Fraction(0)) if rules.aggregation == "sum" else min(parts, default=Fraction(0))
    _within(group, score)
    groups[group.name] = Score(verdict, score)
    return groups[group.name]


def _within(group: Group, score: Fraction) -> None:
    if group.rules.most is not None and score > Fraction(group.rules.most):
        raise _Broken(f"{group.name}: the score {score} is more than its highest, {group.rules.most}")


def _case(case: Case, outcomes: Mapping[str, Outcome], top: Fraction | None) -> Fraction:
    verdict, own, multiplier = outcomes.get(case.name, (Verdict.WA, None, None))
    if verdict is not Verdict.AC:
        if own is not None or multiplier is not None:
            raise _Broken(f"{case.name}: the output validator gave a score without accepting")
        return Fraction(0)
    if own is not None and multiplier is not None:
        raise _Broken(f"{case.name}: the output validator gave a score and a multiplier")
    if top is None:
        if own is None:
            raise _Broken(f"{case.name}: the group has no highest score, so the output validator must give one")
        return Fraction(own)
    if multiplier is not None:
        if multiplier > 1:
            raise _Broken(f"{case.name}: the output validator gave a multiplier of more than 1")
        return Fraction(multiplier) * top
    if own is not None:
        if Fraction(own) > top:
            raise _Broken(f"{case.name}: the output validator gave more than the case is worth")
        return Fraction(own)
    return top


def _legacy(package: Package, outcomes: Mapping[str, Outcome], groups: dict[str, Score]) -> Score:
    parts = [_legacy_group(group, outcomes, groups) for group in (package.sample, package.secret)]
    if package.root_rules.ignore_sample or not package.sample.all_cases():
        parts = [parts[1]]
    return _graded(package.root_rules, [part for part in parts if part is not None], "data")


def _legacy_group(group: Group, outcomes: Mapping[str, Outcome], groups: dict[str, Score]) -> Score | None:
    """What a group comes to; None when nothing of it was run."""
    found: list[tuple[str, Score]] = []
    for case in group.cases:
        if case.name in outcomes:
            verdict, own, _ = outcomes[case.name]
            usual = group.rules.accept if verdict is Verdict.AC else group.rules.reject
            found.append((case.name, Score(verdict, Fraction(usual if own is None else own))))
    for inner in group.groups:
        score = _legacy_group(inner, outcomes, groups)
        if score is not None:
            found.append((inner.name, score))
    if not found:
        return None
    parts = [score for _, score in sorted(found, key=lambda pair: pair[0])]
    groups[group.name] = _graded(group.rules, parts, group.name)
    return groups[group.name]


def _graded(rules: Rules, parts: list[Score], name: str) -> Score:
    """The default grader of the legacy format."""
    verdicts = [part.verdict for part in parts]
    bad = [verdict for verdict in verdicts if verdict is not Verdict.AC]
    accepted = not bad or rules.always_accept or (rules.any_accepted and len(bad) < len(verdicts))
    if accepted:
        verdict = Verdict.AC
    else:
        verdict = bad[0] if rules.first_error else next(worst for worst in (*_WORST, *bad) if worst in bad)
    if verdict is not Verdict.AC:
        return Score(verdict, Fraction(0))  # the format: the score of what is not accepted is ignored
    score = _joined(rules, [part.score for part in parts])
    low, high = rules.low, rules.high
    if (low is not None and score < Fraction(low)) or (high is not None and score > Fraction(high)):
        raise _Broken(f"{name}: the score {score} lies outside its range")
    return Score(verdict, score)


def _joined(rules: Rules, scores: list[Fraction]) -> Fraction:
    if not scores:
        return Fraction(0)
    if rules.aggregation == "avg":
        return sum(scores, Fraction(0)) / len(scores)
    if rules.aggregation == "min":
        return min(scores)
    return max(scores) if rules.aggregation == "max" else sum(scores, Fraction(0))
