"""The checker finds each kind of loss, and finds nothing where nothing is wrong."""

from __future__ import annotations

from tests.load.checker import Lane, Verdict, judge
from tests.load.payload import Said, Way


def sayings(count: int, conversation: bytes = b"one") -> list[Said]:
    return [Said(conversation, Way.TO_PERSON, number, bytes([number] * 8)) for number in range(1, count + 1)]


def found(got: list[Said], *, said: int = 5, unconfirmed: int = 0) -> Verdict:
    return judge([Lane(said=sayings(said), got=got, unconfirmed=unconfirmed)])


def test_what_arrived_once_and_in_order_is_clean():
    verdict = found(sayings(5))

    assert verdict == Verdict(messages=5)
    assert verdict.is_clean


def test_what_did_not_arrive_is_lost():
    assert found(sayings(4)) == Verdict(messages=5, lost=1)
    assert found(sayings(5)[1:]) == Verdict(messages=5, lost=1)
    assert found([]) == Verdict(messages=5, lost=5)


def test_what_came_twice_is_found_wherever_it_came():
    first, *rest = sayings(5)

    assert found([first, first, *rest]) == Verdict(messages=5, twice=1)
    assert found([first, *rest, first]) == Verdict(messages=5, twice=1)


def test_two_that_changed_places_are_found():
    one, two, three, four, five = sayings(5)

    assert found([one, three, two, four, five]) == Verdict(messages=5, reordered=1)


def test_what_was_never_said_here_is_found():
    changed = Said(b"one", Way.TO_PERSON, 1, b"changed!")

    assert found([*sayings(5), *sayings(1, b"two")]) == Verdict(messages=5, foreign=1)
    assert found([changed, *sayings(5)[1:]]) == Verdict(messages=5, lost=1, foreign=1)


def test_what_its_sender_was_never_told_of_is_not_clean():
    assert not found(sayings(5), unconfirmed=1).is_clean


def test_verdicts_of_many_conversations_are_summed_up():
    lanes = [Lane(said=sayings(5), got=sayings(4)), Lane(said=sayings(2, b"two"), got=sayings(2, b"two") * 2)]

    assert judge(lanes) == Verdict(messages=7, lost=1, twice=2)
