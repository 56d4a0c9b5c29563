"""How much one connection may send: a bucket that fills with time and empties with use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A bucket's size, and what flows into it each second."""

    burst: float
    per_second: float


FRAMES: Final = Allowance(burst=80, per_second=20)
BYTES: Final = Allowance(burst=768 * 1024, per_second=64 * 1024)


class Bucket:
    """What is left of one allowance. Times are seconds of a steady clock."""

    __slots__ = ("_allowance", "_at", "_left")

    def __init__(self, allowance: Allowance, at: float) -> None:
        self._allowance = allowance
        self._left = allowance.burst
        self._at = at

    def take(self, amount: float, at: float) -> bool:
        """Take `amount` out, or nothing and return False if that much is not there."""
        filled = self._left + (at - self._at) * self._allowance.per_second
        self._left, self._at = min(self._allowance.burst, filled), at
        if amount > self._left:
            return False
        self._left -= amount
        return True


class Budget:
    """What one connection may send, in frames and in bytes."""

    __slots__ = ("_bytes", "_frames")

    def __init__(self, at: float, frames: Allowance = FRAMES, data: Allowance = BYTES) -> None:
        self._frames = Bucket(frames, at)
        self._bytes = Bucket(data, at)

    def allows(self, size_bytes: int, at: float) -> bool:
        """Spend one frame of this size; False once the budget is overdrawn."""
        return self._frames.take(1, at) and self._bytes.take(size_bytes, at)


BudgetOf = Callable[[float], Budget]  # what a connection that opens at this steady time may send
