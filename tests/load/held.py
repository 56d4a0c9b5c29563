"""What one end of one conversation holds, and may write down and find again: no more than a page keeps of it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from tests.load.payload import Said, Way

COMMIT = None  # in the queue: new keys, rather than words


@dataclass(frozen=True, slots=True)
class Sealed:
    """One envelope on its way. `said` is None for a commit."""

    seq: int
    data: bytes
    epoch: int
    said: Said | None


@dataclass(slots=True, kw_only=True)
class Held:
    """One end's half of a conversation.

    Args:
        conversation: the name under which the checker knows it.
        way: which way this end speaks.
        queue: what is not sealed yet.
        outbox: what the other end does not hold yet, by number.
        pending: the number of a commit of ours that the server has not answered yet.
        have: up to which number everything of the other end was taken.
        epoch: the epoch whose keys this end uses.
        forks: commits that were accepted and did not fit: two ends with different keys.
    """

    conversation: bytes
    way: Way
    token: str
    queue: list[Said | None] = field(default_factory=list)
    outbox: dict[int, Sealed] = field(default_factory=dict)
    last: int = 0
    acked: int = 0
    pending: int | None = None
    have: int = 0
    epoch: int = 1
    forks: int = 0
    said: list[Said] = field(default_factory=list)
    got: list[Said] = field(default_factory=list)

    @property
    def floor(self) -> int:
        """The lowest epoch of our own commits that the other end does not hold yet; the present one if none."""
        mine = [each.epoch for each in self.outbox.values() if each.said is None and each.seq != self.pending]
        return min(mine, default=self.epoch)

    def add(self, data: bytes, said: Said | None) -> None:
        """Put an envelope into the outbox under the next number."""
        self.last += 1
        self.outbox[self.last] = Sealed(self.last, data, self.epoch, said)
        if said is None:
            self.pending = self.last

    def confirm(self, upto: int) -> None:
        """Our commit was accepted, if it is among these: the next epoch begins."""
        if self.pending is not None and upto >= self.pending:
            self.adopt(self.outbox[self.pending].epoch)
            self.pending = None

    def adopt(self, epoch: int) -> None:
        """A commit made in this epoch was accepted: the next one begins."""
        self.forks += epoch != self.epoch
        self.epoch += 1

    def withdraw(self) -> None:
        """Another commit came first: ours never was, and its number is used for what comes next."""
        if self.pending is not None:
            del self.outbox[self.pending]
            self.last -= 1
            self.pending = None

    def drop(self, upto: int) -> None:
        """Forget what the other end holds."""
        self.confirm(upto)
        self.acked = max(self.acked, upto)
        for seq in [seq for seq in self.outbox if seq <= upto]:
            del self.outbox[seq]

    def copied(self) -> Held:
        """Return what would be written down now: later changes do not reach it."""
        written = copy.copy(self)
        written.queue, written.outbox = list(self.queue), dict(self.outbox)
        written.said, written.got = list(self.said), list(self.got)
        return written
