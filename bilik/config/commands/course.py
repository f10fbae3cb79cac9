"""`bilik course …`: courses as files. Only import, export and statistics need the database."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import typer

from bilik.catalog.source.check import check_course
from bilik.catalog.source.course import CourseSource, read_course
from bilik.catalog.source.findings import Findings
from bilik.catalog.source.fingerprints import stamp_course
from bilik.config.commands import screen
from bilik.config.commands.converting import convert
from bilik.config.commands.exporting import export_to
from bilik.config.commands.start import django_ready
from bilik.grading.problems import Problem
from bilik.skills.vocabulary import read_vocabulary
from runner.faults import PlatformFault
from runner.host import Pool

app = typer.Typer(no_args_is_help=True, help="Courses as files: make, take over, check, publish, write back.")
app.command()(convert)
app.command("export-to")(export_to)
CoursePath = Annotated[
    Path, typer.Argument(help="The course's folder.", exists=True, file_okay=False, resolve_path=True)
]


def proven_course(path: Path, *, quiet: bool) -> tuple[CourseSource | None, Findings]:
    """Reads and checks a course, with a progress bar over its exercises."""
    problems: list[Problem] = []
    course = read_course(path, problems=problems)
    if course is None:
        return None, Findings(problems)
    try:
        with (
            Pool() as pool,
            ThreadPoolExecutor(pool.size) as threads,
            screen.progress("Checking", len(course.exercises), quiet=quiet) as tick,
        ):
            findings = check_course(
                course,
                run=pool.run,
                known_skills=read_vocabulary().keys(),
                problems=problems,
                progress=tick,
                each=threads.map,
            )
    except PlatformFault as fault:
        screen.stop(f"The sandbox could not run: {fault}", advice="`bilik doctor` says what is missing.", code=3)
    return course, findings


@app.command()
def check(
    path: CoursePath, as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False
) -> None:
    """Prove a course: solutions pass, usual mistakes fail and are told so, links exist, languages are complete."""
    course, findings = proven_course(path, quiet=as_json)
    if as_json:
        screen.print_json(findings.to_json(course))
    else:
        _print(findings, course)
    if findings.errors:
        raise typer.Exit(1)


def _print(findings: Findings, course: CourseSource | None) -> None:
    for problem in findings.problems:
        screen.out.print(str(problem), markup=False, soft_wrap=True)
    numbers = findings.to_json(course)
    warnings = len(findings.problems) - len(findings.errors)
    sign = "[red]✗[/red]" if findings.errors else "[green]✓[/green]"
    screen.out.print(
        f"{sign} {numbers['course']}: {numbers['lessons']} lessons, {numbers['exercises']} exercises, "
        f"{findings.answers_run} answers graded; {len(findings.errors)} errors, {warnings} warnings; "
        f"{len(findings.untranslated)} files untranslated, {len(findings.stale)} stale"
    )


@app.command()
def stamp(
    path: CoursePath,
    language: Annotated[list[str] | None, typer.Option(help="Only this language; may be given again.")] = None,
) -> None:
    """Mark translations as made from the present source. Do it after reading both."""
    problems: list[Problem] = []
    course = read_course(path, problems=problems)
    if course is None:
        screen.stop(str(problems[0]))
    changed = stamp_course(path, source_language=course.source_language, languages=set(language or ()) or None)
    screen.out.print(f"{len(changed)} files stamped.")


@app.command()
def new(path: Annotated[Path, typer.Argument(help="A folder that does not exist yet.", resolve_path=True)]) -> None:
    """Write a small, commented course to start from."""
    if path.exists():
        screen.stop(f"{path} is there already.", advice="Name a folder that does not exist yet.")
    skeleton = Path(__file__).resolve().parents[2] / "catalog" / "source" / "skeleton"
    shutil.copytree(skeleton, path)
    manifest = path / "course.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("my-course", path.name.lower()), encoding="utf-8")
    screen.out.print(
        f"Written. Next: edit {os.path.relpath(manifest)}, then run: bilik course check {os.path.relpath(path)}"
    )


@app.command("import")
def import_(path: CoursePath) -> None:
    """Read, check and publish a course. Nothing is written when it has errors."""
    django_ready()
    from bilik.catalog.actions import publish_course
    from bilik.kit.clock import utc_now
    from bilik.kit.errors import Refusal

    course, findings = proven_course(path, quiet=False)
    if course is None or findings.errors:
        _print(findings, course)
        screen.stop("The course has errors, so nothing was published.", advice="Mend them and import again.")
    try:
        version, is_new = publish_course(course=course, findings=findings, by=None, now=utc_now())
    except Refusal as refusal:
        screen.stop(str(refusal))
    what = "published" if is_new else "is published already, unchanged"
    screen.out.print(f"[green]✓[/green] {course.slug} version {version.number} {what}.")


@app.command()
def export(
    course_id: Annotated[str, typer.Argument(help="The id in course.toml.")],
    path: Annotated[Path, typer.Argument(help="A folder that does not exist yet.", resolve_path=True)],
) -> None:
    """Write a published course back as files, exactly as they were read."""
    django_ready()
    from bilik.catalog.errors import NoSuchCourse
    from bilik.catalog.queries import files_of

    if path.exists():
        screen.stop(f"{path} is there already.", advice="Name a folder that does not exist yet.")
    try:
        files = files_of(course_id)
    except NoSuchCourse:
        screen.stop(f"There is no published course {course_id!r}.", advice="`bilik course import` publishes one.")
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    screen.out.print(f"[green]✓[/green] {len(files)} files written.")


@app.command()
def preview(
    path: CoursePath,
    port: Annotated[int, typer.Option(help="Port to listen on, at a loopback address only.")] = 8001,
) -> None:
    """Show a course folder in the browser as learners would see it, with check results; reloads when files change."""
    import tempfile
    import threading
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bilik.config.settings")
    # The settings want a place of their own, and a preview keeps nothing.
    os.environ["BILIK_DATA"] = tempfile.mkdtemp(prefix="bilik-preview-")
    from bilik.config.commands.messages import compile_all

    compile_all()
    with Pool() as pool:
        application, check = _preview_application(path, pool)
        stop = threading.Event()
        threading.Thread(target=check.follow, args=(stop,), daemon=True).start()

        class Quiet(WSGIRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the page asks every two seconds."""

        with make_server("127.0.0.1", port, application, handler_class=Quiet) as server:
            screen.err.print(f"[green]✓[/green] http://127.0.0.1:{server.server_port}  (stop with Ctrl+C)")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                stop.set()
    shutil.rmtree(os.environ["BILIK_DATA"], ignore_errors=True)


