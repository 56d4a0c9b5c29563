"""Watch from inside the page, but not by its programs, for the moment at which the screen is white after she leaves.

The watch reports through the console: while the neutral site is slow, the page answers no other question.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from playwright.sync_api import Page

MARK = "screen-after-leaving "
WATCH = """
  let tapped
  const tap = (event) => { tapped = event.timeStamp }
  for (const name of ["click", "keyup"]) addEventListener(name, tap, true)
  const seen = () => requestAnimationFrame(() => requestAnimationFrame(() => console.debug("MARK" + JSON.stringify({
    ms: performance.now() - tapped,
    title: document.title,
    background: getComputedStyle(document.body).backgroundColor,
    ink: [...document.body.querySelectorAll("*")].map((element) => getComputedStyle(element).color),
    words: document.body.textContent,
  }))))
  new MutationObserver((changes, watch) => {
    const replaced = changes.some(({ target }) => target === document.documentElement)
    if (tapped === undefined || !replaced || document.querySelector("[data-test]")) return
    watch.disconnect()
    seen()
  }).observe(document, { childList: true, subtree: true })
""".replace("MARK", MARK)


@dataclass(frozen=True, slots=True)
class Screen:
    """What stood on the screen, and how many milliseconds after the tap."""

    ms: float
    title: str
    background: str
    ink: list[str]
    words: str

    @property
    def is_white(self) -> bool:
        """Tell whether nothing could be seen, words for ears included."""
        return {self.background, *self.ink} == {"rgb(255, 255, 255)"}


class Watch:
    """Set before the page is opened; asked after she has left."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._told: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", lambda message: self._told.append(message.text) if message.text.startswith(MARK) else None)

    def screen(self, within_seconds: float = 10) -> Screen:
        """Wait for the report. Raises AssertionError when none comes."""
        until = time.monotonic() + within_seconds
        while not self._told:
            assert time.monotonic() < until, "the screen never became white"
            self._page.wait_for_timeout(20)
        return Screen(**json.loads(self._told.pop().removeprefix(MARK)))
