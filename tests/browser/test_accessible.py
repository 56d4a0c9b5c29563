"""axe finds nothing on any pane of either side, strict contrast and target sizes included, by day and by night."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SMALL_PHONE, World
from tests.browser.desk import Desk
from tests.browser.person import Person
from tests.servers import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
ASK = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"],
  rules: { "target-size": { enabled: true } },
})).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`)"""


def violations(page: Page) -> list[str]:
    """Ask axe about what is on the screen. The page's policy must have been set aside for that."""
    page.evaluate(AXE.read_text() + "; 0")
    return page.evaluate(ASK)


@pytest.fixture(params=["light", "dark"])
def sides(request: pytest.FixtureRequest, world: World) -> tuple[Person, Desk]:
    night = {"color_scheme": request.param, "bypass_csp": True, "viewport": SMALL_PHONE}
    return world.person(**night), world.desk(**night)


def test_no_pane_of_either_side_has_a_violation(sides: tuple[Person, Desk]) -> None:
    person, desk = sides
    found: dict[str, list[str]] = {}

    def look(name: str, side: Person | Desk, *steps: Callable[[], object]) -> None:
        for step in steps:
            step()
        found[name] = violations(side.page)

    look("door", desk, lambda: desk.page.goto(desk.address))
    look("desk", desk, desk.signs_in)
    look("landing", person, person.opens, lambda: _unfold(person))
    look("wish", person, person.at("write-now").click)
    look("waiting", person, person.at("wish-psychologist").click, lambda: expect(person.at("place")).not_to_be_empty())
    look("offer", desk, desk.goes_on_duty, desk.is_offered_someone)
    look("joined", person, desk.accepts, lambda: person.is_with("Amal"))
    look("talk", person, person.accepts_the_frame, lambda: person.says("Bonjour."), lambda: desk.reads("Bonjour."))
    look("conversation", desk, lambda: desk.says("Je vous lis."), lambda: person.reads("Je vous lis."))
    look("ended", person, person.ends)
    look("ended at the desk", desk, lambda: expect(desk.at("log").last).not_to_contain_text("Bonjour."))

    assert {name: what for name, what in found.items() if what} == {}


def test_the_rota_has_none_either(world: World) -> None:
    coordinator = world.desk("coordinator", bypass_csp=True)
    coordinator.page.goto(coordinator.address)
    coordinator.at("name").fill(coordinator.name)
    coordinator.at("password").fill(coordinator.password)
    coordinator.at("sign-in").click()
    expect(coordinator.at("line-state").first).to_be_visible()

    assert violations(coordinator.page) == []


def test_what_axe_is_asked_would_find_a_pale_word(world: World) -> None:
    person = world.person(bypass_csp=True).opens()
    person.page.evaluate("document.querySelector('h1').style.color = '#bbb'")

    assert any(found.startswith("color-contrast") for found in violations(person.page))


def _unfold(person: Person) -> None:
    for fold in person.page.locator("summary").all():
        if fold.is_visible():
            fold.click()
