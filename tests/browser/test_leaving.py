"""Leaving at once: what is on the screen, behind the Back button, in the history and in the storages afterwards."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.chromium import QUIET, path
from tests.browser.conftest import SMALL_PHONE, World
from tests.browser.neutral import TITLE
from tests.browser.person import Person
from tests.browser.white import Watch
from tests.servers import Demo, running_demo

pytestmark = pytest.mark.browser

PLANT = """async () => {
  for (const [storage, key] of [[localStorage, "a"], [sessionStorage, "b"]]) storage.setItem(key, "1")
  document.cookie = "c=1;path=/"
  await new Promise((done) => {
    const open = indexedDB.open("d")
    open.onsuccess = () => { open.result.close(); done() }
  })
  await (await caches.open("e")).put("/f", new Response("g"))
}"""
LEFT = """async () => [localStorage.length, sessionStorage.length, document.cookie,
  (await indexedDB.databases()).length, (await caches.keys()).length]"""
NOTHING = [0, 0, "", 0, 0]


@contextmanager
def phone(playwright: Playwright, profile: Path) -> Iterator[BrowserContext]:
    """A browser whose profile stays on disk, so that its history can be read afterwards."""
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=path(), args=list(QUIET), viewport=SMALL_PHONE, headless=True
    )
    try:
        yield context
    finally:
        context.close()


def back_list(page: Page) -> list[str]:
    """Give the addresses that Back and Forward lead to."""
    told = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    return [entry["url"] for entry in told["entries"]]


@pytest.mark.parametrize("key", ["tap", "shift"])
def test_leaving_blanks_the_page_forgets_all_and_back_shows_what_was_before(
    playwright: Playwright, demo: Demo, neutral: str, tmp_path: Path, key: str
) -> None:
    with phone(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        page.goto(f"{neutral}before")
        person = Person(page, demo.person).opens()
        page.evaluate(PLANT)
        person.asks_for("whoever").types("SECRET")

        if key == "tap":
            person.exits()
        else:
            person.at("write-now").page.keyboard.press("Shift")
            page.keyboard.press("Shift")
            page.keyboard.press("Shift")
        page.wait_for_url(neutral)

        assert [at.removeprefix(neutral) for at in back_list(page) if at != "about:blank"] == ["before", ""]
        probe = context.new_page()
        probe.goto(f"{demo.person}words/fr.json")
        assert probe.evaluate(LEFT) == NOTHING
        page.go_back()
        assert page.url == f"{neutral}before"

    copied = tmp_path / "history.db"
    shutil.copy(tmp_path / "profile" / "Default" / "History", copied)
    with sqlite3.connect(copied) as history:
        rows = history.execute("select url, title from urls where url like ?", (f"{demo.person}%",)).fetchall()
    titles = {title for url, title in rows if url == demo.person}
    assert len(titles) == 1
    assert not any(word in str(titles).lower() for word in ("help", "aide", "line", "ligne", "chat", "écout"))


def test_the_screen_is_white_while_the_neutral_site_is_slow(world: World, tmp_path: Path) -> None:
    with running_demo(tmp_path / "slow", neutral=f"{world.neutral}slow") as slow:
        person = Person(world.page(viewport=SMALL_PHONE), slow.person)
        watch = Watch(person.page)
        person.opens().asks_for("whoever").types("SECRET")

        person.exits()

        screen = watch.screen()
        assert screen.is_white
        assert screen.title in {"Météo", "Weather"}
        assert "SECRET" not in screen.words
        person.page.wait_for_url(f"{world.neutral}slow")


def test_leaving_works_with_the_server_gone(playwright: Playwright, neutral: str, tmp_path: Path) -> None:
    with phone(playwright, tmp_path / "profile") as context:
        page = context.pages[0]
        with running_demo(tmp_path / "home", neutral=neutral) as gone:
            person = Person(page, gone.person).opens().asks_for("whoever").types("SECRET")
        expect(person.at("exit")).to_be_visible()

        person.exits()
        page.wait_for_url(neutral)

        expect(page).to_have_title(TITLE)


def test_typing_capitals_never_leaves(world: World) -> None:
    person = world.person().opens().asks_for("whoever")
    person.at("composer").focus()

    for letter in "ABCDEF":
        person.page.keyboard.press(f"Shift+{letter}")

    expect(person.at("composer")).to_have_value("ABCDEF")


def test_the_whole_visit_is_one_entry_of_history(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens()
    before = back_list(person.page)
    person.asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("Bonjour.").ends()

    assert back_list(person.page) == before


def test_back_and_reload_show_no_words_and_no_draft(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("MOTS DITS")
    desk.reads("MOTS DITS")
    person.types("BROUILLON")

    person.page.reload()

    person.is_with("Amal")
    assert person.at("composer").input_value() == ""
    assert "MOTS DITS" not in person.page.content()


@pytest.mark.parametrize("size", [(320, 480), (360, 740), (1440, 900)])
def test_the_way_out_is_always_in_sight_and_large_enough(world: World, size: tuple[int, int]) -> None:
    width, height = size
    person = world.person(viewport={"width": width, "height": height}).opens()

    def in_sight() -> None:
        box = person.at("exit").bounding_box()
        assert box is not None
        assert box["width"] >= 48
        assert box["height"] >= 48
        assert 0 <= box["x"] <= width - box["width"]
        assert 0 <= box["y"] <= height - box["height"]
        person.at("exit").click(trial=True)  # nothing lies above it

    in_sight()
    person.page.mouse.wheel(0, 5000)
    in_sight()
    person.asks_for("whoever")
    in_sight()


def test_the_way_out_is_the_second_stop_of_the_tab_key(world: World) -> None:
    person = world.person().opens()

    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Tab")

    expect(person.at("exit")).to_be_focused()


def test_what_was_said_is_hidden_while_the_tab_is(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("MOTS DITS")
    desk.reads("MOTS DITS")

    seen = person.page.context.new_cdp_session(person.page)
    hide = "Object.defineProperty(document,'hidden',{value:true,configurable:true});"
    hide += "Object.defineProperty(document,'visibilityState',{value:'hidden',configurable:true});"
    seen.send("Runtime.evaluate", {"expression": hide + "document.dispatchEvent(new Event('visibilitychange'))"})

    expect(person.at("log")).to_be_hidden()


def test_no_request_leaves_for_a_third_party_and_no_violation_is_reported(world: World) -> None:
    asked: list[str] = []
    said: list[str] = []
    desk = world.desk()
    person = world.person()
    for page in (person.page, desk.page):
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
    desk.signs_in().goes_on_duty()
    person.opens().asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("Bonjour.")
    desk.reads("Bonjour.")
    person.ends()
    time.sleep(0.2)

    allowed = (world.demo.person, world.demo.staff)
    assert [address for address in asked if not address.startswith(allowed)] == []
    assert said == []
