"""What a person does on her page, as verbs. Only locators: her page allows no string to be evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FIRST_LANGUAGE = "fr"


class Person:
    """Someone who writes, on a small screen."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def at(self, name: str) -> Locator:
        """Find the part of the page with this stable name."""
        return self.page.locator(f'[data-test="{name}"]')

    def opens(self, language: str = FIRST_LANGUAGE) -> Person:
        self.page.goto(self.address + ("" if language == FIRST_LANGUAGE else language))
        expect(self.at("write-now")).to_be_visible()
        return self

    def asks_for(self, wish: str = "whoever") -> Person:
        """Two taps, and she is in the queue."""
        self.at("write-now").click()
        self.at(f"wish-{wish}").click()
        expect(self.at("waiting")).to_be_visible()
        return self

    def accepts_the_frame(self) -> Person:
        self.at("frame-ok").click()
        return self

    def types(self, words: str) -> Person:
        self.at("composer").fill(words)
        return self

    def taps_send(self) -> Person:
        expect(self.at("send")).to_be_enabled(timeout=20_000)
        self.at("send").click()
        return self

    def says(self, words: str) -> Person:
        return self.types(words).taps_send()

    def is_with(self, alias: str) -> Person:
        expect(self.at("members")).to_contain_text(alias, timeout=20_000)
        return self

    def reads(self, words: str) -> Person:
        expect(self.at("log")).to_contain_text(words, timeout=20_000)
        return self

    def sees_it_is_over(self) -> Person:
        expect(self.at("closed")).to_be_visible(timeout=20_000)
        return self

    def exits(self) -> Person:
        self.at("exit").click(no_wait_after=True)
        return self

    def ends(self) -> Person:
        self.at("end").click()
        return self.sees_it_is_over()
