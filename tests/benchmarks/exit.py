"""How long after her tap the screen is white, on a processor throttled six times, with the neutral site slow.

Half of the rounds leave from the waiting room with words in the box, while the rehearsal may still be running; half
from a conversation.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.report import percentile, report
from tests.browser.chromium import launch
from tests.browser.conftest import SMALL_PHONE
from tests.browser.desk import Desk
from tests.browser.neutral import neutral_site
from tests.browser.person import Person
from tests.browser.white import Watch
from tests.servers import Demo, running_demo

ROUNDS = 20
SLOWER = 6
MOST = {"blank_p95_ms": 100}


def main() -> int:
    """Measure, print, and say by the exit code whether the goal holds."""
    with tempfile.TemporaryDirectory() as home, neutral_site() as neutral, sync_playwright() as playwright:
        browser = launch(playwright)
        with running_demo(Path(home), neutral=f"{neutral}slow") as demo:
            desk = Desk(browser.new_context().new_page(), demo.staff, "psychologist", demo.sign_ins["psychologist"])
            desk.signs_in()
            waiting = [_leave(browser, demo, None) for _ in range(ROUNDS)]
            desk.goes_on_duty()
            talking = [_leave(browser, demo, desk) for _ in range(ROUNDS)]
        browser.close()
    figures = {
        "blank_p95_ms": percentile(waiting + talking, 0.95),
        "blank_p50_ms": percentile(waiting + talking, 0.5),
        "blank_worst_ms": max(waiting + talking),
    }
    return report("exit", figures, MOST)


def _leave(browser: Browser, demo: Demo, desk: Desk | None) -> float:
    context = browser.new_context(viewport=SMALL_PHONE)  # type: ignore[arg-type]
    person = Person(context.new_page(), demo.person)
    watch = Watch(person.page)
    context.new_cdp_session(person.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    person.opens().asks_for("whoever").types("Il revient.")
    if desk:
        desk.accepts()
        person.accepts_the_frame().is_with("Amal").taps_send()
        desk.reads("Il revient.")
    person.exits()
    took = watch.screen().ms
    context.close()
    return took


if __name__ == "__main__":
    sys.exit(main())
