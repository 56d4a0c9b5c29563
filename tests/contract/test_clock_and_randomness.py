"""What every clock and every source of chance does."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest

from tests.contract.adapters import CLOCKS, RANDOMNESSES

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", CLOCKS)
def test_a_clock_tells_utc_and_its_steady_hand_never_goes_back(name: str) -> None:
    clock = CLOCKS[name]()
    steady = [clock.steady() for _ in range(100)]

    assert clock.now().utcoffset() == timedelta(0)
    assert steady == sorted(steady)


@pytest.mark.parametrize("name", RANDOMNESSES)
def test_a_token_has_128_bits_is_url_safe_and_never_comes_twice(name: str) -> None:
    randomness = RANDOMNESSES[name]()
    tokens = {randomness.token() for _ in range(1_000)}

    assert len(tokens) == 1_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,64}", token) for token in tokens)


@pytest.mark.parametrize("name", RANDOMNESSES)
def test_chance_favours_nobody(name: str) -> None:
    randomness = RANDOMNESSES[name]()
    chosen = Counter(randomness.choose("abc") for _ in range(3_000))

    assert all(850 < chosen[letter] < 1_150 for letter in "abc")
