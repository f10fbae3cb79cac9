"""Proving a course: the second step. Model solutions must pass, usual mistakes must fail and be told so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from bilik.catalog.source.course import CourseSource, LessonSource
from bilik.catalog.source.exams import ExamSource, pool_tasks
from bilik.catalog.source.findings import Findings
from bilik.catalog.source.fingerprints import fingerprint
from bilik.catalog.source.prose import CALLOUTS, folded_exercises, links_in, render_parts
from bilik.grading.exercise import LANGUAGES, Folder
from bilik.grading.folder import Prepared, grade_answer, prepare_variant
from bilik.grading.kinds import KINDS, Run
from bilik.grading.pictures import is_picture
from bilik.grading.problems import Problem, toml_lines
from bilik.grading.rubric import is_marked
from bilik.grading.text import split_stamp
from bilik.grading.verdict import Outcome, Verdict

Progress = Callable[[str], None]
Each = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
BLOCKS = (*CALLOUTS, "details", "video", "exercise")


def check_course(
    course: CourseSource,
    *,
    run: Run,
    known_skills: Collection[str],
    problems: list[Problem],
    progress: Progress,
    each: Each = map,
) -> Findings:
    """Checks all that can be checked; `problems` are those that reading found. `progress` hears each exercise.

    `each` goes through the exercises: `map`, one after the other, or the map of a pool of threads for several at once,
    in which `run` and `progress` are then called.
    """
    findings = Findings(problems=list(problems))
    for skill, _ in course.skills:
        if skill not in known_skills:
            _note(
                findings,
                "course.toml",
                f"There is no skill {skill!r}. docs/words.md says where skills are.",
                "no-skill",
            )

    def checked(place: tuple[str, str, Folder]) -> Findings:
        where, slug, folder = place
        progress(f"{where}/{slug}")
        found = Findings()
        found.prepared[slug] = _check_exercise(course, folder, found, run=run, known_skills=known_skills)
        return found

    found = iter(list(each(checked, course.exercises)))
    for lesson in course.lessons:
        _check_lesson(course, lesson, findings)
        for _ in lesson.exercises:
            findings.take(next(found))
    for own in found:
        findings.take(own)
    for exam in course.exams:
        _check_exam(course, exam, findings)
    findings.problems.sort()
    return findings


def check_one(
    course: CourseSource,
    slug: str,
    *,
    run: Run,
    known_skills: Collection[str],
    problems: list[Problem],
    progress: Progress,
) -> Findings:
    """Checks one exercise and its place in its lesson, as `check_course` would. An unknown one gives no findings."""
    findings = Findings(problems=list(problems))
    for lesson in course.lessons:
        if slug in lesson.exercises:
            _check_lesson(course, lesson, findings)
            progress(f"{lesson.slug}/{slug}")
            folder = lesson.exercises[slug]
            findings.prepared[slug] = _check_exercise(course, folder, findings, run=run, known_skills=known_skills)
    findings.problems.sort()
    return findings


def _note(findings: Findings, file: str, message: str, code: str, *, line: int = 0, warning: bool = False) -> None:
    findings.problems.append(Problem(file, line, "warning" if warning else "error", code, message))


def _check_lesson(course: CourseSource, lesson: LessonSource, findings: Findings) -> None:
    where = f"lessons/{lesson.slug}"
    source = lesson.bodies.get(course.source_language)
    if source is None:
        _note(findings, where, f"There is no lesson.{course.source_language}.md, the source.", "no-source")
    for language in LANGUAGES:
        file = f"{where}/lesson.{language}.md"
        if language not in lesson.bodies:
            _missing_translation(course, findings, file, language)
            continue
        body = lesson.bodies[language]
        if source is not None and language != course.source_language:
            _check_stamp(findings, file, lesson.stamps[language], source)
        _check_links(course, findings, file, where, body)
        _check_blocks(findings, file, body)
        _check_places(lesson, findings, file, body, language)


def _check_exam(course: CourseSource, exam: ExamSource, findings: Findings) -> None:
    """The words before an exam are there in every language, and every pool has as many exercises as are picked."""
    where = f"exams/{exam.slug}"
    source = exam.bodies.get(course.source_language)
    if source is None:
        _note(findings, where, f"There is no exam.{course.source_language}.md, the source.", "no-source")
    for language in LANGUAGES:
        file = f"{where}/exam.{language}.md"
        if language not in exam.bodies:
            _missing_translation(course, findings, file, language)
            continue
        _check_addresses(findings, file, links_in(exam.bodies[language]).links)
        if source is not None and language != course.source_language:
            _check_stamp(findings, file, exam.stamps[language], source)
    pools = exam_pools(course, exam, findings.prepared)
    for number, (pool, tasks) in enumerate(zip(exam.pools, pools, strict=True), 1):
        for name in sorted(set(pool.tasks) - set(tasks)):
            _note(findings, f"{where}/exam.toml", f"There is no exercise {name} in the course.", "no-exercise")
        if len(tasks) < pool.pick:
            message = f"Pool {number} picks {pool.pick} of {len(tasks)} exercises."
            _note(findings, f"{where}/exam.toml", message, "small-pool")
    for name in sorted({name for tasks in pools for name in tasks}):
        if findings.prepared[name][0].exercise.kind == "project":
            message = f"{name} takes files: a project has no place in an exam, whose clock runs."
            _note(findings, f"{where}/exam.toml", message, "project-in-exam")
    used = {name for tasks in pools for name in tasks}
    for name in sorted(exam.exercises.keys() - used):
        _note(findings, f"{where}/{name}", f"No pool has the exercise {name}.", "placing")


def exam_pools(course: CourseSource, exam: ExamSource, prepared: Mapping[str, list[Prepared]]) -> list[tuple[str, ...]]:
    """The exercises of each pool of an exam."""
    exercises = {slug: variants[0].exercise for slug, variants in prepared.items() if variants}
    lessons = {lesson.slug: lesson.order for lesson in course.lessons}
    known = [*(name for lesson in course.lessons for name in lesson.order), *exam.exercises]
    mine = {name: exercises[name] for name in known if name in exercises}
    return [pool_tasks(pool, mine, lessons) for pool in exam.pools]


def _missing_translation(course: CourseSource, findings: Findings, file: str, language: str) -> None:
    findings.untranslated.append(file)
    if language in course.languages and language != course.source_language:
        _note(findings, file, f"The course promises {language}, and this file is missing.", "untranslated")


def _check_stamp(findings: Findings, file: str, stamp: str, source: str) -> None:
    if stamp == fingerprint(source):
        return
    findings.stale.append(file)
    if stamp:
        message = "The source has changed since this was translated. Read both, then run `bilik course stamp`."
    else:
        message = "The translation does not say which source it was made from. Run `bilik course stamp`."
    _note(findings, file, message, "stale", line=1, warning=True)


def _check_links(course: CourseSource, findings: Findings, file: str, folder: str, body: str) -> None:
    found = links_in(body)
    for picture, line in found.pictures:
        if not is_picture(picture):
            _note(findings, file, f"{picture} is not a picture of a kind we show.", "picture", line=line)
        elif f"{folder}/{picture}" not in course.files:
            _note(findings, file, f"There is no picture {picture}.", "no-picture", line=line)
    _check_addresses(findings, file, found.links)


def _check_addresses(findings: Findings, file: str, links: tuple[tuple[str, int], ...]) -> None:
    for link, line in links:
        if not link.startswith(("https://", "http://", "mailto:", "#")):
            _note(findings, file, f"The link {link!r} leads nowhere: links start with https://.", "link", line=line)


def _check_exercise_links(findings: Findings, file: str, body: str) -> None:
    found = links_in(body)
    _check_addresses(findings, file, found.links)
    for picture, line in found.pictures:
        message = f"The picture {picture} would not be shown: pictures stand in the lesson, above the exercise."
        _note(findings, file, message, "exercise-picture", line=line)


def _check_blocks(findings: Findings, file: str, body: str) -> None:
    """Blocks that are opened and never closed, or have a name that means nothing."""
    opened: list[tuple[str, int]] = []
    fence = ""
    for number, line in enumerate(body.splitlines(), 1):
        mark = line.strip()[:3]
        if mark in ("```", "~~~"):
            fence = "" if fence == mark else fence or mark
        elif not fence and mark == ":::":
            _note_block(findings, file, line.strip()[3:].split(), number, opened)
    for name, number in opened:
        _note(findings, file, f"`::: {name}` is never closed with `:::`.", "open-block", line=number)


def _note_block(findings: Findings, file: str, words: list[str], number: int, opened: list[tuple[str, int]]) -> None:
    if words:
        opened.append((words[0], number))
        if words[0] not in BLOCKS:
            message = f"There is no block `::: {words[0]}`. Known: {', '.join(BLOCKS)}."
            _note(findings, file, message, "no-block", line=number)
    elif opened:
        opened.pop()


def _check_places(lesson: LessonSource, findings: Findings, file: str, body: str, language: str) -> None:
    placed = [part.exercise for part in render_parts(body, language=language) if part.exercise]
    for slug in sorted(set(placed) - lesson.exercises.keys()):
        _note(findings, file, f"There is no exercise {slug} in this lesson.", "no-exercise", line=_line_of(body, slug))
    for slug in lesson.exercises:
        if placed.count(slug) != 1:
            times = "not placed" if slug not in placed else "placed more than once"
            _note(findings, file, f"The exercise {slug} is {times}.", "placing", line=_line_of(body, slug))

    for slug, line in folded_exercises(body):
        message = f"The exercise {slug} stands inside another block. Close that one first."
        _note(findings, file, message, "placing", line=line)


def _line_of(body: str, slug: str) -> int:
    for number, line in enumerate(body.split("\n"), 1):
        if line.strip().lstrip(":").split() == ["exercise", slug]:
            return number
    return 0


def _check_exercise(
    course: CourseSource, folder: Folder, findings: Findings, *, run: Run, known_skills: Collection[str]
) -> list[Prepared]:
    first, is_usable = _read_variant(folder, 0, findings, run)
    if first is None:
        return []
    _check_exercise_languages(course, first, findings)
    for skill in first.exercise.skills:
        if skill not in known_skills:
            file = f"{folder.name}/exercise.toml"
            _note(findings, file, f"There is no skill {skill!r}.", "no-skill", line=_key_line(folder, "skills"))
    if not is_usable:
        return []
    prepared = [first, *_other_variants(first, findings, run)]
    for variant in prepared:
        _prove(variant, findings, run)
    return prepared


def _read_variant(folder: Folder, seed: int, findings: Findings, run: Run) -> tuple[Prepared | None, bool]:
    """A variant, and whether answers can be graded with it. What is said of many variants is noted once."""
    found: list[Problem] = []
    variant = prepare_variant(folder, seed=seed, run=run, problems=found)
    findings.problems.extend(problem for problem in found if problem not in findings.problems)
    return variant, all(problem.level != "error" for problem in found)


def _key_line(folder: Folder, key: str) -> int:
    return toml_lines(folder.text("exercise.toml")).get(key, 0)


def _other_variants(first: Prepared, findings: Findings, run: Run) -> Iterator[Prepared]:
    """The variants after the first."""
    for seed in range(1, first.exercise.variants):
        variant, is_usable = _read_variant(first.folder, seed, findings, run)
        if variant is not None and is_usable:
            yield variant


def _check_exercise_languages(course: CourseSource, first: Prepared, findings: Findings) -> None:
    folder, texts = first.folder, first.exercise.texts
    source = texts.get(course.source_language)
    if source is None:
        _note(findings, folder.name, f"There is no exercise.{course.source_language}.md, the source.", "no-source")
        return
    source_file = folder.text(f"exercise.{course.source_language}.md")
    for language in LANGUAGES:
        file = f"{folder.name}/exercise.{language}.md"
        text = texts.get(language)
        if text is None:
            _missing_translation(course, findings, file, language)
            continue
        _check_exercise_links(findings, file, folder.text(f"exercise.{language}.md"))
        if language != course.source_language:
            stamp, _ = split_stamp(folder.text(f"exercise.{language}.md"))
            _check_stamp(findings, file, stamp, source_file)
            for block in sorted(source.block_names() ^ text.block_names()):
                side = "missing here" if block in source.block_names() else "not in the source"
                _note(findings, file, f"The block `::: {block}` is {side}.", "blocks")


def _prove(variant: Prepared, findings: Findings, run: Run) -> None:
    """The model answer is accepted; each wrong one is not, and gets what its author says."""
    exercise = variant.exercise
    seed = f" (variant {variant.seed})" if exercise.variants else ""
    if not is_marked(exercise.spec):
        _prove_model(variant, findings, run, seed)
    for wrong in exercise.wrong:
        _prove_wrong(variant, wrong.answer, wrong, findings, run, seed)


def _prove_model(variant: Prepared, findings: Findings, run: Run, seed: str) -> None:
    exercise, folder = variant.exercise, variant.folder
    file = f"{folder.name}/exercise.toml"
    model = KINDS[exercise.kind].model_answer(exercise.spec, exercise.solution)
    verdict = grade_answer(variant, model, run=run)
    findings.answers_run += 1
    if verdict.outcome is not Outcome.ACCEPTED:
        message = f"The model answer is not accepted{seed}: {verdict.outcome}. {_why(verdict)}"
        _note(findings, f"{folder.name}/solution.py" if exercise.solution else file, message, "solution")
    if exercise.kind == "python_code" and not exercise.wrong and not variant.seed:
        _note(
            findings,
            file,
            "There are no usual wrong answers (wrong/*.py): what do people get wrong?",
            "no-wrong",
            warning=True,
        )


def _prove_wrong(variant: Prepared, answer: Any, wrong: Any, findings: Findings, run: Run, seed: str) -> None:
    folder = variant.folder
    file = f"{folder.name}/{wrong.file}" if wrong.file else f"{folder.name}/exercise.toml"
    shown = wrong.file or repr(answer)
    verdict = grade_answer(variant, answer, run=run)
    findings.answers_run += 1
    said = [item.data["name"] for item in verdict.feedback if item.code == "author"]
    if verdict.outcome is Outcome.ACCEPTED:
        _note(findings, file, f"The wrong answer {shown} is accepted{seed}.", "wrong-accepted")
    elif wrong.outcome and verdict.outcome != wrong.outcome:
        message = f"The wrong answer {shown} should end as {wrong.outcome}{seed}, not {verdict.outcome}."
        _note(findings, file, message, "wrong-outcome")
    elif verdict.outcome is Outcome.INVALID and not wrong.outcome:
        _note(findings, file, f"The wrong answer {shown} could not be sent{seed}: {_why(verdict)}", "wrong-invalid")
    elif wrong.feedback and wrong.feedback not in said:
        message = (
            f"The wrong answer {shown} should get the feedback {wrong.feedback!r}{seed}, but got "
            f"{', '.join(said) or 'none'}. {verdict.outcome}: {_why(verdict)}"
        )
        _note(findings, file, message, "wrong-feedback")


def _why(verdict: Verdict) -> str:
    for item in verdict.feedback:
        if item.code == "error":
            return f"{item.data['type']} in line {item.data['line']}: {item.data['message']}"
        if item.code == "test" and not item.data["passed"]:
            expected, got = item.data.get("expected"), item.data.get("got")
            return (
                f"{item.data['name']}: expected {expected!r}, got {got!r}."
                if expected is not None
                else item.data["name"]
            )
        if item.code not in {"test", "author"}:
            return f"{item.code} {dict(item.data)}"
    return ""
