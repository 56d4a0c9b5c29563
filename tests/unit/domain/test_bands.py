"""A waiting person is told something true, and nothing that tells of anybody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.domain.bands import PlaceBand, WaitBand, place_band, wait_at_empty_desks, wait_band

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("ahead", "band"), [(0, "next"), (1, "few"), (3, "few"), (4, "several"), (199, "several")]
)
def test_a_place_is_a_band_and_never_a_number(ahead: int, band: PlaceBand) -> None:
    assert place_band(ahead) == band


@pytest.mark.parametrize(
    ("minutes", "band"),
    [(0, "soon"), (5, "soon"), (6, "10"), (15, "10"), (16, "20"), (25, "20"), (26, "30"), (90, "30")],
)
def test_a_wait_is_told_from_those_lately_served(minutes: int, band: WaitBand) -> None:
    assert wait_band([minutes * 60.0] * 5, 0) == band


def test_under_five_served_nothing_is_known() -> None:
    assert wait_band([60.0] * 4, 0) == "unknown"


def test_who_has_waited_longer_than_the_others_is_not_told_soon() -> None:
    assert wait_band([300.0] * 20, 301) == "unknown"


def test_what_is_left_is_told_and_not_what_has_passed() -> None:
    served = [30 * 60.0] * 5

    assert [wait_band(served, minutes * 60) for minutes in (0, 10, 20, 27)] == ["30", "20", "10", "soon"]


@given(st.lists(st.floats(0, 7200), max_size=4), st.floats(0, 7200))
def test_four_waits_are_never_enough_whatever_they_are(served: list[float], waited: float) -> None:
    assert wait_band(served, waited) == "unknown"


def test_at_empty_desks_nothing_is_known_until_somebody_has_been_called() -> None:
    assert [wait_at_empty_desks(seconds) for seconds in (0, 29, 30, 3600)] == ["unknown", "unknown", "nobody", "nobody"]
