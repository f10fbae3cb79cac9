"""What goes out is opened in a real browser: pages from a folder, and packages in a small learning system."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from bilik.catalog.source.course import read_course
from bilik.exchange.export import Exported, export_course
from bilik.exchange.exporting import ExportWishes
from bilik.exchange.tests.sending import KINDS, course_of, exercise_files
from runner.host import Pool
from tests.journeys.conftest import DESKTOP, PHONE, nothing_is_wider_than_the_screen, violations
from tests.journeys.judged import corpus
from tests.journeys.learning_system import served

pytestmark = [pytest.mark.browser, pytest.mark.sandbox]
ROOT = Path(__file__).resolve().parents[2]
SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(size=1) as pool:
        yield pool


def sent(name: str, format: str, pool: Pool, **wishes: str) -> Exported:
    course = read_course(ROOT / "courses" / name, problems=[])
    assert course is not None
    return export_course(course, format=format, wishes=ExportWishes(**wishes), run=pool.run)


def laid(made: Exported, folder: Path) -> Path:
    for name, content in made.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def look(page: Page) -> None:
    assert violations(page) == []
    assert nothing_is_wider_than_the_screen(page)


@pytest.mark.parametrize("size", SIZES)
def test_pages_open_from_a_folder_without_a_server(browser: Browser, pool: Pool, tmp_path: Path, size: str) -> None:
    folder = laid(sent("ai-for-managers", "html", pool), tmp_path)
    errors: list[str] = []
    page = browser.new_context(**SIZES[size]).new_page()
    # axe reads style sheets by requests of its own, which a browser refuses for files.
    page.on("requestfailed", lambda request: None if request.resource_type == "xhr" else errors.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"file://{folder}/index.html")
    look(page)
    page.click("text=Azərbaycanca >> xpath=.. >> a")
    look(page)
    page.click("main ol a >> nth=2")
    for summary in page.query_selector_all("summary"):
        summary.click()
    look(page)
    page.click("a[hreflang=en]")
    look(page)
    assert page.get_attribute("html", "lang") == "en"
    page.click("nav.steps a:last-child")
    look(page)
    assert errors == []


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What a page complains of; a journey without complaints leaves it empty."""
    found: list[str] = []
    yield found
    assert found == []


def opened(browser: Browser, size: str, problems: list[str]) -> Page:
    page = browser.new_context(**SIZES[size]).new_page()
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    return page


def launched(page: Page, address: str, lesson: str) -> FrameLocator:
    page.goto(address)
    page.evaluate("address => launch(address)", f"/package/lessons/{lesson}.html")
    frame = page.frame_locator("#lesson")
    expect(frame.locator("#end")).to_be_attached()
    page.wait_for_function("() => calls.length > 2")
    return frame


def kinds_course(pool: Pool, tmp_path: Path) -> Exported:
    """A course with one exercise of each kind."""
    files = {name: text for kind in KINDS for name, text in exercise_files(kind.replace("_", "-"), kind).items()}
    wishes = ExportWishes(site="https://academy.example.org")
    return export_course(course_of(files, tmp_path), format="scorm", wishes=wishes, run=pool.run)


def answer_all(page: Page, frame: FrameLocator) -> None:
    """Answers everything right, each kind by its own fields, and by keyboard where that is another way."""

    def task(name: str) -> Locator:
        return frame.locator(f"#{name}")

    def check(name: str) -> None:
        task(name).get_by_role("button", name="Check").click()
        expect(task(name).locator(".verdict")).to_have_class("verdict accepted")

    task("single-choice").get_by_label("again").check()
    check("single-choice")
    for words in ("for", "while"):
        task("multiple-choice").get_by_label(words, exact=True).check()
    check("multiple-choice")
    task("numeric").get_by_label("Your number").fill("12,4")
    check("numeric")
    task("short-text").get_by_label("Your answer").fill("WHILE~#")
    check("short-text")
    task("matching").get_by_label("for").select_option("y")
    task("matching").get_by_label("if").select_option("x")
    check("matching")
    arrange(task("ordering"), ["Wake", "Eat", "Go"])
    check("ordering")
    task("fill-blanks").get_by_label("Blank 1").fill("For")
    task("fill-blanks").get_by_label("Blank 2").select_option(":")
    task("fill-blanks").get_by_label("Blank 3").fill("3")
    check("fill-blanks")
    stage = task("hot-spot").locator(".stage")
    stage.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Enter")
    check("hot-spot")
    arrange(task("parsons"), ["for x in y:", "print(x)", "print(0)"])
    task("parsons").get_by_role("button", name="One step to the right: print(x)").click()
    check("parsons")
    task("predict-output").get_by_label("What does it print?").fill("1\ntwo")
    check("predict-output")


def arrange(task: Locator, wanted: list[str]) -> None:
    for place in range(len(wanted) - 1, -1, -1):
        while True:
            here = [text.strip() for text in task.locator("[data-arrange] .words").all_inner_texts()]
            if here.index(wanted[place]) >= place:
                break
            task.get_by_role("button", name=f"Down: {wanted[place]}", exact=True).press("Enter")


