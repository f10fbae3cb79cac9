"""What a program must or must not be made of, looked up in what the syntax tree said before the program ran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bilik.grading.verdict import Feedback, author


def holds(token: str, facts: Mapping[str, Any]) -> bool:
    """Whether a program has a construct ("for"), a call ("sum()", "append()"), or an import ("import math")."""
    if token.startswith("import "):
        return token.removeprefix("import ") in facts["imports"]
    if token.endswith("()"):
        name = token.removesuffix("()")
        return any(call == name or call.endswith("." + name) for call in facts["calls"])
    return token in facts["constructs"]


def fits(rule: Mapping[str, Any], facts: Mapping[str, Any] | None) -> bool:
    """Whether the `uses` and `lacks` of a feedback rule hold. A program that cannot be parsed has no facts."""
    if not rule.get("uses") and not rule.get("lacks"):
        return True
    if facts is None:
        return False
    return all(holds(token, facts) for token in rule.get("uses", ())) and not any(
        holds(token, facts) for token in rule.get("lacks", ())
    )


def unmet(require: Mapping[str, Any], facts: Mapping[str, Any] | None) -> Sequence[Feedback]:
    """What the program should be made of and is not, each with the author's words or with ours."""
    if facts is None:
        return ()
    found: list[Feedback] = []
    for token in require["uses"]:
        if not holds(token, facts):
            found.append(_say(require, token, "require.uses"))
    for token in require["lacks"]:
        if holds(token, facts):
            found.append(_say(require, token, "require.lacks"))
    for name in require["functions"]:
        if name not in facts["functions"]:
            found.append(_say(require, name, "require.function"))
    return found


def _say(require: Mapping[str, Any], token: str, code: str) -> Feedback:
    said = require["say"].get(token)
    return author(said) if said else Feedback(code, {"token": token})
