"""`bilik documents`: the pages of docs/ that are printed from the program, so that they cannot be wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from bilik.config.commands import screen
from bilik.config.commands.start import django_ready
from bilik.config.environment import settings_page

DOCS = Path(__file__).resolve().parents[3] / "docs"


def documents() -> None:
    """Write docs/settings.md and docs/states.md anew."""
    django_ready()
    (DOCS / "settings.md").write_text(settings_page(), encoding="utf-8")
    (DOCS / "states.md").write_text(states_page(), encoding="utf-8")
    screen.out.print("docs/settings.md and docs/states.md written.")


def states_page() -> str:
    """The text of docs/states.md: each table of states as a diagram and in words."""
    from bilik.authoring.states import CHECK_RUN_MOVES, DRAFT_MOVES
    from bilik.exams.states import SITTING_MOVES
    from bilik.groups.states import INVITATION_MOVES
    from bilik.marking.states import MARKING_MOVES
    from bilik.people.states import GUARDIAN_MOVES
    from bilik.practice.states import CHECK_MOVES
    from bilik.queue.states import JOB_MOVES
    from bilik.submissions.states import MOVES
    from bilik.teaching.states import REGRADE_MOVES

    return (
        "# States\n\nPrinted by `bilik documents` from the tables in the code.\n\n"
        "## A submission\n\n`bilik/submissions/states.py`\n\n"
        + _diagram(MOVES)
        + "\n## A job\n\n`bilik/queue/states.py`\n\n"
        + _diagram(JOB_MOVES)
        + "\n## A sitting of an exam\n\n`bilik/exams/states.py`\n\n"
        + _diagram(SITTING_MOVES)
        + "\n## A marking\n\n`bilik/marking/states.py`\n\n"
        + _diagram(MARKING_MOVES)
        + "\n## A draft of a course\n\n`bilik/authoring/states.py`\n\n"
        + _diagram(DRAFT_MOVES)
        + "\n## A check of a draft\n\n`bilik/authoring/states.py`\n\n"
        + _diagram(CHECK_RUN_MOVES)
        + "\n## A guardian's consent\n\n`bilik/people/states.py`\n\n"
        + _diagram(GUARDIAN_MOVES)
        + "\n## An invitation to a group\n\n`bilik/groups/states.py`\n\n"
        + _diagram(INVITATION_MOVES)
        + "\n## A level check\n\n`bilik/practice/states.py`\n\n"
        + _diagram(CHECK_MOVES)
        + "\n## A regrade\n\n`bilik/teaching/states.py`\n\n"
        + _diagram(REGRADE_MOVES)
    )


def _diagram(moves: Mapping[Any, Collection[Any]]) -> str:
    arrows = [f"    {before.value} --> {after.value}" for before, afters in moves.items() for after in sorted(afters)]
    ends = [f"    {before.value} --> [*]" for before, afters in moves.items() if not afters]
    words = [f"- **{state.value}**: {state.label}" for state in moves]
    start = f"    [*] --> {next(iter(moves)).value}"
    return "\n".join(["```mermaid", "stateDiagram-v2", start, *arrows, *ends, "```", "", *words]) + "\n"
