"""The rota's page: what it shows, what it refuses, and that nothing typed is lost."""

# ruff: noqa: DTZ001, RUF001 - what a clock on the wall says has no zone; dashes are dashes
from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from werkzeug.test import TestResponse

from helpline.domain.ids import AccountRole
from rota.domain.ids import Role
from tests.unit.rota.fakes import ADULTS, AMAL, FR, INES, MemoryPlan, PlanWorld, member, wish
from tests.unit.rota.staff_program import Browser, StaffProgram, values_of, words_of

pytestmark = pytest.mark.unit

WEEK = "2026-11-23"
TYPED = {"line": "adults", "who": "psychologist/amal", "day": "2026-11-25", "from": "18:00", "to": "22:00"}


@pytest.fixture
def program() -> StaffProgram:
    return StaffProgram()


@pytest.fixture
def coordinator(program: StaffProgram) -> Browser:
    return program.browser(AccountRole.COORDINATOR)


def codes(response: TestResponse) -> str:
    found = re.search(r'data-test="refused">(.*?)</div>', response.text, re.DOTALL)
    return re.sub(r"<[^>]*>|\s+", " ", found[1]).strip() if found else ""


# -- looking ---------------------------------------------------------------------------------------------------------


def test_a_week_says_what_is_missing_before_what_is_there(program: StaffProgram, coordinator: Browser) -> None:
    program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    page = coordinator.get()
    assert page.status_code == 200
    said = words_of(page)
    assert "Semaine du 23 au 29 novembre 2026" in said
    assert said.index("à pourvoir") < said.index("Amal psychologue 08:00–16:00")
    assert "Fermée. Prochaine ouverture : mer. 25, 08:00" in said


def test_the_hours_to_fill_are_those_still_to_come(program: StaffProgram, coordinator: Browser) -> None:
    said = words_of(coordinator.get())  # Tuesday, 13:00: 35 h, then 24 h for each of the other days
    assert "131 h à pourvoir" in said
    assert "131 h à pourvoir" not in words_of(coordinator.get(week="2026-11-30"))
    assert "168 h à pourvoir" in words_of(coordinator.get(week="2026-11-30"))
    assert "à pourvoir" not in words_of(coordinator.get(week="2026-11-16")).replace("À pourvoir", "")


def test_every_language_of_the_staff_has_its_own_page(program: StaffProgram) -> None:
    page = program.browser(AccountRole.COORDINATOR, language="en").get()
    assert '<html lang="en"' in page.text
    assert "Week of 23 to 29 November 2026" in words_of(page)
    assert "Nobody yet" in words_of(page)


def test_a_language_that_staff_pages_do_not_have_falls_back_to_the_first(program: StaffProgram) -> None:
    assert "Semaine du" in words_of(program.browser(AccountRole.COORDINATOR, language="pl").get())


def test_a_day_when_the_clock_changes_says_how_long_it_is(coordinator: Browser) -> None:
    assert "L’heure change : ce jour dure 23 h." in words_of(coordinator.get(week="2027-03-22"))


def test_the_neighbouring_weeks_are_one_link_away(coordinator: Browser) -> None:
    page = coordinator.get(week="2026-11-26")
    assert 'href="/rota/?week=2026-11-16"' in page.text
    assert 'href="/rota/?week=2026-11-30"' in page.text


def test_a_hole_proposes_itself_to_the_form(coordinator: Browser) -> None:
    page = coordinator.get(week="2026-11-30")
    link = re.search(r'href="/rota/\?([^"#]*)#form" data-test="fill"', page.text)
    assert link is not None
    filled = coordinator.get("/rota/?" + link[1].replace("&amp;", "&"))
    assert values_of(filled) == {"line": "adults", "who": "", "day": "2026-11-30", "from": "00:00", "to": "08:00"}


def test_a_shift_opens_in_the_form(program: StaffProgram, coordinator: Browser) -> None:
    shift = program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 16), datetime(2026, 11, 26)))
    page = coordinator.get(shift=shift.id)
    assert values_of(page) == {**TYPED, "from": "16:00", "to": "24:00"}
    assert "Plus personne ne répondra : mer. 25, 16:00–24:00." in words_of(page)


