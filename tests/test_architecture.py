"""The laws of the house that import-linter cannot see. ARCHITECTURE.md says what they are for."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

ROOT = Path(__file__).resolve().parent.parent
TOWER = [
    "kit",
    "grading",
    "judging",
    "scoring",
    "web",
    "people",
    "skills",
    "catalog",
    "exchange",
    "queue",
    "submissions",
    "cards",
    "groups",
    "marking",
    "exams",
    "learning",
    "practice",
    "authoring",
    "teaching",
    "api",
    "front",
    "config",
]
ROOMS = [ROOT / "bilik" / name for name in TOWER] + [ROOT / "runner"]
SIGNALS = re.compile(r"^\s*(from django\.(db\.models|dispatch|core)\.?signals? import|@receiver)", re.MULTILINE)
LONG_FILE, LONG_FUNCTION = 400, 60
LONGEST_FILE, LONGEST_FUNCTION = 600, 90


def python_files() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted(room.rglob("*.py")):
            if not {"tests", "migrations", "node_modules", "abuse"} & set(path.parts):
                yield path


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "bilik").rglob("templates/**/*.html"))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "bilik").parts[0]


def test_foreign_keys_point_down_and_are_written_as_strings_across_rooms():
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("bilik."):
            continue
        own = TOWER.index(model._meta.app_label)
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | OneToOneField | ManyToManyField) and not field.auto_created:
                other = field.related_model._meta.app_label
                if other in TOWER and TOWER.index(other) > own:
                    wrong.append(f"{model.__name__}.{field.name} points up to {other}")
    assert wrong == []


@pytest.mark.parametrize("path", list(templates()), ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_use_only_the_design_system_and_their_own_room(path: Path):
    above_cards = TOWER.index(room_of(path)) > TOWER.index("cards") if room_of(path) in TOWER else False
    allowed = ("web/", f"{room_of(path)}/") + (("account/", "allauth/") if room_of(path) == "people" else ())
    allowed += ("cards/",) if above_cards else ()
    used = re.findall(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""", path.read_text(encoding="utf-8"))
    assert [name for name in used if not name.startswith(allowed)] == []


@pytest.mark.parametrize("path", list(templates()), ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_carry_no_inline_script_or_style(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text)


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: path.name)
def test_every_room_has_a_page_about_itself(room: Path):
    assert (room / "README.md").is_file()
    assert len((room / "README.md").read_text(encoding="utf-8")) > 200


def test_every_kind_of_exercise_is_a_folder_with_a_page_and_tests():
    from bilik.grading.kinds import KINDS

    folder = ROOT / "bilik" / "grading" / "checkers"
    kinds = {path.parent.name for path in folder.glob("*/checker.py")}
    assert kinds == set(KINDS)
    for kind in kinds:
        assert (folder / kind / "README.md").is_file(), kind
        assert list((folder / kind / "tests").glob("test_*.py")), kind


def test_every_importer_is_a_folder_with_a_page_and_tests():
    from bilik.exchange.importers import IMPORTERS

    folder = ROOT / "bilik" / "exchange" / "importers"
    assert {path.parent.name for path in folder.glob("*/reader.py")} == set(IMPORTERS)
    for name in IMPORTERS:
        assert (folder / name / "README.md").is_file(), name
        assert list((folder / name / "tests").glob("test_*.py")), name
        assert f"`{name}`" in (ROOT / "docs" / "imports.md").read_text(encoding="utf-8"), name


def test_every_exporter_is_a_folder_with_a_page_and_tests():
    from bilik.exchange.exporters import EXPORTERS

    folder = ROOT / "bilik" / "exchange" / "exporters"
    assert {path.parent.name for path in folder.glob("*/writer.py")} == set(EXPORTERS)
    for name in EXPORTERS:
        assert (folder / name / "README.md").is_file(), name
        assert list((folder / name / "tests").glob("test_*.py")), name
        assert f"`{name}`" in (ROOT / "docs" / "exports.md").read_text(encoding="utf-8"), name


def test_files_and_functions_stay_small():
    long, too_long = [], []
    for path in python_files():
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        lines = source.count("\n")
        long += [f"{name}: {lines} lines"] if lines > LONG_FILE else []
        too_long += [f"{name}: {lines} lines"] if lines > LONGEST_FILE else []
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                long += [f"{name}:{node.lineno} {node.name}: {size} lines"] if size > LONG_FUNCTION else []
                too_long += [f"{name}:{node.lineno} {node.name}: {size} lines"] if size > LONGEST_FUNCTION else []
    for each in long:
        warnings.warn(f"large: {each}", stacklevel=1)
    assert too_long == []


def test_verbs_take_keywords_only():
    wrong = []
    for path in [*ROOT.glob("bilik/*/actions.py"), *ROOT.glob("bilik/*/actions/*.py")]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and node.args.args and not _is_helper(path, node.name):
                wrong.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert wrong == []


def _is_helper(path: Path, name: str) -> bool:
    """Functions of an actions module that write nothing: registrations, handlers called by another room, values."""
    handlers = {"apply_submission", "rework_submission", "apply_review", "apply_level_check"}
    registrations = {"register_export", "register_eraser", "register_roster_handler", "register_sign_out"}
    return name in handlers | registrations | {"seed_of", "verdict_fields"}


def test_nobody_uses_signals_and_models_do_not_override_save():
    wrong = []
    for path in python_files():
        source = path.read_text(encoding="utf-8")
        if SIGNALS.search(source):
            wrong.append(f"{path.relative_to(ROOT)}: signals")
        if "models" in path.parts or path.name == "models.py":
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.FunctionDef) and node.name == "save":
                    wrong.append(f"{path.relative_to(ROOT)}: save()")
    assert wrong == []


def test_no_file_is_called_utils_or_helpers():
    bad = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
    assert [str(path) for path in python_files() if path.name in bad] == []


def test_the_settings_page_is_current():
    from bilik.config.environment import settings_page

    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_the_diagrams_of_states_are_current():
    from bilik.config.commands.documents import states_page

    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == states_page()


def test_no_secret_and_no_private_key_is_in_the_repository():
    pattern = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|xox[bp]-")
    found = [
        str(path.relative_to(ROOT))
        for path in [*ROOT.glob("*"), *ROOT.glob("bilik/**/*"), *ROOT.glob("docs/**/*")]
        if path.is_file() and path.suffix in {".py", ".md", ".toml", ".txt", ".json", ".html"}
        if pattern.search(path.read_text(encoding="utf-8", errors="ignore")) and path != Path(__file__)
    ]
    assert found == []


def test_locks_name_no_package_index():
    for path in [*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json"]:
        text = path.read_text(encoding="utf-8")
        assert "http" not in re.sub(r'"url": "https?://[^"]*"', "", text), path.name
