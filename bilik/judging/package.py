"""Reading a whole package: everything that is wrong with it at once, and the package only when nothing is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bilik.judging.comparing import BadFlags, flags_of
from bilik.judging.examples import read_submissions
from bilik.judging.files import entries, plain_files
from bilik.judging.metadata import Metadata, read_metadata
from bilik.judging.model import Package, Program, Version
from bilik.judging.problems import Notes
from bilik.judging.reading import read_yaml
from bilik.judging.testdata import DataReader

_STATEMENT = re.compile(r"problem(?:\.([a-z]{2,3}(?:-[A-Z]{2})?))?\.(tex|md|pdf)")
_NOT_RUN = (".ctd", ".viva")


def read_package(root: Path, notes: Notes, name: str = "") -> Package | None:
    """The package in a folder. None when anything is wrong or asked for that cannot be honoured; notes say what."""
    if not (root / "problem.yaml").is_file():
        notes.error("problem.yaml", "missing", "There is no problem.yaml; this is no problem package.")
        return None
    metadata = read_metadata(read_yaml(root / "problem.yaml", "problem.yaml", notes), notes)
    if metadata is None:
        return None
    legacy = metadata.version is Version.LEGACY
    if list(entries(root / "static_validator")):
        notes.error("static_validator", "static", "Static validators are not run here, so this cannot be judged.")
    if list(entries(root / "graders")):
        notes.error("graders", "grader", "Graders of one's own are not run here; use the default grader.")
    if "submit-answer" in metadata.types and metadata.constants:
        notes.warning("problem.yaml", "constants", "Constants are not put into answers that are handed in.")
    data = DataReader(root, metadata, notes)
    package = Package(
        name=name or root.name,
        version=metadata.version,
        names=metadata.names,
        statements=_statements(root, metadata, notes),
        limits=metadata.limits,
        scoring="scoring" in metadata.types,
        interactive="interactive" in metadata.types,
        multi_pass="multi-pass" in metadata.types,
        submit_answer="submit-answer" in metadata.types,
        minimize=metadata.minimize,
        languages=metadata.languages,
        allow_file_writing=metadata.allow_file_writing,
        constants=metadata.constants,
        sample=data.sample(),
        secret=data.secret(),
        root_rules=data.root_rules(),
        invalid_input=data.beside("invalid_input", ()) + data.beside("invalid_inputs", ()),
        invalid_output=data.beside("invalid_output", (".ans", ".out")),
        valid_output=data.beside("valid_output", (".ans", ".out")),
        output_validator=_output_validator(root, metadata, notes),
        input_validators=_input_validators(root, notes),
        includes={folder.name: plain_files(folder) for folder in entries(root / "include") if folder.is_dir()},
        submissions=read_submissions(root, metadata, notes),
    )
    _check_together(package, legacy, notes)
    return None if notes.failed else package


def _statements(root: Path, metadata: Metadata, notes: Notes) -> dict[str, Path]:
    folder = "problem_statement" if metadata.version is Version.LEGACY else "statement"
    if metadata.version is Version.DRAFT and not (root / folder).is_dir():
        folder = "problem_statement"
    found: dict[str, Path] = {}
    for entry in entries(root / folder):
        match = _STATEMENT.fullmatch(entry.name)
        if match is None:
            continue
        language = match[1] or "en"
        if language in found:
            notes.error(f"{folder}/{entry.name}", "statement", f"There are two statements in {language!r}; keep one.")
        found[language] = entry
    if not found:
        notes.error(folder, "missing", "There is no statement; add problem.en.md or the like.")
    for language in found:
        if metadata.version is Version.CURRENT and language not in metadata.names:
            notes.error("problem.yaml", "missing", f"`name.{language}` is missing, and there is a statement in it.")
    return found


def _programs(folder: Path, root: Path, notes: Notes) -> list[Program]:
    found: list[Program] = []
    for entry in entries(folder):
        if entry.suffix in _NOT_RUN:
            notes.warning(
                str(entry.relative_to(root)), "not-run", "Checktestdata and VIVA are not run here; it is left out."
            )
            continue
        if entry.is_file() and (entry.suffix in (".h", ".hpp", ".md", ".txt") or entry.name == "README"):
            continue
        files = plain_files(entry) if entry.is_dir() else {entry.name: entry}
        script = entry.is_dir() and ("build" in files or "run" in files)
        found.append(Program(entry.name, files, script=script))
    return found


def _input_validators(root: Path, notes: Notes) -> tuple[Program, ...]:
    found: list[Program] = []
    for name in ("input_validators", "input_format_validators"):
        found += _programs(root / name, root, notes)
    if not found:
        notes.error(
            "input_validators",
            "missing",
            "There is no input validator that can be run; write one in Python that exits with 42 for right input.",
        )
    return tuple(found)


def _output_validator(root: Path, metadata: Metadata, notes: Notes) -> Program | None:
    legacy = metadata.version is Version.LEGACY
    programs: list[Program] = []
    if not legacy and (root / "output_validator").is_dir():
        inside = entries(root / "output_validator")
        alone = len(inside) == 1 and inside[0].is_dir()
        folder = inside[0] if alone else root / "output_validator"
        files = plain_files(folder)
        programs = [Program("output_validator", files, script="build" in files or "run" in files)] if files else []
    elif legacy or metadata.version is Version.DRAFT:
        programs = _programs(root / "output_validators", root, notes)
    needed = metadata.custom if legacy else bool({"interactive", "multi-pass"} & metadata.types)
    where = "output_validators" if legacy else "output_validator"
    if needed and not programs:
        notes.error(where, "missing", "The problem needs an output validator of its own; add the program.")
    if len(programs) > 1:
        names = ", ".join(program.name for program in programs)
        notes.error(where, "several", f"Several output validators ({names}) are not run here; keep one.")
    if legacy and not metadata.custom:
        if programs:
            notes.warning(where, "unused", "`validation` is `default`, so this output validator is not used.")
        return None
    return programs[0] if programs else None


def _check_together(package: Package, legacy: bool, notes: Notes) -> None:
    if package.output_validator is None:
        for case in package.all_cases():
            try:
                flags_of(case.output_validator_args)
            except BadFlags as error:
                notes.error(f"data/{case.name}.in", "flags", f"The default output validator: {error}")
                break
    if not legacy and package.interactive and (package.invalid_output or package.valid_output):
        notes.error(
            "data/valid_output", "interactive", "Interactive problems have no outputs to try; remove the files."
        )
    _check_includes(package.includes, notes)


def _check_includes(includes: Mapping[str, Mapping[str, Path]], notes: Notes) -> None:
    for name, files in includes.items():
        if not files:
            notes.error(f"include/{name}", "empty", "The folder is empty; remove it.")
