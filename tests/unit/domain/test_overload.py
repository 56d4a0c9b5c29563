"""How many may wait, and from when on work is asked of those who come."""

from __future__ import annotations

import pytest

from helpline.domain.numbers import WAITING_PER_LINE_MAX
from helpline.domain.overload import WAITING_PER_DESK_MAX, Crowd, waiting_most

pytestmark = pytest.mark.unit


def test_as_many_may_wait_as_those_at_their_desks_can_answer_and_never_more_than_a_line_holds() -> None:
    assert [waiting_most(at_desk) for at_desk in (0, 1, 3, 50)] == [
        WAITING_PER_DESK_MAX, WAITING_PER_DESK_MAX, 3 * WAITING_PER_DESK_MAX, WAITING_PER_LINE_MAX
    ]


@pytest.mark.parametrize(
    ("joins", "waiting", "at_desk", "crowded"),
    [(20, 9, 1, False), (21, 0, 1, True), (1, 10, 1, True), (1, 19, 2, False), (1, 20, 2, True), (1, 10, 0, True)],
)
def test_work_is_asked_for_when_many_come_or_many_wait(joins: int, waiting: int, at_desk: int, crowded: bool) -> None:
    assert Crowd(joins=joins, waiting=waiting, at_desk=at_desk).asks_for_work(20) is crowded