def test_a_shift_that_is_over_is_shown_and_not_changed(program: StaffProgram, coordinator: Browser) -> None:
    shift = program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 24, 14), datetime(2026, 11, 24, 15)))
    program.world.clock.advance(hours=5)
    page = coordinator.get(shift=shift.id)
    assert "Ces heures sont passées." in words_of(page)
    assert 'data-test="save"' not in page.text
    assert f"shift={shift.id}" not in page.text


def test_a_rota_without_lines_or_without_shifts_says_so(coordinator: Browser) -> None:
    assert "Aucune heure posée cette semaine." in words_of(coordinator.get())
    empty = StaffProgram(world=PlanWorld())
    empty.world.store._lines.clear()  # type: ignore[attr-defined]
    page = empty.browser(AccountRole.COORDINATOR).get()
    assert "Aucune ligne encore." in words_of(page)
    assert 'data-test="form"' not in page.text


def test_names_are_shown_as_names_whatever_they_hold(program: StaffProgram, coordinator: Browser) -> None:
    program.world.enrolling.member(member("<b>x", Role.PEER, FR))
    assert "<b>x" not in coordinator.get().text


# -- changing --------------------------------------------------------------------------------------------------------


def test_a_coordinator_adds_a_shift_and_the_line_knows(program: StaffProgram, coordinator: Browser) -> None:
    answer = coordinator.post("/rota/shifts", TYPED)
    assert answer.status_code == 303
    (shift,) = program.world.shifts()
    assert program.live.on_duty(ADULTS.id, FR, shift.starts_at)
    page = coordinator.get(answer.headers["Location"])
    assert "C’est ajouté." in words_of(page)
    assert values_of(page) == {**TYPED, "day": "2026-11-26"}


@pytest.mark.parametrize("typed", [("18", "22"), ("18h", "22h00"), ("1800", "2200"), (" 18:00 ", "22.00")])
def test_hours_are_read_as_people_type_them(
    program: StaffProgram, coordinator: Browser, typed: tuple[str, str]
) -> None:
    coordinator.post("/rota/shifts", {**TYPED, "from": typed[0], "to": typed[1]})
    (shift,) = program.world.shifts()
    assert (shift.starts_at.hour, shift.length) == (17, timedelta(hours=4))


@pytest.mark.parametrize(("to", "hours"), [("02:00", 8), ("24:00", 6), ("00:00", 6), ("06:00", 12)])
def test_an_end_before_the_start_is_on_the_next_day(
    program: StaffProgram, coordinator: Browser, to: str, hours: int
) -> None:
    coordinator.post("/rota/shifts", {**TYPED, "to": to})
    assert [shift.length for shift in program.world.shifts()] == [timedelta(hours=hours)]


def test_a_coordinator_moves_a_shift_to_another_time_line_and_colleague(
    program: StaffProgram, coordinator: Browser
) -> None:
    old = program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    changed = {**TYPED, "line": "young", "who": "peer/ines", "version": "1"}
    assert coordinator.post(f"/rota/shifts/{old.id}", changed).status_code == 303
    (new,) = program.world.shifts()
    assert (new.id, new.line, new.staff, new.role, new.version) == (old.id, "young", INES.id, Role.PEER, 2)


def test_a_coordinator_removes_a_shift(program: StaffProgram, coordinator: Browser) -> None:
    shift = program.world.plan.add_shift(wish(AMAL, datetime(2026, 12, 2, 8), datetime(2026, 12, 2, 16)))
    answer = coordinator.post(f"/rota/shifts/{shift.id}/remove", {"version": "1", "day": "2026-12-02"})
    assert "week=2026-11-30" in answer.headers["Location"]
    assert program.world.shifts() == ()
    assert "C’est retiré." in words_of(coordinator.get(answer.headers["Location"]))


