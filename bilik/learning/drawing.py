"""Task cards drawn once and kept: a card changes only when its person does something, and pages are read often.

What is different in every page (the form's token and its key) is put in afterwards. The drawn cards live in this
process's memory, each under everything it depends on, so there is nothing to keep in step and nothing to empty.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from bilik.catalog.queries import CourseFacts, LessonFacts, TaskFacts
from bilik.kit.errors import Refusal
from bilik.kit.ids import new_id
from bilik.learning.actions import seed_of
from bilik.learning.cards import Card, card_for

if TYPE_CHECKING:
    from bilik.learning.models import Progress
    from bilik.web.requests import PageRequest

MOST_KEPT = 1_000
# Neither can be written by anybody: answers have no NUL in them.
_TOKEN, _KEY = "\x00token\x00", "\x00key\x00"
_kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()
_lock = Lock()


def draw(card: Card, *, course: CourseFacts, lesson: LessonFacts, request: PageRequest, fragment: bool = False) -> str:
    """A card as HTML for this page alone."""
    context = _context(card, course, lesson, signed_in=request.user.is_authenticated, fragment=fragment)
    return _for_this_page(render_to_string("learning/task.html", context), get_token(request))


def drawn(
    *,
    request: PageRequest,
    course: CourseFacts,
    lesson: LessonFacts,
    task: TaskFacts,
    progress: Progress | None,
    refusal: Refusal | None,
    language: str,
    token: str,
) -> SafeString:
    """The card of a task for the person of this request: from memory where it was drawn before. `token` is the form
    token of this page, made once for all its cards.
    """

    def made() -> Card:
        return card_for(request.user, task, progress, language=language, refusal=refusal)

    latest = progress.last_submission if progress else None
    if latest is not None and latest.is_waiting:
        # Its place in the queue changes by itself.
        return mark_safe(draw(made(), course=course, lesson=lesson, request=request))  # noqa: S308
    signed_in = request.user.is_authenticated
    refused = refusal.code if refusal else ""
    name = (lesson.pk, task.version_id, language, refused, *_person_part(request, task, progress))
    html = _look_up(name)
    if html is None:
        html = render_to_string("learning/task.html", _context(made(), course, lesson, signed_in=signed_in))
        _keep(name, html)
    return mark_safe(_for_this_page(html, token))  # noqa: S308 - drawn by our own template


def _person_part(request: PageRequest, task: TaskFacts, progress: Progress | None) -> tuple[Any, ...]:
    """What of a person their card depends on. Without an answer it is the variant alone, shared by many."""
    seed = seed_of(request.user, task) if request.user.is_authenticated else None
    state = (progress.attempts, progress.hints, bool(progress.solved_at)) if progress else None
    latest = progress.last_submission if progress else None
    answer = (latest.pk, latest.state, latest.graded_at, not latest.answer) if latest else None
    said = tuple((one.pk, one.changed_at) for one in progress.comments) if progress else ()
    return seed, state, answer, said


def _context(
    card: Card, course: CourseFacts, lesson: LessonFacts, *, signed_in: bool, fragment: bool = False
) -> Mapping[str, Any]:
    here = reverse("learning:lesson", args=[course.slug, lesson.slug])
    return {
        "card": card,
        "here": here,
        "at": f"{here}{card.task.slug}/",
        "signed_in": signed_in,
        "fragment": fragment,
        "csrf_token": _TOKEN,
        "key": _KEY,
    }


def _for_this_page(html: str, token: str) -> str:
    return html.replace(_TOKEN, token).replace(_KEY, str(new_id()))


def _look_up(name: tuple[Any, ...]) -> str | None:
    with _lock:
        html = _kept.get(name)
        if html is not None:
            _kept.move_to_end(name)
        return html


def _keep(name: tuple[Any, ...], html: str) -> None:
    with _lock:
        _kept[name] = html
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def forget() -> None:
    """Empties the memory; tests need it because they undo what was published."""
    with _lock:
        _kept.clear()
