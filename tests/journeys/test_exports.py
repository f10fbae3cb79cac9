"""What goes out is opened in a real browser: pages from a folder, and packages in a small learning system."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bilik.catalog.source.course import read_course
from bilik.exchange.export import Exported, export_course
from bilik.exchange.exporting import ExportWishes
from runner.host import Pool
from tests.journeys.conftest import DESKTOP, PHONE, nothing_is_wider_than_the_screen, violations

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