# -- refusing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"line": ""}, "line", "Choisissez une ligne."),
        ({"who": ""}, "who", "Choisissez un nom."),
        ({"who": "amal"}, "who", "Choisissez un nom."),
        ({"who": "queen/amal"}, "who", "Choisissez un nom."),
        ({"day": ""}, "day", "Indiquez un jour."),
        ({"day": "25/11/2026"}, "day", "Indiquez un jour."),
        ({"day": "2026-02-30"}, "day", "Indiquez un jour."),
        ({"day": "9999-12-31", "to": "02:00"}, "day", "Indiquez un jour."),
        ({"day": "0001-01-01"}, "day", "Indiquez un jour."),
        ({"day": "2062-11-25"}, "day", "Ce jour est à plus de deux ans."),
        ({"from": "noon"}, "from", "Indiquez l’heure de début"),
        ({"from": "24:30"}, "from", "Indiquez l’heure de début"),
        ({"to": "٢٢:٠٠"}, "to", "Indiquez l’heure de fin"),
        ({"to": "18:00"}, "to", "Douze heures au plus"),
        ({"line": "nowhere"}, "line", "Cette ligne n’est pas au planning."),
        ({"who": "peer/nobody"}, "who", "Ce nom n’est pas au planning."),
        ({"who": "peer/amal"}, "who", "Ce rôle n’est pas tenu jusqu’à la fin."),
        ({"day": "2026-11-20"}, "day", "Ces heures sont passées."),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_field_and_what_was_typed_stays(
    program: StaffProgram, coordinator: Browser, changes: dict[str, str], field: str, says: str
) -> None:
    typed = {**TYPED, **changes}
    page = coordinator.post("/rota/shifts", typed)
    assert page.status_code in (404, 422)
    assert says in codes(page)
    assert f'href="#field-{field}"' in page.text
    assert f'id="problem-{field}"' in page.text
    known = {name: value for name, value in typed.items() if name not in ("line", "who") or name not in changes}
    assert known.items() <= values_of(page).items()
    assert program.world.shifts() == ()


def test_an_overlap_says_where_she_is_already(program: StaffProgram, coordinator: Browser) -> None:
    program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 20), datetime(2026, 11, 26, 4)))
    page = coordinator.post("/rota/shifts", TYPED)
    assert page.status_code == 422
    assert "Déjà au planning : mer. 25, 20:00–04:00." in codes(page)


def test_the_second_of_two_coordinators_sees_what_the_first_did_and_may_decide(
    program: StaffProgram, coordinator: Browser
) -> None:
    shift = program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    program.world.plan.move_shift(shift.id, 1, wish(INES, datetime(2026, 11, 25, 9), datetime(2026, 11, 25, 16)))
    page = coordinator.post(f"/rota/shifts/{shift.id}", {**TYPED, "version": "1"})
    assert page.status_code == 409
    assert "Quelqu’un vient de changer ces heures." in codes(page)
    assert "Au planning : mer. 25, 09:00–16:00" in words_of(page)
    assert values_of(page) == TYPED
    assert 'name="version" value="2"' in page.text
    assert program.world.shifts()[0].staff == INES.id
    gone = coordinator.post(f"/rota/shifts/{shift.id}/remove", {"version": "1", "day": "2026-11-25"})
    assert (gone.status_code, len(program.world.shifts())) == (409, 1)


def test_a_shift_that_is_gone_is_said_to_be_gone(coordinator: Browser) -> None:
    for answer in (
        coordinator.get(shift="never"),
        coordinator.post("/rota/shifts/never", {**TYPED, "version": "1"}),
        coordinator.post("/rota/shifts/never/remove", {"version": "1", "day": "2026-11-25"}),
    ):
        assert answer.status_code == 404
        assert "Ces heures ne sont plus au planning." in words_of(answer)


@pytest.mark.parametrize(
    "values",
    [
        {**TYPED, "colour": "red"},
        {**TYPED, "who": "psychologist/" + "x" * 200},
        {**TYPED, "version": "1"},
        {**TYPED, "who": "psychologist/amal\0"},
    ],
)
def test_a_form_that_is_not_ours_is_refused_whole(
    program: StaffProgram, coordinator: Browser, values: dict[str, str]
) -> None:
    assert coordinator.post("/rota/shifts", values).status_code == 400
    assert program.world.shifts() == ()


