"""Offers, as the two sides see them: declined, missed, taken; whom she wished for; and nobody there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import World

pytestmark = pytest.mark.browser

OFFER_LAPSES_MS = 30_000


def test_a_declined_offer_goes_on_to_a_colleague_and_she_keeps_her_place(world: World) -> None:
    first = world.desk("psychologist").signs_in().goes_on_duty()
    person = world.person().opens().asks_for("whoever")
    first.is_offered_someone()
    second = world.desk("survivor").signs_in().goes_on_duty()

    first.declines()
    second.accepts()

    person.accepts_the_frame().is_with("Inès")
    expect(first.at("offer")).to_be_hidden()
    person.ends()


def test_a_missed_offer_lapses_and_sets_the_desk_away_until_she_says_otherwise(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    desk.is_offered_someone()

    expect(desk.at("offer")).to_be_hidden(timeout=OFFER_LAPSES_MS)
    expect(desk.at("on-duty")).to_have_attribute("aria-pressed", "false")
    expect(person.at("waiting")).to_be_visible()
    desk.goes_on_duty().accepts()

    person.accepts_the_frame().is_with("Amal").ends()


def test_a_survivor_is_asked_for_and_given(world: World) -> None:
    psychologist = world.desk("psychologist").signs_in().goes_on_duty()
    survivor = world.desk("survivor").signs_in().goes_on_duty()
    person = world.person().opens("en").asks_for("survivor")

    survivor.accepts()

    person.accepts_the_frame().is_with("Inès")
    expect(person.at("members")).to_contain_text(re.compile("survivor", re.IGNORECASE))
    expect(psychologist.at("offer")).to_be_hidden()
    person.ends()


def test_an_offer_shows_the_line_and_the_language_and_nothing_of_hers(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens("en").asks_for("psychologist").types("Zitronenfalter")

    shown = desk.is_offered_someone().at("offer").inner_text()

    assert "Zitronenfalter" not in shown
    assert not re.search(r"psycholog|\d+ ?(s|min)", shown.replace("Amal", ""), re.IGNORECASE)
    desk.declines()
    person.at("exit").click(no_wait_after=True)


def test_with_nobody_at_a_desk_she_waits_is_told_so_and_has_other_doors(world: World) -> None:
    person = world.person().opens().asks_for("survivor")

    expect(person.at("place")).not_to_be_empty()
    expect(person.at("doors").first).to_be_attached()
    assert not re.search(r"\d", person.at("place").inner_text()), "an exact place or wait would tell who else is there"
    person.at("exit").click(no_wait_after=True)


def test_a_counsellor_on_a_break_is_offered_nobody(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    desk.at("on-break").click()
    expect(desk.at("on-break")).to_have_attribute("aria-pressed", "true")
    person = world.person().opens().asks_for("psychologist")

    person.page.wait_for_timeout(1500)
    expect(desk.at("offer")).to_be_hidden()

    desk.goes_on_duty().accepts()
    person.accepts_the_frame().is_with("Amal").ends()
