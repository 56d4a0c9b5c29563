"""What a waiting person is told, in bands too wide to tell anybody who else is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from helpline.domain.alarm import ALARM_AFTER
from helpline.domain.numbers import SERVED_FOR_A_BAND

PlaceBand = Literal["next", "few", "several"]
WaitBand = Literal["soon", "10", "20", "30", "unknown", "nobody"]

FEW_MAX = 3
SOON_MAX_MINUTES = 5.0
ABOUT_10_MAX_MINUTES = 15.0
ABOUT_20_MAX_MINUTES = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where she stands, as she is told: never a number."""

    place: PlaceBand
    wait: WaitBand
    offered: bool


def place_band(ahead: int) -> PlaceBand:
    """Say how many wait before her on the line: none, up to three, or more."""
    if ahead == 0:
        return "next"
    return "few" if ahead <= FEW_MAX else "several"


def wait_band(served_seconds: Sequence[float], waited_seconds: float) -> WaitBand:
    """Say how much longer she is likely to wait, from those lately served who had waited longer than she has.

    Under five of them there is no honest answer, and a single one would tell of somebody else.
    """
    longer = [seconds for seconds in served_seconds if seconds >= waited_seconds]
    if len(longer) < SERVED_FOR_A_BAND:
        return "unknown"
    minutes = (median(longer) - waited_seconds) / 60
    if minutes <= SOON_MAX_MINUTES:
        return "soon"
    if minutes <= ABOUT_10_MAX_MINUTES:
        return "10"
    return "20" if minutes <= ABOUT_20_MAX_MINUTES else "30"


def wait_at_empty_desks(waited_seconds: float) -> WaitBand:
    """Say how long she waits where nobody is there for her line and language: at first nobody knows.

    Once somebody has been called, she is told so. Never a time: those who were served lately had somebody there.
    """
    return "nobody" if waited_seconds >= ALARM_AFTER.total_seconds() else "unknown"
