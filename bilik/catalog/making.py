"""From files to what is stored: digests, and the pages of tasks and lessons rendered once, at publishing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from bilik.catalog.source.course import CourseSource, LessonSource
from bilik.catalog.source.digests import digest_of
from bilik.catalog.source.exams import ExamSource
from bilik.catalog.source.prose import colour_code, render, render_inline, render_parts, render_places
from bilik.grading.exercise import Folder
from bilik.grading.folder import Prepared
from bilik.grading.kinds import KINDS, known_blocks
from bilik.grading.pictures import is_picture
from bilik.grading.text import ExerciseText

PICTURES = "/courses/files/"


def task_digest(folder: Folder, kind: str) -> str:
    """One digest for an exercise's files and for the checker that grades it."""
    texts = [[name, digest_of(text.encode())] for name, text in sorted(folder.files.items())]
    data = [[name, digest_of(content)] for name, content in sorted(folder.data.items())]
    pictures = [[name, digest_of(content)] for name, content in sorted(folder.pictures.items())]
    parts = [kind, KINDS[kind].VERSION, texts, data, *([pictures] if pictures else [])]
    return digest_of(json.dumps(parts).encode())


def picture_addresses(course: CourseSource, lesson: LessonSource, *, under: str = PICTURES) -> dict[str, str]:
    """The address of each picture of a lesson, by the name that its texts use; `under` is where they are given out."""
    start = f"lessons/{lesson.slug}/"
    return {
        path.removeprefix(start): _address(content, path, under)
        for path, content in course.files.items()
        if path.startswith(start) and is_picture(path)
    }


def _address(content: bytes, path: str, under: str) -> str:
    return f"{under}{digest_of(content)}/{path.rpartition('/')[2]}"


def lesson_bodies(course: CourseSource, lesson: LessonSource) -> dict[str, list[dict[str, str]]]:
    """The pieces of a lesson by language, ready to show."""
    pictures = picture_addresses(course, lesson)
    return {
        language: [part.to_json() for part in render_parts(body, language=language, pictures=pictures)]
        for language, body in lesson.bodies.items()
    }


def exam_bodies(exam: ExamSource) -> dict[str, str]:
    """What is read before an exam begins, by language, as HTML."""
    return {language: render(body, language=language) for language, body in exam.bodies.items()}


def variant_page(variant: Prepared, *, pictures: str = PICTURES) -> dict[str, Any]:
    """What may be shown of a variant, before and after it is solved. The key is not in it. `pictures` is the address
    under which its pictures are given out.
    """
    exercise = variant.exercise
    controls = [dict(control) for control in KINDS[exercise.kind].controls(exercise.spec)]
    for control in controls:
        if control["control"] == "program":
            control["html"] = colour_code(control["code"], "python")
        if "picture" in control:
            name = control["picture"]
            control["address"] = _address(variant.folder.pictures[name], name, pictures)
    return {
        "controls": controls,
        "starter": exercise.starter,
        "texts": {language: _words(variant, text, language) for language, text in exercise.texts.items()},
        "solution": _solution(variant),
    }


def _words(variant: Prepared, text: ExerciseText, language: str) -> Mapping[str, Any]:
    return {
        "title": text.title,
        "task": render(text.task, language=language),
        "hints": [render(hint, language=language) for hint in text.hints],
        "feedback": {name: render(body, language=language) for name, body in text.feedback.items()},
        "explanation": render(text.explanation, language=language) if text.explanation else "",
        **_blocks(variant, text, language),
    }


def _blocks(variant: Prepared, text: ExerciseText, language: str) -> dict[str, dict[str, Any]]:
    """The blocks of the kind, each as its kind shows it; the words of choices by the choice's name."""
    exercise, known = variant.exercise, known_blocks()
    choices: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, places in KINDS[exercise.kind].blocks(exercise.spec).items():
        word, _, names = name.partition(" ")
        body = text.blocks.get(name, "")
        made = _shown(body, known[word].shown, language, places)
        if word == "choice":
            choices[names] = made
        else:
            others[name] = made
    return {"choices": choices, "blocks": others}


def _shown(body: str, shown: str, language: str, places: Collection[str]) -> Any:
    if shown == "plain":
        return body
    if shown == "places":
        return render_places(body, places, language=language)
    return render_inline(body, language=language) if shown == "inline" else render(body, language=language)


def _solution(variant: Prepared) -> dict[str, Any]:
    """The model answer for showing once the policy allows it."""
    exercise = variant.exercise
    model = KINDS[exercise.kind].model_answer(exercise.spec, exercise.solution)
    shown: dict[str, Any] = {"answer": model}
    languages = [
        control["language"] for control in KINDS[exercise.kind].controls(exercise.spec) if "language" in control
    ]
    if languages:
        parts = model.values() if isinstance(model, Mapping) else [model]
        shown["html"] = "".join(colour_code(str(part), languages[0]) for part in parts)
    elif "\n" in str(model):
        shown["html"] = colour_code(str(model), "text")
    return shown
