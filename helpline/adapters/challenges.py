"""Challenges sealed under a key of the day: all processes can open them, and none keeps them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from helpline.domain.work import CHALLENGE_LETTERS
from helpline.sealing import DailySeal, Unreadable

PURPOSE: Final = "work"
MOMENT_BYTES: Final = 8
MICROSECONDS: Final = 1_000_000


class SealedChallenges:
    """The challenges of helpline.usecases.admitting. In each stands when it was made, and nothing else."""

    def __init__(self, seal: DailySeal) -> None:
        self._seal = seal

    def make(self, at: datetime) -> str:
        """Return a new one."""
        return self._seal.seal(int(at.timestamp() * MICROSECONDS).to_bytes(MOMENT_BYTES, "big"), at)

    def made_at(self, challenge: str, at: datetime) -> datetime | None:
        """Return when it was made, None if it is none of ours."""
        if len(challenge) != CHALLENGE_LETTERS:
            return None
        try:
            moment = int.from_bytes(self._seal.open(challenge, at), "big")
        except Unreadable:
            return None
        return datetime.fromtimestamp(moment / MICROSECONDS, UTC)
