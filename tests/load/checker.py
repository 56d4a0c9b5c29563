"""What was lost, came twice, came out of order, or was never said: for each conversation and way, at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.load.payload import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One way of one conversation: what one end said, what the other read, and what nobody confirmed to her."""

    said: Sequence[Said]
    got: Sequence[Said]
    unconfirmed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many messages there were, and what became of those that did not arrive once and in order.

    Args:
        foreign: read but never said there: another conversation's, another way's, or changed.
        unconfirmed: arrived or not, their sender was never told.
    """

    messages: int = 0
    lost: int = 0
    twice: int = 0
    reordered: int = 0
    foreign: int = 0
    unconfirmed: int = 0

    def __add__(self, other: Verdict) -> Verdict:
        """Sum up."""
        return Verdict(
            messages=self.messages + other.messages, lost=self.lost + other.lost, twice=self.twice + other.twice,
            reordered=self.reordered + other.reordered, foreign=self.foreign + other.foreign,
            unconfirmed=self.unconfirmed + other.unconfirmed,
        )

    @property
    def is_clean(self) -> bool:
        """Whether every message arrived once, in order, and its sender knows."""
        return not (self.lost or self.twice or self.reordered or self.foreign or self.unconfirmed)


def judge(lanes: Iterable[Lane]) -> Verdict:
    """Judge every way of every conversation and sum up."""
    return sum((_judge_one(lane) for lane in lanes), start=Verdict())


def _judge_one(lane: Lane) -> Verdict:
    said = {each: place for place, each in enumerate(lane.said)}
    seen: set[Said] = set()
    twice = reordered = foreign = 0
    furthest = -1
    for each in lane.got:
        place = said.get(each)
        if place is None:
            foreign += 1
        elif each in seen:
            twice += 1
        else:
            seen.add(each)
            reordered += place < furthest
            furthest = max(furthest, place)
    return Verdict(
        messages=len(lane.said), lost=len(said) - len(seen), twice=twice, reordered=reordered, foreign=foreign,
        unconfirmed=lane.unconfirmed,
    )
