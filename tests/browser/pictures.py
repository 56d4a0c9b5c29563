"""Takes the pictures of the README from a running demo: `python -m tests.browser.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.desk import Desk
from tests.browser.person import Person
from tests.servers import Demo, running_demo

PICTURES: Final = Path(__file__).resolve().parents[2] / "docs/pictures"
PHONE: Final = {"width": 360, "height": 640}
LAPTOP: Final = {"width": 1440, "height": 760}
SAID: Final = {
    "en": ("Is somebody really there?", "Yes, I am here. Take your time."),
    "fr": ("Vous êtes là ?", "Oui, je suis là. Prenez votre temps."),
}
SUFFIX: Final = {"en": "", "fr": "-fr"}


def main() -> None:
    """Tell one short story in each language, and keep what both sides see."""
    with tempfile.TemporaryDirectory() as home, running_demo(Path(home)) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        for language in SAID:
            _story(browser, demo, language)
        browser.close()


def _story(browser: Browser, demo: Demo, language: str) -> None:
    asked, answered = SAID[language]
    desk = Desk(_page(browser, LAPTOP), demo.staff, "psychologist", demo.sign_ins["psychologist"]).signs_in()
    desk.page.locator(f'[data-part="tongues"] button[value="{language}"]').click()
    desk.goes_on_duty()
    person = Person(_page(browser, PHONE), demo.person).opens(language).asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says(asked)
    desk.reads(asked).says(answered)
    person.reads(answered)
    desk.page.wait_for_timeout(1500)
    person.page.screenshot(path=PICTURES / f"person-360{SUFFIX[language]}.png")
    desk.page.screenshot(path=PICTURES / f"desk-1440{SUFFIX[language]}.png")
    person.ends()
    desk.signs_out()


def _page(browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    return context.new_page()


if __name__ == "__main__":
    main()
