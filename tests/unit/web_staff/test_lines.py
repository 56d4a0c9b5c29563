"""The page that closes a line now: who may see it, what it asks, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from helpline.domain.ids import AccountRole, LineId
from helpline.web.staff.lines import blueprint
from tests.fakes import ADULTS
from tests.unit.web_staff.staff_program import OWN, PASSWORD, Browser, StaffProgram, words_of
from tests.world import World

pytestmark = pytest.mark.unit

WAITS = "un attend, et personne qui convienne"
ROUTES = {("GET", "/lines"), ("GET", "/lines/<line_id>"), ("POST", "/lines/<line_id>/close"),
          ("POST", "/lines/<line_id>/open")}


@dataclass
class Lines:
    world: World
    program: StaffProgram

    def of(self, name: str) -> Browser:
        browser = self.program.browser()
        assert browser.sign_in(name, PASSWORD).status_code == 303
        return browser


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lines:
    world = World()
    monkeypatch.setattr("tests.unit.web_staff.staff_program.OWN", OWN | ROUTES)
    program = StaffProgram(
        tmp_path, extra=blueprint(world.does.closing_lines), called=world.does.alarming.called
    )
    for name, role in (("ada", AccountRole.COUNSELLOR), ("cora", AccountRole.COORDINATOR),
                       ("sue", AccountRole.SUPERVISOR), ("adam", AccountRole.ADMINISTRATOR)):
        program.enrol(name, role)
    world.planned("ada")
    return Lines(world, program)


@pytest.mark.parametrize("name", ["cora", "sue"])
def test_coordinators_and_supervisors_close_a_line_in_two_steps_and_open_it_in_one(lines: Lines, name: str) -> None:
    browser = lines.of(name)
    assert "Fermer cette ligne maintenant" in words_of(browser.get("/lines"))
    asked = browser.get(f"/lines/{ADULTS}")
    assert not lines.world.does.closed_by_hand.is_closed(ADULTS), "looking changes nothing"
    assert "Les conversations continuent." in words_of(asked)

    closed = browser.post(f"/lines/{ADULTS}/close")
    assert (closed.status_code, closed.location) == (303, "/lines?done=closed")
    assert lines.world.does.closed_by_hand.is_closed(ADULTS)
    said = words_of(browser.get(closed.location))
    assert "Fermée à la main depuis 24.11. 13:00." in said
    assert "fermé. Qui attendait le sait en quelques secondes." in said

    opened = browser.post(f"/lines/{ADULTS}/open")
    assert opened.location == "/lines?done=opened"
    assert not lines.world.does.closed_by_hand.is_closed(ADULTS)


@pytest.mark.parametrize("name", ["ada", "adam"])
def test_nobody_else_sees_the_page_or_closes_anything(lines: Lines, name: str) -> None:
    browser = lines.of(name)

    assert browser.get("/lines").status_code == 403
    assert browser.get(f"/lines/{ADULTS}").status_code == 403
    assert browser.post(f"/lines/{ADULTS}/close").status_code == 403
    assert not lines.world.does.closed_by_hand.is_closed(ADULTS)


def test_a_form_of_another_site_closes_nothing(lines: Lines) -> None:
    browser = lines.of("cora")
    other = {"Origin": "https://elsewhere.example.org"}

    assert browser.post(f"/lines/{ADULTS}/close", headers=other).status_code == 403
    assert browser.post(f"/lines/{ADULTS}/close", {"csrf": "0" * 64}).status_code == 403
    assert not lines.world.does.closed_by_hand.is_closed(ADULTS)


def test_a_line_that_is_not_there_leads_back_to_the_list(lines: Lines) -> None:
    browser = lines.of("cora")

    for answer in (browser.get("/lines/moon"), browser.post("/lines/moon/close"), browser.post("/lines/moon/open")):
        assert (answer.status_code, answer.location) == (303, "/lines")
    assert lines.world.closures.closed == {}


def test_every_page_says_that_somebody_waits_and_nobody_is_at_a_desk(lines: Lines) -> None:
    lines.world.person()
    lines.world.passes(minutes=1)
    assert lines.world.does.alarming.called() == [ADULTS]

    for name, path in (("ada", "/"), ("cora", "/lines"), ("sue", "/lines")):
        page = words_of(lines.of(name).get(path))
        assert WAITS in page
    assert WAITS not in words_of(lines.program.browser().get("/sign-in"))


def test_a_line_that_nobody_has_named_is_called_by_its_id(lines: Lines) -> None:
    lines.world.lines[LineId("night")] = lines.world.lines[ADULTS]
    lines.world.does.closing_lines.close(ADULTS, lines.program.enrol("zoe").staff_id)

    assert "night" in words_of(lines.of("cora").get("/lines"))
