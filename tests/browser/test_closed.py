"""The rota decides: what a coordinator takes out closes the line, for her page and for the desk at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import World

pytestmark = pytest.mark.browser

SHIFTS_A_DAY = 6  # two people, three blocks


def empty_today(world: World) -> None:
    """Let the coordinator take out, on her page, every shift of today that is not over."""
    coordinator = world.desk("coordinator")
    page = coordinator.page
    page.goto(world.demo.staff)
    for name, words in (("name", coordinator.name), ("password", coordinator.password)):
        coordinator.at(name).fill(words)
    coordinator.at("sign-in").click()
    expect(coordinator.at("line-state").first).to_be_visible()
    for _ in range(SHIFTS_A_DAY):
        today = page.locator("tbody.today [data-test=shift]")
        if today.count() == 0:
            break
        today.first.click()
        coordinator.at("removal").locator("summary").click()
        coordinator.at("remove").click()
        expect(coordinator.at("done")).to_be_visible()
    expect(page.locator("tbody.today [data-test=shift]")).to_have_count(0)


def test_when_nobody_is_on_duty_by_the_rota_she_is_told_and_has_other_doors(world: World) -> None:
    person = world.person().opens()
    empty_today(world)

    person.at("write-now").click()
    person.at("wish-whoever").click()
    person.sees_it_is_over()

    expect(person.at("closed")).to_contain_text(re.compile(r"\d"))  # the next opening
    expect(person.at("doors").locator("visible=true").first).to_be_visible()


def test_a_shift_that_is_taken_out_ends_the_duty_of_whoever_had_it(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()

    empty_today(world)

    expect(desk.at("on-duty")).to_have_attribute("aria-pressed", "false")
    desk.at("on-duty").click()
    desk.page.wait_for_timeout(500)
    expect(desk.at("on-duty")).to_have_attribute("aria-pressed", "false")