@pytest.mark.parametrize("size", SIZES)
def test_a_package_reports_every_answer_and_goes_on_where_it_was_left(
    browser: Browser, pool: Pool, tmp_path: Path, size: str, problems: list[str]
) -> None:
    made = kinds_course(pool, tmp_path)
    page = opened(browser, size, problems)
    with served(made.files) as address:
        frame = launched(page, address, "01-again")
        assert page.evaluate("() => store['cmi.core.lesson_status']") == "incomplete"
        numeric = frame.locator("#numeric")
        numeric.get_by_role("button", name="Check").click()
        expect(numeric.locator(".verdict")).to_contain_text("There is no answer yet")
        assert page.evaluate("() => rows") == []
        numeric.get_by_label("Your number").fill("8")
        numeric.get_by_role("button", name="Check").click()
        expect(numeric.locator(".verdict")).to_contain_text("More.")
        blanks = frame.locator("#fill-blanks")
        blanks.get_by_label("Blank 1").fill("for")
        blanks.get_by_role("button", name="Check").click()
        expect(blanks.locator("[aria-invalid=true]")).to_have_count(2)
        answer_all(page, frame)
        expect(blanks.locator("[aria-invalid=true]")).to_have_count(0)
        expect(frame.locator("#sum")).to_have_text("Points: 20 of 20")
        told = page.evaluate("() => ({ store, rows, wrongs })")
        assert told["wrongs"] == []
        assert told["store"]["cmi.core.lesson_status"] == "completed"
        assert told["store"]["cmi.core.score.raw"] == "100"
        types = [(row["type"], row["result"], row["student_response"]) for row in told["rows"]]
        assert types.pop(1) == ("fill-in", "0.33", "verb=for; mark=; count=")
        assert types[:6] == [
            ("numeric", "wrong", "8"), ("choice", "correct", "b"), ("choice", "correct", "a,b"),
            ("numeric", "correct", "12.4"), ("fill-in", "correct", "WHILE~#"), ("matching", "correct", "a.b,b.a"),
        ]  # fmt: skip
        assert ("sequencing", "correct", "a,b,c") in types
        page.evaluate("() => launch('about:blank')")
        page.wait_for_function("() => calls[calls.length - 1][0] === 'Finish'")
        assert page.evaluate("() => [store['cmi.core.exit'], wrongs.length]") == ["suspend", 0]
        page.evaluate("() => { calls.length = 0; launch('/package/lessons/01-again.html') }")
        expect(frame.locator("#sum")).to_have_text("Points: 20 of 20")
        expect(frame.locator("#matching .verdict")).to_have_class("verdict accepted")
        expect(frame.locator("#parsons .words").first).to_have_text("for x in y:")
        assert page.evaluate("() => wrongs") == []


@pytest.mark.parametrize("size", SIZES)
def test_a_package_is_accessible_and_says_what_it_cannot_do(
    browser: Browser, pool: Pool, tmp_path: Path, size: str, problems: list[str]
) -> None:
    made = kinds_course(pool, tmp_path)
    page = opened(browser, size, problems)
    with served(made.files) as address:
        page.goto(f"{address}/package/lessons/01-again.html")
        expect(page.locator("#system")).to_contain_text("nothing is kept or reported")
        expect(page.locator("footer")).to_contain_text("can read what is right")
        look(page)
        link = page.locator("#python-code").get_by_role("link", name="Do this task in the academy")
        assert link.get_attribute("href") == "https://academy.example.org/learn/loops/01-again/python-code/"
        page.locator("#hot-spot").get_by_role("button", name="Choose cells instead").click()
        for task in page.locator("form").all():
            task.get_by_role("button", name="Check").click()
        look(page)


def test_real_lessons_play_in_their_language(browser: Browser, pool: Pool, problems: list[str]) -> None:
    made = sent("ai-for-managers", "scorm", pool, language="az")
    page = opened(browser, "phone", problems)
    with served(made.files) as address:
        for name in sorted(made.files):
            if name.startswith("lessons/"):
                page.goto(f"{address}/package/{name}")
                assert page.get_attribute("html", "lang") == "az"
                look(page)


JUDGED = """cases => cases.map(({ key, fields }) => {
  try { return Bilik.judge(key, fields) } catch (error) { return { broken: String(error) } }
})"""


def test_the_judge_in_the_package_says_what_our_checkers_say(browser: Browser, pool: Pool, capsys) -> None:
    cases = corpus(pool.run)
    page = browser.new_page()
    for name in ("text.js", "judge.js"):
        page.add_script_tag(path=str(ROOT / "bilik" / "exchange" / "exporters" / "scorm" / "static" / name))
    said = page.evaluate(JUDGED, [{"key": case.key, "fields": case.fields} for case in cases])
    differing = [(case.name, case.fields, mine, case.verdict) for case, mine in zip(cases, said, strict=True)
                 if mine != case.verdict]  # fmt: skip
    kinds = Counter(case.key["kind"] for case in cases)
    with capsys.disabled():
        print(f"\nSame verdict in packages: {len(cases)} answers compared, {len(differing)} differ; {dict(kinds)}")
    assert differing == []
    assert set(kinds) == {kind for kind in KINDS if kind not in ("free_text", "python_code")}
    assert {case.verdict["outcome"] for case in cases} == {"accepted", "partial", "wrong", "invalid"}