def _preview_application(path: Path, pool: Pool) -> tuple[Any, Any]:
    """Django with the pages of one folder and nothing that needs a database; and the check of that folder."""
    django_ready()
    from django.conf import settings

    settings.MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "bilik.web.middleware.content_security_policy",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ]
    settings.CSRF_COOKIE_NAME = "bilik-preview"
    settings.SECURE_SSL_REDIRECT = False
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    from bilik.authoring.folder_preview import FolderCheck, urlpatterns
    from bilik.authoring.sources import FolderSource

    check = FolderCheck(FolderSource(path, pool.run), read_vocabulary().keys())
    settings.ROOT_URLCONF = urlpatterns(check)
    return StaticFilesHandler(get_wsgi_application()), check


@app.command()
def statistics(course_id: Annotated[str, typer.Argument(help="The id in course.toml.")]) -> None:
    """Work out the figures on a published course's tasks anew, for the authors' desk. For courses with many answers."""
    django_ready()
    from bilik.authoring.figuring import refresh
    from bilik.catalog.errors import NoSuchCourse
    from bilik.catalog.queries import published_course
    from bilik.kit.clock import utc_now

    try:
        course = published_course(course_id)
    except NoSuchCourse:
        screen.stop(f"There is no published course {course_id!r}.", advice="`bilik course import` publishes one.")
    kept = refresh(by=None, now=utc_now(), course=course, most=2**62)
    screen.out.print(f"[green]✓[/green] {kept.figures['answers']} answers of {kept.figures['people']} people.")
