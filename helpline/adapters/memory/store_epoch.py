"""The life of stores in memory: it is this process's."""

from __future__ import annotations

from helpline.ports import Randomness


class MemoryStoreEpoch:
    """Implements the port StoreEpoch."""

    def __init__(self, randomness: Randomness) -> None:
        self._epoch = randomness.token()

    def current(self) -> str:
        """Return a random text, another one in each process."""
        return self._epoch