@pytest.mark.parametrize("version", ["", "0", "-1", "1.0", "x", "99999999999999999999"])
def test_a_change_says_which_version_it_saw(program: StaffProgram, coordinator: Browser, version: str) -> None:
    shift = program.world.plan.add_shift(wish(AMAL, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    for path, more in ((f"/rota/shifts/{shift.id}", TYPED), (f"/rota/shifts/{shift.id}/remove", {})):
        assert coordinator.post(path, {**more, "version": version}).status_code == 400
    assert program.world.shifts() == (shift,)


def test_a_form_larger_than_any_form_is_refused(program: StaffProgram, coordinator: Browser) -> None:
    assert coordinator.post("/rota/shifts", {**TYPED, "line": "x" * 70_000}).status_code == 413
    many = {f"f{number}": "x" for number in range(200)}
    assert coordinator.post("/rota/shifts", {**TYPED, **many}).status_code in (400, 413)
    assert program.world.shifts() == ()


@pytest.mark.parametrize("csrf", ["", "0" * 64])
def test_a_form_without_its_token_changes_nothing(program: StaffProgram, coordinator: Browser, csrf: str) -> None:
    shift = program.world.plan.add_shift(wish(INES, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    for path, values in (
        ("/rota/shifts", TYPED),
        (f"/rota/shifts/{shift.id}", {**TYPED, "version": "1"}),
        (f"/rota/shifts/{shift.id}/remove", {"version": "1", "day": "2026-11-25"}),
    ):
        assert coordinator.post(path, values, csrf=csrf).status_code == 403
    assert program.world.shifts() == (shift,)


@pytest.mark.parametrize(
    "role", [AccountRole.COUNSELLOR, AccountRole.SUPERVISOR, AccountRole.ADMINISTRATOR, AccountRole.AUDITOR]
)
def test_others_may_look_and_change_nothing(program: StaffProgram, role: AccountRole) -> None:
    shift = program.world.plan.add_shift(wish(INES, datetime(2026, 11, 25, 8), datetime(2026, 11, 25, 16)))
    browser = program.browser(role)
    page = browser.get(week=WEEK)
    assert "Ines survivante 08:00–16:00" in words_of(page)
    assert 'data-test="form"' not in page.text
    assert 'data-test="fill"' not in page.text
    assert shift.id not in page.text
    for path, values in (
        ("/rota/shifts", TYPED),
        (f"/rota/shifts/{shift.id}", {**TYPED, "version": "1"}),
        (f"/rota/shifts/{shift.id}/remove", {"version": "1", "day": "2026-11-25"}),
    ):
        assert browser.post(path, values).status_code == 403
    assert program.world.shifts() == (shift,)


def test_who_is_not_signed_in_is_led_to_the_door(program: StaffProgram) -> None:
    stranger = program.app.test_client()
    answer = stranger.get("/rota/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert stranger.post("/rota/shifts", data=TYPED).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [{"week": "soon"}, {"week": "1999-12-31"}, {"week": "2101-01-01"}, {"week": ""}, {"done": "nothing"}, {"x": "1"}],
)
def test_an_address_that_asks_for_nothing_we_have_is_refused(coordinator: Browser, asked: dict[str, str]) -> None:
    assert coordinator.get(**asked).status_code == 400


def test_a_busy_plan_keeps_what_was_typed(monkeypatch: pytest.MonkeyPatch, coordinator: Browser) -> None:
    from rota.errors import Busy

    def busy(plan: MemoryPlan) -> None:
        raise Busy

    monkeypatch.setattr(MemoryPlan, "writing", busy)
    page = coordinator.post("/rota/shifts", TYPED)
    assert page.status_code == 503
    assert "Le planning est occupé." in codes(page)
    assert values_of(page) == TYPED


def test_nothing_that_is_typed_or_planned_reaches_the_log(program: StaffProgram, coordinator: Browser) -> None:
    coordinator.post("/rota/shifts", {**TYPED, "who": "peer/nobody-at-all"})
    coordinator.post("/rota/shifts", TYPED)
    assert "nobody" not in program.log.getvalue()
    assert "amal" not in program.log.getvalue()
