"""IMS QTI 3.0: a content package with an item for each exercise and each text, and a test that puts them in order."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from fractions import Fraction

from bilik.exchange.exporters.qti.items import SCHEMA, SPACE, Parts, attribute, blocks, decimal, identifier, item_xml
from bilik.exchange.exporters.qti.kinds import parts_of
from bilik.exchange.exporting import Exporting, Files, LessonOut, Task, became
from bilik.exchange.pages import Pictures, title_in
from bilik.exchange.showing import Shown

TITLE = "IMS QTI 3.0"
ENDING = "-qti.zip"
_PACKAGING = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_PACKAGING_SCHEMA = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd"


@dataclass
class _Package:
    """The package as it grows. `weights` are points by what an item's own score reaches, by the item's name."""

    exporting: Exporting
    files: Files = field(default_factory=dict)
    pictures: Pictures = field(default_factory=lambda: Pictures("../"))
    used: dict[str, set[str]] = field(default_factory=dict)
    weights: dict[str, Fraction] = field(default_factory=dict)
    sections: list[tuple[str, list[str]]] = field(default_factory=list)

    def add(self, name: str, title: str, language: str, parts: Parts) -> str:
        """An item; returns its path."""
        path = f"items/{name}.xml"
        content = item_xml(name, title, language, parts)
        self.files[path] = content
        self.used[name] = {picture for picture in self.pictures.files if f"../{picture}".encode() in content}
        return path


def write(exporting: Exporting) -> Files:
    """The manifest, the test, the items and their pictures."""
    package = _Package(exporting)
    for lesson in exporting.lessons:
        package.sections.append((lesson.name, _lesson(package, lesson)))
    if not package.files:
        return {}
    exporting.report.say(exporting.note("qti_general"))
    package.files["assessment.xml"] = _test(package).encode()
    package.files |= {name: package.pictures.files[name] for names in package.used.values() for name in names}
    package.files["imsmanifest.xml"] = _manifest(package).encode()
    return package.files


def _lesson(package: _Package, lesson: LessonOut) -> list[str]:
    """The names of a lesson's items in order: its texts and its exercises."""
    exporting, names, texts = package.exporting, list[str](), 0
    language = exporting.language
    title = title_in(lesson.source.titles, language)
    _, code = exporting.body_of(lesson, language)
    addresses = package.pictures.of_lesson(exporting, lesson, language)
    for part in exporting.parts_of(lesson, language, addresses):
        if isinstance(part, Task):
            names.append(part.slug)
            became(part.item, _task(package, part))
            continue
        texts += 1
        name = f"{lesson.name}-text-{texts}"
        heading = title if texts == 1 else f"{title} ({texts})"
        became(lesson.item, package.add(name, heading, code, Parts(blocks(part.html))))
        names.append(name)
    return names


def _task(package: _Package, task: Task) -> str:
    text, code = package.exporting.text_of(task, package.exporting.language)
    parts = parts_of(package.exporting, Shown(task, text, code, package.pictures.of_task))
    package.weights[task.slug] = Fraction(task.exercise.points) / parts.most
    return package.add(task.slug, text.title, code, parts)


def _test(package: _Package) -> str:
    exporting = package.exporting
    sections = []
    for lesson, (name, names) in zip(exporting.lessons, package.sections, strict=True):
        rows = "".join(_reference(package, item) for item in names)
        title = attribute(title_in(lesson.source.titles, exporting.language))
        sections.append(
            f'<qti-assessment-section identifier="{identifier(name)}" title="{title}" visible="true">{rows}'
            "</qti-assessment-section>\n"
        ) if names else None
    title = attribute(title_in(exporting.course.titles, exporting.language))
    total = '<qti-test-variables variable-identifier="SCORE" weight-identifier="POINTS"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<qti-assessment-test xmlns="{SPACE}" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{SCHEMA}" '
        f'identifier="{identifier(exporting.course.slug)}" title="{title}">\n'
        '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>\n'
        '<qti-test-part identifier="all" navigation-mode="nonlinear" submission-mode="individual">\n'
        f"{''.join(sections)}</qti-test-part>\n"
        f'<qti-outcome-processing><qti-set-outcome-value identifier="SCORE"><qti-sum>{total}</qti-sum>'
        "</qti-set-outcome-value></qti-outcome-processing>\n</qti-assessment-test>\n"
    )


def _reference(package: _Package, name: str) -> str:
    start = f'<qti-assessment-item-ref identifier="{identifier(name)}" href="items/{name}.xml"'
    if name not in package.weights:
        return f'{start} category="dep-informational"/>\n'
    weight = f'<qti-weight identifier="POINTS" value="{decimal(package.weights[name])}"/>'
    return f"{start}>{weight}</qti-assessment-item-ref>\n"


def _manifest(package: _Package) -> str:
    names = [name for _, names in package.sections for name in names]
    items = "".join(_resource(name, sorted(package.used[name])) for name in names)
    needed = "".join(f'<dependency identifierref="r-{name}"/>' for name in names)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="{_PACKAGING}" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{_PACKAGING} {_PACKAGING_SCHEMA}" '
        f'identifier="{identifier(package.exporting.course.slug)}">\n'
        "<metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n<organizations/>\n"
        '<resources>\n<resource identifier="r-test" type="imsqti_test_xmlv3p0" href="assessment.xml">'
        f'<file href="assessment.xml"/>{needed}</resource>\n{items}</resources>\n</manifest>\n'
    )


def _resource(name: str, pictures: list[str]) -> str:
    href = posixpath.join("items", f"{name}.xml")
    files = "".join(f'<file href="{attribute(path)}"/>' for path in [href, *pictures])
    return f'<resource identifier="r-{name}" type="imsqti_item_xmlv3p0" href="{href}">{files}</resource>\n'
