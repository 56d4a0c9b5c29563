"""What a counsellor does at the desk, as verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class Desk:
    """A counsellor's browser."""

    def __init__(self, page: Page, address: str, name: str, password: str) -> None:
        self.page = page
        self.address = address
        self.name = name
        self.password = password

    def at(self, name: str) -> Locator:
        """Find the part of the page with this stable name."""
        return self.page.locator(f'[data-test="{name}"]')

    def signs_in(self) -> Desk:
        self.page.goto(self.address)
        self.at("name").fill(self.name)
        self.at("password").fill(self.password)
        self.at("sign-in").click()
        expect(self.at("on-duty")).to_be_enabled(timeout=30_000)
        return self

    def goes_on_duty(self) -> Desk:
        self.at("on-duty").click()
        expect(self.at("on-duty")).to_have_attribute("aria-pressed", "true", timeout=10_000)
        return self

    def goes_off_duty(self) -> Desk:
        self.at("off-duty").click()
        expect(self.at("off-duty")).to_have_attribute("aria-pressed", "true", timeout=10_000)
        return self

    def is_offered_someone(self) -> Desk:
        expect(self.at("offer")).to_be_visible(timeout=20_000)
        return self

    def accepts(self) -> Desk:
        self.is_offered_someone().at("accept").click()
        expect(self.at("conversation").first).to_be_visible(timeout=20_000)
        return self

    def declines(self) -> Desk:
        self.is_offered_someone().at("decline").click()
        expect(self.at("offer")).to_be_hidden()
        return self

    def reads(self, words: str) -> Desk:
        expect(self.at("log").last).to_contain_text(words, timeout=20_000)
        return self

    def says(self, words: str) -> Desk:
        self.at("composer").first.fill(words)
        expect(self.at("send").first).to_be_enabled()
        self.at("send").first.click()
        return self

    def ends(self) -> Desk:
        self.at("end").first.click()
        return self

    def signs_out(self) -> Desk:
        self.at("sign-out").click()
        expect(self.at("sign-in")).to_be_visible(timeout=10_000)
        return self
