"""A person writes, a psychologist or a survivor on duty answers: the whole way, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "hers", "theirs"),
    [
        ("fr", "Il est sorti jusqu'à 4 h.", "Bonjour. On va à votre rythme."),
        ("en", "He is out until four.", "Hello. We go at your pace."),
    ],
)
def test_a_person_writes_and_a_psychologist_answers(world: World, language: str, hers: str, theirs: str) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens(language).asks_for("psychologist").types(hers)

    desk.accepts()
    person.accepts_the_frame().is_with("Amal").taps_send()
    desk.reads(hers).says(theirs)
    person.reads(theirs).ends()

    expect(desk.at("log").first).not_to_contain_text(hers)


def test_the_counsellor_ends_and_she_is_told_with_other_doors_open(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("Merci.")
    desk.reads("Merci.").ends()

    person.sees_it_is_over()

    expect(person.at("doors").locator("visible=true").first).to_be_visible()
    expect(person.at("log")).not_to_contain_text("Merci.")


def test_the_person_exits_and_the_desk_is_told_it_is_over(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("Il revient.")
    desk.reads("Il revient.")

    person.exits()

    person.page.wait_for_url(f"{world.neutral}**")
    expect(desk.at("log").first).not_to_contain_text("Il revient.")


def test_what_she_writes_while_waiting_leaves_only_on_her_tap(world: World) -> None:
    frames: list[str] = []
    person = world.person()
    person.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(str(frame))))
    person.opens().asks_for("psychologist").types("pas encore")
    expect(person.at("send")).to_be_disabled()
    desk = world.desk().signs_in().goes_on_duty().accepts()
    person.is_with("Amal")
    expect(person.at("send")).to_be_disabled()

    before = sum('"envelope"' in frame for frame in frames)
    person.accepts_the_frame().taps_send()

    desk.reads("pas encore")
    assert before == 0
    assert sum('"envelope"' in frame for frame in frames) == 1
    person.ends()


def test_both_write_at_once_and_every_word_arrives_in_order(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal")

    for number in range(25):  # past the twenty messages after which the desk renews its keys
        person.says(f"de moi {number:02}")
        desk.says(f"de vous {number:02}")

    person.reads("de vous 24")
    desk.reads("de moi 24")
    hers = [line for line in person.at("log").inner_text().splitlines() if line.startswith("de vous")]
    theirs = [line for line in desk.at("log").first.inner_text().splitlines() if line.startswith("de moi")]
    assert hers == [f"de vous {number:02}" for number in range(25)]
    assert theirs == [f"de moi {number:02}" for number in range(25)]
    person.ends()


def test_an_end_that_the_counsellor_sealed_names_who_ended_it(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens("en").asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal")

    desk.ends()
    person.sees_it_is_over()

    expect(person.at("closed")).to_contain_text("Amal has ended the conversation.")


def test_an_end_that_only_the_server_says_names_nobody(world: World) -> None:
    person = world.person()
    forged: list[WebSocketRoute] = []

    def lie(route: WebSocketRoute) -> None:
        route.connect_to_server()
        forged.append(route)

    person.page.route_web_socket("**/socket.io/**", lie)
    desk = world.desk().signs_in().goes_on_duty()
    person.opens("en").asks_for("psychologist")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal")

    forged[0].send('42["ended",{"by":"counsellor"}]')
    person.sees_it_is_over()

    expect(person.at("closed")).not_to_contain_text("Amal")
