"""The practice page as data: what next and why, what is due, what the answers show. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from bilik.catalog.queries import CourseFacts, LessonFacts, published_courses
from bilik.groups.queries import due_for
from bilik.learning.queries import where_to_continue
from bilik.practice.engine.ability import ability, chance
from bilik.practice.engine.picture import Picture
from bilik.practice.engine.placing import own_skills
from bilik.practice.engine.streak import Streak, streak
from bilik.practice.engine.suggesting import (
    Deadline,
    Facts,
    Fitting,
    Place,
    Suggestion,
    WeakSkill,
    best_fitting,
    suggestions,
)
from bilik.practice.engine.tracing import Mastery
from bilik.practice.models import Wish
from bilik.practice.queries.checks import Result, has_questions, newest_checks, result_of
from bilik.practice.queries.items import items_in
from bilik.practice.queries.pictures import CONTEXTS, Standing, standing
from bilik.practice.queries.reviews import Placed, Reviews, places, reviews
from bilik.submissions.queries import days_with_answers

if TYPE_CHECKING:
    from bilik.people.models import Person

# A run is counted over the last year at most.
STREAK_DAYS = 366
# A single wrong answer is a slip as likely as a gap.
FEWEST_FOR_WEAK = 2


@dataclass(frozen=True)
class SkillState:
    """What a person's answers show of one skill."""

    skill: str
    mastery: Mastery
    answers: int
    right: int


@dataclass(frozen=True)
class Today:
    """All of the practice page. `streak` is None where the person does not want to see it."""

    suggestions: tuple[Suggestion, ...]
    reviews: Reviews
    skills: tuple[SkillState, ...]
    streak: Streak | None
    results: tuple[Result, ...]
    open_check: str
    courses: Mapping[str, CourseFacts]


def skill_states(picture: Picture) -> tuple[SkillState, ...]:
    """Skills with evidence, the best shown first."""
    order = [Mastery.SHOWN, Mastery.LIKELY, Mastery.LOW]
    rows = [
        SkillState(skill, trace.mastery, trace.answers, trace.right)
        for skill, trace in picture.skills.items()
        if trace.mastery != Mastery.NONE
    ]
    return tuple(sorted(rows, key=lambda row: (order.index(row.mastery), -row.right, row.skill)))


def today(person: Person, now: datetime) -> Today:
    """What the practice page shows."""
    courses = published_courses()
    stands = standing(person, now)
    where = places(courses)
    due = reviews(stands.picture, where, now)
    results = results_of(person, courses)
    facts = _facts(person, now, courses, stands, due, results)
    return Today(
        suggestions=tuple(suggestions(facts)),
        reviews=due,
        skills=skill_states(stands.picture),
        streak=streak_of(person, now),
        results=tuple(results.values()),
        open_check=stands.open_check.course.slug if stands.open_check else "",
        courses={course.slug: course for course in courses},
    )


def beside_continuing(person: Person, now: datetime) -> tuple[Suggestion | None, Mapping[str, CourseFacts]]:
    """For a page that says itself where to go on: the first other suggestion, and the courses by name. Cheaper than
    `today`, because nothing is asked about lessons.
    """
    courses = published_courses()
    stands = standing(person, now)
    begun = bool(stands.picture.tasks)
    facts = Facts(
        today=timezone.localdate(now),
        open_check=stands.open_check.course.slug if stands.open_check else "",
        reviews_due=len(reviews(stands.picture, places(courses), now).due),
        begun=begun,
        check_offered="" if begun else _offered(courses, newest_checks(person, courses)),
    )
    found = suggestions(facts)
    return (found[0] if found else None), {course.slug: course for course in courses}


def _offered(courses: Sequence[CourseFacts], done: Collection[int]) -> str:
    """The first course with a level check that was not done yet."""
    offered = (course.slug for course in courses if course.course_id not in done and has_questions(course))
    return next(offered, "")


def results_of(person: Person, courses: Sequence[CourseFacts]) -> dict[str, Result]:
    """The newest level check result of each course that has one, by course."""
    checks = newest_checks(person, courses)
    done = [course for course in courses if course.course_id in checks]
    return {course.slug: result_of(checks[course.course_id], course) for course in done}


def streak_of(person: Person, now: datetime) -> Streak | None:
    """The count of days; None where the person has switched it off. Two queries."""
    if Wish.objects.filter(person=person, hide_streak=True).exists():
        return None
    since = now - timedelta(days=STREAK_DAYS)
    return streak(days_with_answers(person, CONTEXTS, since), timezone.localdate(now))


