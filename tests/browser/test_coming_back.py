"""A bad network, a page loaded again, a second tab, a closed one: nothing is lost, and nobody else finds anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import World
from tests.browser.desk import Desk
from tests.browser.network import Network
from tests.browser.person import Person

pytestmark = pytest.mark.browser

LOST_MS = 25_000
SEEN_MS = 1_000
GONE_RELOAD_MS = 15_000
KEPT = "() => sessionStorage.getItem('notes')"
PUT = "(kept) => sessionStorage.setItem('notes', kept)"
DISCARDED = "Object.defineProperty(document, 'wasDiscarded', {value: true})"


def talking(world: World) -> tuple[Person, Desk]:
    desk = world.desk().signs_in().goes_on_duty()
    return begun(world.person(), desk), desk


def talking_over_a_bad_network(world: World) -> tuple[Person, Desk, Network]:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person()
    network = Network(person.page)
    return begun(person, desk), desk, network


def begun(person: Person, desk: Desk) -> Person:
    person.opens().asks_for("whoever")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("zéro")
    desk.reads("zéro")
    expect(person.at("log").locator("[data-state=sent]")).to_have_count(1)
    return person


def kept(page: Page) -> str | None:
    """Read what stands in the tab."""
    value = page.evaluate(KEPT)
    assert value is None or isinstance(value, str)
    return value


def wait_until_kept(page: Page, *, other_than: str | None = None) -> None:
    """Wait until something else is written down than before."""
    for _ in range(200):
        if kept(page) != other_than:
            return
        page.wait_for_timeout(50)
    raise AssertionError("Nothing was written down")


def kept_when_calm(page: Page) -> str:
    """Read it once the keys that are renewed after the join are in it: a copy that is older cannot go on."""
    before = kept(page)
    for _ in range(20):
        page.wait_for_timeout(1_500)
        if before is not None and kept(page) == before:
            return before
        before = kept(page)
    raise AssertionError("It does not become calm")


def another_tab(person: Person, holding: str) -> Person:
    """Open a tab of the same browser that holds what the first one held, as a copy of a tab does."""
    page = person.page.context.new_page()
    page.goto(f"{person.address}words/fr.json")
    page.evaluate(PUT, holding)
    return Person(page, person.address)


def lines(desk: Desk) -> list[str]:
    said = ("zéro", "un", "deux", "trois", "après")
    return [line for line in desk.at("log").first.inner_text().splitlines() if line in said]


# -- the page is loaded again


def test_loaded_again_in_the_middle_she_goes_on_with_the_same_counsellor(world: World) -> None:
    person, desk = talking(world)
    desk.says("dit avant")
    person.reads("dit avant").types("BROUILLON")

    person.page.reload()

    person.is_with("Amal")
    expect(person.at("log")).not_to_contain_text("zéro")
    assert person.at("composer").input_value() == ""
    assert "dit avant" not in person.page.content()
    person.says("après")
    desk.reads("après").says("bien lu")
    person.reads("bien lu").ends()
    assert kept(person.page) is None


def test_loaded_again_while_she_waits_she_is_still_in_line(world: World) -> None:
    person = world.person()
    network = Network(person.page)
    person.opens().asks_for("psychologist")
    expect(person.at("place")).not_to_be_empty()
    wait_until_kept(person.page)

    person.page.reload()
    expect(person.at("waiting")).to_be_visible()
    desk = world.desk().signs_in().goes_on_duty().accepts()

    person.accepts_the_frame().is_with("Amal").says("un")
    desk.reads("un")
    assert network.said("wait") == 1
    person.ends()


def test_a_tab_that_the_browser_threw_out_of_memory_goes_on(world: World) -> None:
    person, desk = talking(world)
    held = kept_when_calm(person.page)
    person.page.close(run_before_unload=False)
    again = another_tab(person, held)
    again.page.add_init_script(DISCARDED)

    again.page.goto(person.address)

    again.is_with("Amal").says("après")
    desk.reads("après")


def test_killed_between_writing_down_and_sending_nothing_is_lost_and_nothing_comes_twice(world: World) -> None:
    person, desk, network = talking_over_a_bad_network(world)
    before = kept(person.page)
    network.stalls()
    person.says("un")
    wait_until_kept(person.page, other_than=before)

    network.comes_back()
    person.page.reload()

    person.is_with("Amal").says("deux")
    desk.reads("deux")
    assert lines(desk) == ["zéro", "un", "deux"]


# -- the network


def test_words_written_while_the_network_is_away_arrive_once_and_in_order(world: World) -> None:
    person, desk, network = talking_over_a_bad_network(world)
    network.goes()
    expect(person.at("connection")).to_contain_text("Le réseau est coupé")
    for words in ("un", "deux", "trois"):
        person.says(words)
    person.types("pas envoyé")
    desk.says("pendant ce temps")
    person.page.wait_for_timeout(5_000)
    assert lines(desk) == ["zéro"]
    expect(desk.at("conversation").first).to_be_visible()

    network.comes_back()

    desk.reads("trois")
    person.reads("pendant ce temps")
    assert lines(desk) == ["zéro", "un", "deux", "trois"]
    expect(person.at("composer")).to_have_value("pas envoyé")
    expect(person.at("log").locator("[data-state=sending]")).to_have_count(0)
    expect(person.at("connection")).not_to_contain_text("réseau")


def test_a_line_that_only_falls_silent_is_told_as_lost_within_25_seconds(world: World) -> None:
    person, desk, network = talking_over_a_bad_network(world)
    network.stalls()

    expect(person.at("connection")).to_contain_text("Le réseau est coupé", timeout=LOST_MS + SEEN_MS)
    expect(person.at("closed")).to_be_hidden()

    network.comes_back()
    person.says("après")
    desk.reads("après")


def test_the_network_goes_while_she_waits_and_she_keeps_her_place(world: World) -> None:
    person = world.person()
    network = Network(person.page)
    person.opens().asks_for("psychologist")
    wait_until_kept(person.page)
    network.goes()
    expect(person.at("connection")).to_contain_text("Votre place est gardée")

    network.comes_back()
    desk = world.desk().signs_in().goes_on_duty().accepts()

    person.accepts_the_frame().is_with("Amal").says("un")
    desk.reads("un")
    assert (network.said("wait"), network.said("back")) == (1, 1)


# -- the counsellor is gone


def test_her_counsellor_is_lost_and_on_her_tap_somebody_else_comes(world: World) -> None:
    person, desk = talking(world)
    person.types("pas envoyé")
    desk.page.context.close()
    world.contexts.remove(desk.page.context)
    expect(person.at("another")).to_be_visible(timeout=LOST_MS)
    expect(person.at("connection")).to_contain_text("Amal")

    person.at("another").click()

    expect(person.at("place")).to_contain_text("Votre place est la première")
    second = world.desk("survivor").signs_in().goes_on_duty().accepts()
    person.is_with("Inès").reads("La prochaine personne ne voit pas les mots au-dessus")
    expect(person.at("log")).to_contain_text("zéro")
    expect(person.at("composer")).to_have_value("pas envoyé")
    person.taps_send()
    second.reads("pas envoyé")
    expect(second.at("log").last).not_to_contain_text("zéro")


# -- two tabs, and a tab that was closed


def test_the_latest_tab_wins_and_the_other_says_so_and_is_wiped(world: World) -> None:
    person, desk = talking(world)
    held = kept_when_calm(person.page)
    second = another_tab(person, held)
    second.page.add_init_script(DISCARDED)
    second.page.goto(person.address)

    second.is_with("Amal")

    expect(person.at("closed")).to_contain_text("ouverte dans un autre onglet")
    expect(person.at("log")).to_be_empty()
    assert kept(person.page) is None
    second.says("après")
    desk.reads("après")


def test_an_address_typed_or_gone_back_to_finds_nothing(world: World) -> None:
    person, _ = talking(world)
    held = kept_when_calm(person.page)
    typed = another_tab(person, held)
    typed.opens()
    assert kept(typed.page) is None

    person.page.goto(f"{world.neutral}elsewhere")
    person.page.go_back()
    expect(person.at("write-now")).to_be_visible()
    assert kept(person.page) is None


def test_a_closed_tab_that_is_opened_later_opens_nothing_even_as_if_it_were_a_reload(world: World) -> None:
    person, _ = talking(world)
    held = kept_when_calm(person.page)
    spare = another_tab(person, held)
    spare.page.add_init_script(DISCARDED)
    person.page.goto(f"{world.neutral}elsewhere")
    person.page.close()
    spare.page.wait_for_timeout(GONE_RELOAD_MS + SEEN_MS)

    spare.page.goto(person.address)

    expect(spare.at("closed")).to_contain_text("Cette conversation est finie")
    assert kept(spare.page) is None


# -- leave no trace


def test_with_no_trace_wanted_nothing_is_kept_and_loading_again_is_the_end(world: World) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens().asks_for("psychologist")
    wait_until_kept(person.page)
    person.at("no-trace").locator("visible=true").check()
    assert kept(person.page) is None
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").says("un")
    desk.reads("un")
    assert kept(person.page) is None

    person.page.reload()

    expect(person.at("write-now")).to_be_visible()
    expect(desk.at("log").first).not_to_contain_text("un", timeout=10_000)


def test_the_switch_wipes_at_once_in_the_middle_of_a_conversation(world: World) -> None:
    person, desk = talking(world)
    assert kept(person.page) is not None

    person.at("no-trace").locator("visible=true").check()

    assert kept(person.page) is None
    person.says("un")
    desk.reads("un")
    assert kept(person.page) is None


def test_what_stands_in_the_tab_holds_no_word_and_goes_with_the_end(world: World) -> None:
    person, _ = talking(world)
    held = kept_when_calm(person.page)
    assert "zéro" not in held

    person.exits()

    person.page.wait_for_url(f"{world.neutral}**")
    probe = person.page.context.new_page()
    probe.goto(f"{person.address}words/fr.json")
    assert kept(probe) is None
