"""A demo, a browser, a neutral site: started once for all journeys, stopped by process id."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.browser.chromium import launch
from tests.browser.desk import Desk
from tests.browser.neutral import neutral_site
from tests.browser.person import Person
from tests.servers import Demo, running_demo

SMALL_PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1440, "height": 900}


@dataclass
class World:
    """Everybody in a story: opens pages, and closes them all when the story is told."""

    demo: Demo
    browser: Browser
    neutral: str
    contexts: list[BrowserContext] = field(default_factory=list)

    def page(self, **options: object) -> Page:
        """Open a page of a browser that knows nobody else's."""
        context = self.browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        self.contexts.append(context)
        return context.new_page()

    def person(self, **options: object) -> Person:
        """Somebody with a small phone."""
        return Person(self.page(**{"viewport": SMALL_PHONE, "has_touch": True, **options}), self.demo.person)

    def desk(self, name: str = "psychologist", **options: object) -> Desk:
        """A counsellor with a laptop."""
        return Desk(self.page(**{"viewport": LAPTOP, **options}), self.demo.staff, name, self.demo.sign_ins[name])

    def close(self) -> None:
        """Close every page, and with them every conversation."""
        for context in reversed(self.contexts):
            context.close()


@pytest.fixture(scope="session")
def neutral() -> Iterator[str]:
    with neutral_site() as address:
        yield address


@pytest.fixture(scope="session")
def prepared_home(neutral: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo that was started once, to be copied: keys and passwords take a while to make."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    with running_demo(home, neutral=neutral):
        pass
    return home


@pytest.fixture
def demo(prepared_home: Path, neutral: str, tmp_path: Path) -> Iterator[Demo]:
    """A demo of its own for each story."""
    home = tmp_path / "home"
    shutil.copytree(prepared_home, home)
    with running_demo(home, neutral=neutral) as started:
        yield started


@pytest.fixture
def world(demo: Demo, chromium: Browser, neutral: str) -> Iterator[World]:
    told = World(demo=demo, browser=chromium, neutral=neutral)
    yield told
    told.close()


@pytest.fixture
def worlds(playwright: Playwright, demo: Demo, neutral: str) -> Iterator[Callable[..., World]]:
    """Worlds whose browser has flags of its own."""
    with ExitStack() as stack:

        def build(*flags: str) -> World:
            browser = launch(playwright, *flags)
            stack.callback(browser.close)
            told = World(demo=demo, browser=browser, neutral=neutral)
            stack.callback(told.close)
            return told

        yield build