def _facts(
    person: Person,
    now: datetime,
    courses: Sequence[CourseFacts],
    stands: Standing,
    due: Reviews,
    results: Mapping[str, Result],
) -> Facts:
    here = _where_to_go_on(person, courses, stands.picture, results)
    begun = bool(stands.picture.tasks) or here is not None
    chances = _chances(here, stands.picture) if here else {}
    return Facts(
        today=timezone.localdate(now),
        deadlines=_deadlines(person, here, stands.picture) if here else (),
        open_check=stands.open_check.course.slug if stands.open_check else "",
        reviews_due=len(due.due),
        continue_at=_place(here) if here else None,
        begun=begun,
        weak=_weak(here, stands.picture, chances) if here else None,
        fitting=_fitting(here, stands.picture, chances) if here else None,
        start=Place(courses[0].slug, courses[0].lessons[0].slug) if courses and courses[0].lessons else None,
        check_offered=_offered(courses, [result.check.course_id for result in results.values()]),
    )


def _deadlines(person: Person, here: Placed, picture: Picture) -> list[Deadline]:
    """What the person's groups want done of the course at hand and is not done yet: lessons, or the whole course.
    One query.
    """
    found = []
    for slug, due_at in due_for(person, here.course.slug).items():
        lessons = here.course.lessons if slug is None else [one for one in here.course.lessons if one.slug == slug]
        first = next(iter(_unsolved(lessons, picture, here.course)), None)
        if first is not None:
            found.append(Deadline(timezone.localdate(due_at), _place(first)))
    return found


def _place(at: Placed) -> Place:
    return Place(at.course.slug, at.lesson.slug, at.task.slug)


def _where_to_go_on(
    person: Person, courses: Sequence[CourseFacts], picture: Picture, results: Mapping[str, Result]
) -> Placed | None:
    """Where the person stopped; for somebody who has only done a level check, where that says to begin. None when
    nothing is begun, or all is done.
    """
    going_on = where_to_continue(person)
    if going_on is not None:
        return Placed(going_on.course, going_on.lesson, going_on.task) if going_on.task else None
    for course in courses:
        if course.slug in results:
            return first_unsolved(course, picture, results[course.slug].skippable)
    return None


def first_unsolved(course: CourseFacts, picture: Picture, skipped: frozenset[str]) -> Placed | None:
    """The first task of a course that is not solved, outside of skipped lessons."""
    kept = [lesson for lesson in course.lessons if lesson.slug not in skipped]
    return next(iter(_unsolved(kept, picture, course)), None)


def _own(lesson: LessonFacts) -> tuple[str, ...]:
    return own_skills(task.skills for task in lesson.tasks)


def _before(here: Placed) -> tuple[LessonFacts, ...]:
    return here.course.lessons[: here.course.lessons.index(here.lesson)]


def _chances(here: Placed, picture: Picture) -> dict[int, float]:
    """The chance of a right first answer to each task of a course, by task id: from the person's first answers so far
    and the difficulties.
    """
    items = items_in([here.course])
    answers = []
    for task in here.course.tasks:
        trace = picture.tasks.get(task.task_id)
        if trace is not None and trace.first_right is not None:
            answers.append((items[task.task_id], trace.first_right))
    theta, _ = ability(answers)
    return {task.task_id: chance(theta, items[task.task_id]) for task in here.course.tasks}


def _unsolved(lessons: Sequence[LessonFacts], picture: Picture, course: CourseFacts) -> list[Placed]:
    found = []
    for lesson in lessons:
        for task in lesson.tasks:
            trace = picture.tasks.get(task.task_id)
            if trace is None or trace.solved_at is None:
                found.append(Placed(course, lesson, task))
    return found


def _others(lessons: Sequence[LessonFacts], here: Placed, picture: Picture) -> list[Placed]:
    return [at for at in _unsolved(lessons, picture, here.course) if at.task.task_id != here.task.task_id]


def _weak(here: Placed, picture: Picture, chances: Mapping[int, float]) -> WeakSkill | None:
    """The weakest skill that the next lesson needs and an earlier lesson was about, with a task to practise it."""
    earlier = {skill for lesson in _before(here) for skill in _own(lesson)}
    needed = {skill for task in here.lesson.tasks for skill in task.skills} & earlier - set(_own(here.lesson))
    traces = {skill: picture.skills[skill] for skill in needed if skill in picture.skills}
    low = {s: t for s, t in traces.items() if t.mastery == Mastery.LOW and t.answers >= FEWEST_FOR_WEAK}
    unsolved = _others(_before(here), here, picture)
    for skill in sorted(low, key=lambda skill: (low[skill].mastered, skill)):
        options = [Fitting(_place(at), chances[at.task.task_id]) for at in unsolved if skill in at.task.skills]
        best = best_fitting(options)
        if best:
            return WeakSkill(skill, low[skill].mastery, best.place)
    return None


def _fitting(here: Placed, picture: Picture, chances: Mapping[int, float]) -> Fitting | None:
    """A task of the lessons so far, the present one included, whose chance of success is nearest to 0.7."""
    unsolved = _others((*_before(here), here.lesson), here, picture)
    return best_fitting([Fitting(_place(at), chances[at.task.task_id]) for at in unsolved])
