"""Do a browser and the sandbox say the same? All programs of all courses and the hostile ones. Needs Chromium."""

from __future__ import annotations

import sys

from academy import copied
from measure import Options, Table, main
from serving import ROOT, all_cores
from weights import FLAGS, browser_path

from runner.host import Pool

sys.path.insert(0, str(ROOT))
from tests.journeys.agreement import compare, corpus


def run(options: Options) -> list[Table]:
    """Asks both about every program; nothing is timed."""
    from playwright.sync_api import sync_playwright

    cases = corpus()[:: options.count(1, 60)]
    table = Table(
        "The same verdict in a browser and in the sandbox",
        ("programs compared", "differ", "differ in words alone", "only the sandbox can judge", "libraries not there"),
    )
    pool = Pool(library_path=str(ROOT / ".learner"))
    try:
        with copied(options) as academy, academy.serve(all_cores()) as served, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=browser_path(), args=FLAGS)
            base = f"http://{served.address[0]}:{served.address[1]}"
            found = compare(browser.new_context(base_url=base).new_page(), cases, pool)
            browser.close()
    finally:
        pool.close()
    counts = (found.differing, found.worded, found.elsewhere, found.lacking)
    table.add(found.compared, *map(len, counts))
    table.notes += [f"differs: {line}" for line in found.differing]
    table.notes.append(
        "The programs: model solutions and usual mistakes of all courses, the hostile ones of the tests."
    )
    return [table]


if __name__ == "__main__":
    main(__doc__, run)
