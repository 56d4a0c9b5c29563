"""A bucket that fills with time and empties with use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.sockets.budget import BYTES, FRAMES, Allowance, Bucket, Budget

pytestmark = pytest.mark.unit

SMALL = Allowance(burst=10, per_second=2)


def test_as_much_as_the_bucket_holds_passes_at_once_and_no_more() -> None:
    bucket = Bucket(SMALL, 0)

    assert [bucket.take(1, 0) for _ in range(11)] == [True] * 10 + [False]


def test_what_is_refused_costs_nothing() -> None:
    bucket = Bucket(SMALL, 0)

    assert not bucket.take(11, 0)
    assert bucket.take(10, 0)


def test_it_fills_with_time_and_never_above_its_brim() -> None:
    bucket = Bucket(SMALL, 0)
    bucket.take(10, 0)

    assert not bucket.take(1, 0.4)
    assert bucket.take(1, 0.5)
    assert bucket.take(10, 1000)
    assert not bucket.take(1, 1000)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 20)), max_size=60))
def test_never_more_passes_than_the_burst_and_the_flow(tries: list[tuple[float, float]]) -> None:
    bucket, now, passed = Bucket(SMALL, 0), 0.0, 0.0
    for waited, amount in tries:
        now += waited
        passed += amount if bucket.take(amount, now) else 0

    assert passed <= SMALL.burst + SMALL.per_second * now + 1e-6


def test_many_small_frames_and_few_large_ones_are_both_too_many() -> None:
    assert [Budget(0).allows(int(BYTES.burst) + 1, 0)] == [False]
    budget = Budget(0)
    assert [budget.allows(1, 0) for _ in range(int(FRAMES.burst) + 1)][-2:] == [True, False]


def test_an_honest_page_at_its_fastest_is_never_refused() -> None:
    """Ten envelopes of the largest size a second would be 16 KiB each; she types one in two seconds."""
    budget = Budget(0)

    assert all(budget.allows(24_000, second / 2) for second in range(600))
