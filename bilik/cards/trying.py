"""Trying a program out beside its task: what the page needs to run it itself, and what a run on the server shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bilik.web.icons import icon

WAYS = ("run", "steps")
_ICONS = ("accepted", "check"), ("partial", "partial"), ("wrong", "cross"), ("limit", "clock"), ("error", "warning")


@dataclass(frozen=True)
class Ran:
    """What came of a run on the server: what `grading.trying` tells, or the sentence of a refusal."""

    what: str
    code: Any
    told: Mapping[str, Any]
    refused: str = ""

    @property
    def record(self) -> Mapping[str, Any] | None:
        """The steps with the program they belong to, for the script that shows them one by one."""
        return {**self.told, "code": self.code} if self.what == "steps" and not self.refused else None

    @property
    def steps(self) -> list[Mapping[str, Any]]:
        """The steps in words, for a page without scripts."""
        return [_in_words(step) for step in self.told.get("steps", ())]


def _in_words(step: Mapping[str, Any]) -> Mapping[str, Any]:
    objects = step["objects"]
    variables = [(name, _text(value, objects)) for frame in step["frames"] for name, value in frame["variables"]]
    return {"line": step["line"], "variables": variables}


def _text(value: Mapping[str, str], objects: Mapping[str, Any], depth: int = 0) -> str:
    """A recorded value as one line of text."""
    if "text" in value or depth > 2:
        return value.get("text", "…")
    shown = objects[value["ref"]]
    if "items" in shown:
        return f"{shown['type']}: {', '.join(_text(item, objects, depth + 1) for item in shown['items'])}"
    if "pairs" in shown:
        pairs = (f"{_text(k, objects, depth + 1)} = {_text(v, objects, depth + 1)}" for k, v in shown["pairs"])
        return f"{shown['type']}: {', '.join(pairs)}"
    return str(shown.get("text", "…"))


def for_the_script() -> dict[str, Any]:
    """Words and icons for the script that runs programs on the device, in the reader's language.

    Names in braces are filled by the script; of a sentence with a number there are the forms it needs.
    """
    return {"words": _words() | _words_of_steps(), "icons": {name: icon(name) for name in sorted(_used_icons())}}


def _used_icons() -> set[str]:
    return {name for _, name in _ICONS} | {"info", "play", "server", "download"}


def _words() -> dict[str, str]:
    return {
        "offer": _("Python comes to this device once: {size} MB. It then stays here and also works on a weak link."),
        "fetch": _("Fetch it and go on"),
        "onServer": _("Run on the server"),
        "fetching": _("Fetching Python for this device"),
        "starting": _("Starting Python…"),
        "running": _("The program is running…"),
        "stopped": _("Stopped."),
        "nothing": _("The program printed nothing."),
        "printed": _("What the program printed"),
        "cut": _("The program printed more than can be shown here."),
        "noVerdict": _("This was only a run: nothing was checked or stored. When you are ready, press Check."),
        "yourDevice": _(
            "Checked on your device. The academy's own check counts, and it has tests of its own: press Check."
        ),
        "browser": _("This browser cannot run Python. Your program was run on the server."),
        "memory": _("This device has little memory. Your program was run on the server."),
        "saving": _("Your browser saves data, so nothing was fetched. Your program was run on the server."),
        "failed": _("Python could not be started on this device. Your program was run on the server."),
        "elsewhere": _(
            "This program uses {name}, which a browser does not have. Run it on the server, or press Check."
        ),
        "testsHere": _("The tests cannot be tried on this device. Press Check: the academy's server tries them."),
        "line": _("Line {line}:"),
        "lineOfCell": _("Cell {cell}, line {line}:"),
        "says": _("Python says:"),
        "tests": _("Tests passed: {passed} of {tests}"),
        "passed": _("Passed:"),
        "failedTest": _("Failed:"),
        "withInput": _("with this input:"),
        "prints": _("what the program prints"),
        "notReached": _("not reached"),
        "expected": _("Expected"),
        "gave": _("Your program gave"),
        "accepted": _("Right!"),
        "partial": _("Partly right"),
        "wrong": _("Not yet"),
        "time_limit": _("It took too long"),
        "memory_limit": _("Too much memory"),
        "output_limit": _("Too much output"),
        "runtime_error": _("The program stopped with an error"),
    }


def _words_of_steps() -> dict[str, str]:
    return {
        "steps": _("Step through the program"),
        "first": _("First step"),
        "back": _("Back"),
        "forward": _("Forward"),
        "last": _("Last step"),
        "step": _("Step {step} of {steps}, line {line}"),
        "calls": _("{name} gives back {value}"),
        "stops": _("Here the program stops: {error}"),
        "program": _("Your program"),
        "variables": _("Variables"),
        "main": _("In the program"),
        "inside": _("Inside {name}"),
        "name": _("Variable"),
        "key": _("Key"),
        "value": _("Value"),
        "place": _("Index"),
        "none": _("No variables yet."),
        "same": _("the same: {names}"),
        "more": _("and {count} more"),
        "output": _("Printed so far"),
        "cutSteps": _("The recording ends after {count} steps. Try it with smaller numbers or a shorter list."),
        "cutSize": _("The recording ends here: there is too much in the variables to write down every step."),
        "cutOutput": _("The recording ends here: the program printed more than can be shown."),
        "noSteps": _("There are no steps to show."),
    }
