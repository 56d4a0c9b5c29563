"""Who may join, and what each is told who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.domain import errors
from helpline.domain.bands import Place
from helpline.domain.ids import CertificateRole, Language, LineId, PresenceState, Ticket, Wish
from helpline.domain.numbers import KEY_PACKAGE_BYTES_MAX
from helpline.domain.overload import WAITING_PER_DESK_MAX
from tests.envelopes import KEY_PACKAGE
from tests.fakes import ADULTS, FRENCH, NOON, YOUTH
from tests.world import World

pytestmark = pytest.mark.unit


@pytest.fixture
def world() -> World:
    world = World()
    world.planned("ada")
    return world


def join(world: World, ticket: str = "t", line: LineId = ADULTS, language: Language = FRENCH) -> Place:
    return world.does.waiting.join(Ticket(ticket), line, language, Wish.WHOEVER, KEY_PACKAGE)


def test_the_first_is_next_and_nobody_knows_how_long(world: World) -> None:
    assert join(world) == Place(place="next", wait="unknown", offered=False)


def test_the_fifth_is_told_several_and_no_number(world: World) -> None:
    places = [join(world, ticket).place for ticket in "abcde"]

    assert places == ["next", "few", "few", "few", "several"]


def test_an_answer_to_her_is_not_sent_to_her_again_as_news(world: World) -> None:
    world.counsellor("bea")

    assert join(world).offered
    assert world.publisher.of("t", "place") == []


def test_an_unknown_line_is_refused(world: World) -> None:
    with pytest.raises(errors.NoSuchLine):
        join(world, line=LineId("moon"))


def test_a_closed_line_is_refused(world: World) -> None:
    world.roster.opening_hours[ADULTS] = (NOON + timedelta(hours=1), NOON + timedelta(hours=2))

    with pytest.raises(errors.LineClosed):
        join(world)


def test_a_language_nobody_speaks_today_is_refused(world: World) -> None:
    with pytest.raises(errors.NobodySpeaksLanguage):
        join(world, language=Language("ro"))
    with pytest.raises(errors.NobodySpeaksLanguage):
        join(world, line=YOUTH)


def test_a_language_somebody_speaks_later_today_is_welcome(world: World) -> None:
    in_an_hour = NOON + timedelta(hours=1)
    world.planned("nora", languages=(Language("ro"),), start=in_an_hour, end=in_an_hour + timedelta(hours=4))

    assert join(world, language=Language("ro")).place == "next"


def test_a_language_spoken_only_tomorrow_is_refused(world: World) -> None:
    tomorrow = NOON + timedelta(hours=12, seconds=1)
    world.planned("nora", languages=(Language("ro"),), start=tomorrow, end=tomorrow + timedelta(hours=4))

    with pytest.raises(errors.NobodySpeaksLanguage):
        join(world, language=Language("ro"))


def test_a_full_queue_is_refused_and_the_other_line_is_not_full(world: World) -> None:
    world.planned("cleo", line=YOUTH)
    for number in range(WAITING_PER_DESK_MAX):
        join(world, f"t{number}")

    with pytest.raises(errors.Full):
        join(world)
    assert join(world, line=YOUTH).place == "next"


def test_with_every_counsellor_who_comes_to_her_desk_more_may_wait(world: World) -> None:
    for name in ("bea", "cleo"):
        world.counsellor(name)
    for number in range(2 * WAITING_PER_DESK_MAX):
        join(world, f"t{number}")

    with pytest.raises(errors.Full):
        join(world)


def test_who_waits_already_does_not_join_twice(world: World) -> None:
    join(world)

    with pytest.raises(errors.AlreadyWaiting):
        join(world)


def test_who_talks_already_does_not_join(world: World) -> None:
    ada = world.counsellor("ada")
    ticket, _ = world.talking(ada)

    with pytest.raises(errors.AlreadyWaiting):
        join(world, ticket)


def test_a_ticket_whose_conversation_is_over_cannot_rise_again_for_a_quarter_of_an_hour(world: World) -> None:
    ticket, _ = world.talking(world.counsellor("ada"))
    world.does.closing.end_by_person(ticket)

    with pytest.raises(errors.NoSuchConversation):
        join(world, ticket)


@pytest.mark.parametrize(
    ("key_package", "error"), [(b"", errors.BadRequest), (bytes(KEY_PACKAGE_BYTES_MAX + 1), errors.TooLarge)]
)
def test_a_key_package_that_cannot_be_one_is_refused(
    world: World, key_package: bytes, error: type[errors.HelplineError]
) -> None:
    with pytest.raises(error):
        world.does.waiting.join(Ticket("t"), ADULTS, FRENCH, Wish.WHOEVER, key_package)
    assert world.room.everybody() == ()


def test_who_does_not_wait_can_neither_leave_nor_wish(world: World) -> None:
    with pytest.raises(errors.NotWaiting):
        world.does.waiting.leave(Ticket("t"))
    with pytest.raises(errors.NotWaiting):
        world.does.waiting.change_wish(Ticket("t"), Wish.SURVIVOR)


def test_the_place_is_published_only_when_it_changes(world: World) -> None:
    first, second = world.person(), world.person()
    world.passes(minutes=1)
    world.publisher.clear()
    world.passes(minutes=5)
    assert world.publisher.of(second, "place") == []

    world.does.waiting.leave(first)
    world.passes(minutes=5)

    assert world.publisher.of(second, "place") == [{"place": "next", "wait": "nobody", "offered": False}]


def test_only_the_system_makes_somebody_away(world: World) -> None:
    ada = world.counsellor("ada")

    with pytest.raises(errors.NotPermitted):
        world.does.attending.declare(ada, PresenceState.AWAY)


def test_on_duty_without_a_shift_is_refused_and_a_break_is_not(world: World) -> None:
    bea = world.planned("bea", CertificateRole.PEER, start=NOON + timedelta(hours=1))
    world.does.attending.arrive(bea)

    with pytest.raises(errors.NotOnDutyByRota):
        world.does.attending.declare(bea, PresenceState.ON_DUTY)
    assert world.declares(bea, PresenceState.ON_BREAK) is PresenceState.ON_BREAK
