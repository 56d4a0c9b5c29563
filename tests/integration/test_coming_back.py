"""Whoever loses the network comes back to her place, or to her counsellor, and misses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.envelopes import KEY_PACKAGE, WELCOME, commit, sealed
from tests.integration.people import End, Pair, counsellor, person, to64
from tests.servers import Demo

COUNTS = {"have": 0, "acked": 0, "epoch": 1, "floor": 1}


def waits(demo: Demo, wish: str = "psychologist") -> tuple[End, str]:
    her = person(demo)
    answer = her.says("wait", line="adults", language="fr", wish=wish, key_package=to64(KEY_PACKAGE))
    assert answer["ok"], answer
    return her, answer["token"]


def comes_back(demo: Demo, token: str, **counts: int) -> tuple[End, dict[str, object]]:
    her = person(demo)
    return her, her.says("hello", token=token, **{**COUNTS, **counts})


@pytest.fixture
def fresh(demo: Demo, pairs: list[Pair]) -> Iterator[Pair]:
    """Two who have just begun to talk."""
    while pairs:
        pairs.pop().close()
    pair = Pair(demo)
    yield pair
    pair.close()


@pytest.fixture
def nobody_talks(pairs: list[Pair]) -> None:
    while pairs:
        pairs.pop().close()


@pytest.mark.usefixtures("nobody_talks")
def test_a_waiting_person_who_comes_back_keeps_her_place(demo: Demo) -> None:
    first, token = waits(demo)
    second, other = waits(demo)
    first.goes()
    again = person(demo)

    back = again.says("back", token=token, wish="psychologist", key_package=to64(KEY_PACKAGE))

    assert back["ok"]
    assert back["place"] == "next"
    assert back["token"] not in (token, other)
    for end in (again, second):
        assert end.says("leave")["ok"]
        end.goes()


@pytest.mark.usefixtures("nobody_talks")
def test_whoever_was_accepted_while_away_hears_the_welcome_when_she_is_back(demo: Demo) -> None:
    her, token = waits(demo)
    desk = counsellor(demo)
    accepted = desk.says("accept", offer=desk.hears("offer")["offer"])
    her.goes()
    assert desk.hears("peer")["state"] == "lost"
    assert desk.says("welcome", conversation=accepted["conversation"], bytes=to64(WELCOME))["ok"]
    again = person(demo)

    assert again.says("back", token=token, wish="psychologist", key_package=to64(KEY_PACKAGE))["ok"]

    heard = again.hears("welcome")
    assert heard["bytes"] == to64(WELCOME)
    assert desk.hears("peer")["state"] == "here"
    assert again.says("hello", token=heard["token"], **COUNTS)["taken"] == 0
    again.says("end")
    again.goes()
    desk.goes()


def test_a_talking_person_hears_what_she_missed_in_order_and_goes_on_from_what_was_taken(
    demo: Demo, fresh: Pair
) -> None:
    assert fresh.person.says("envelope", seq=1, bytes=to64(sealed(b"one")))["ok"]
    token = fresh.token
    fresh.person.goes()
    assert fresh.counsellor.hears("peer")["state"] == "lost"
    for seq in (1, 2):
        said = fresh.counsellor.says(
            "envelope", conversation=fresh.conversation, seq=seq, bytes=to64(sealed(b"%d" % seq))
        )
        assert said["ok"]

    fresh.person, answer = comes_back(demo, token)

    assert (answer["taken"], answer["acked"]) == (1, 0)
    assert [fresh.person.hears("envelope")["seq"] for _ in range(2)] == [1, 2]
    assert fresh.counsellor.hears("peer")["state"] == "here"


def test_the_latest_page_wins_and_the_other_is_told(demo: Demo, fresh: Pair) -> None:
    before = fresh.person

    fresh.person, answer = comes_back(demo, fresh.token)

    assert answer["ok"]
    assert before.hears("bye") == {"code": "elsewhere"}


@pytest.mark.parametrize("token", ["x", "A" * 300, "A" * 640])
def test_a_token_that_is_not_ours_opens_nothing(demo: Demo, pair: Pair, token: str) -> None:
    her, answer = comes_back(demo, token)
    her.goes()

    assert answer == {"ok": False, "code": "no_such_conversation"}


def test_a_desks_token_does_not_open_the_persons_end_nor_hers_the_desks(demo: Demo, fresh: Pair) -> None:
    her, answer = comes_back(demo, fresh.desk_token)
    her.goes()
    resumed = fresh.counsellor.says("resume", conversation=fresh.conversation, token=fresh.token, **COUNTS)

    assert answer["code"] == resumed["code"] == "no_such_conversation"


def test_an_ended_conversation_never_rises_again(demo: Demo, fresh: Pair) -> None:
    fresh.person.says("end")
    fresh.over = True

    her, answer = comes_back(demo, fresh.token)
    assert answer["code"] == "no_such_conversation"
    assert her.says("again", token=fresh.token, wish="whoever", key_package=to64(KEY_PACKAGE))["code"] == "out_of_order"
    her.goes()


def test_a_desk_goes_on_where_it_was(demo: Demo, fresh: Pair) -> None:
    assert fresh.person.says("envelope", seq=1, bytes=to64(sealed(b"one")))["ok"]
    fresh.counsellor.hears("envelope")
    fresh.counsellor.goes()
    assert fresh.person.hears("peer")["state"] == "lost"
    assert fresh.person.says("envelope", seq=2, bytes=to64(sealed(b"two")))["ok"]

    fresh.counsellor = End(demo.staff, {"Cookie": fresh.cookie})
    hello = fresh.counsellor.says("hello", holding=[fresh.conversation])
    resumed = fresh.counsellor.says(
        "resume", conversation=fresh.conversation, token=fresh.desk_token, **{**COUNTS, "have": 1}
    )

    assert hello["conversations"] == [fresh.conversation]
    assert (resumed["taken"], resumed["acked"]) == (0, 0)
    assert fresh.counsellor.hears("envelope")["seq"] == 2
    assert fresh.person.hears("peer")["state"] == "here"
    assert fresh.person.hears("acked") == {"seq": 1}


def test_a_desk_that_lost_the_keys_lets_her_go_to_the_head_of_the_queue(demo: Demo, fresh: Pair) -> None:
    fresh.counsellor.goes()
    fresh.counsellor = End(demo.staff, {"Cookie": fresh.cookie})
    assert fresh.counsellor.says("hello", holding=[])["conversations"] == []
    fresh.over = True

    assert fresh.person.hears("ended") == {"by": "gone"}
    again = fresh.person.says("again", token=fresh.token, wish="whoever", key_package=to64(KEY_PACKAGE))

    assert again["ok"]
    assert again["place"] == "next"
    assert again["token"] != fresh.token
    fresh.person.says("leave")


def test_the_half_of_a_key_is_given_once_a_loss_and_is_another_one_after_it(demo: Demo, fresh: Pair) -> None:
    first = fresh.person.says("half", token=fresh.token)
    assert first["key"] == first["next"]
    fresh.person.says("gone")
    fresh.person.goes()
    fresh.counsellor.hears("peer")

    reloaded = person(demo)
    second = reloaded.says("half", token=fresh.token)
    third = reloaded.says("half", token=fresh.token)

    assert second["key"] == first["key"]
    assert second["next"] != first["key"]
    assert third["key"] == third["next"] == second["next"]
    fresh.person = reloaded


def test_the_same_welcome_twice_is_as_once_and_another_is_refused(fresh: Pair) -> None:
    said = {"conversation": fresh.conversation}

    assert fresh.counsellor.says("welcome", bytes=to64(WELCOME), **said)["ok"]
    assert fresh.counsellor.says("welcome", bytes=to64(WELCOME + b"!"), **said)["code"] == "forbidden_message"


def test_commits_of_one_epoch_have_one_winner_after_coming_back_too(demo: Demo, fresh: Pair) -> None:
    said = {"conversation": fresh.conversation, "seq": 1}
    assert fresh.counsellor.says("envelope", bytes=to64(commit(1)), **said)["ok"]
    fresh.person.goes()
    fresh.person, answer = comes_back(demo, fresh.token)
    assert answer["ok"]

    assert fresh.person.says("envelope", seq=1, bytes=to64(commit(1)))["code"] == "stale_epoch"
