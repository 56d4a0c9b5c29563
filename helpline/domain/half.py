"""The server's half of a key: without it, what a reload leaves in her page is noise."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from helpline.domain.retention import GONE_RELOAD, HALF_LIFE


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHalf:
    """32 random bytes, and when her page said that it was being left."""

    key: bytes = field(repr=False)
    left_at: datetime | None = None

    def left(self, at: datetime) -> KeyHalf:
        """Her page is being left: only a reload comes back now."""
        return replace(self, left_at=at)

    def may_be_released(self, lost_at: datetime | None, at: datetime) -> bool:
        """Tell whether whoever comes back now may still be she. `lost_at` None: her connection still stands."""
        if self.left_at is not None and at - self.left_at > GONE_RELOAD:
            return False
        return lost_at is None or at - lost_at <= HALF_LIFE
