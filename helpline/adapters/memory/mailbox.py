"""The mailbox in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import RLock

from helpline.adapters.memory.walk import leaves
from helpline.domain.conversation import Counts, Receipt, Standing
from helpline.domain.envelope import FIRST_EPOCH, Header
from helpline.domain.errors import ForbiddenMessage, NoSuchConversation, NotYet, OutOfOrder, StaleEpoch, TooMany
from helpline.domain.ids import ConversationId, Side
from helpline.domain.numbers import UNDELIVERED_BYTES_MAX, UNDELIVERED_MAX


@dataclass(slots=True)
class _Lane:
    """One direction: the last number taken in, the last the receiver holds, and the envelopes between."""

    last: int = 0
    held: int = 0
    kept_bytes: int = 0
    envelopes: dict[int, bytes] = field(default_factory=dict)

    def hold(self, seq: int) -> bool:
        """Drop what the receiver holds, all up to `seq`; true if that is news."""
        if seq <= self.held:
            return False
        for number in [each for each in self.envelopes if each <= seq]:
            self.kept_bytes -= len(self.envelopes.pop(number))
        self.held = seq
        return True


@dataclass(slots=True)
class _Box:
    """One conversation's mailbox, with the group's present epoch. Lanes are named after the sender.

    `told` holds, of a rebuilt one, from which epoch to before which each end that said hello may send commits again.
    """

    person: _Lane = field(default_factory=_Lane)
    counsellor: _Lane = field(default_factory=_Lane)
    epoch: int = FIRST_EPOCH
    welcome: bytes | None = None
    welcomed: bool = False
    rebuilt: bool = False
    told: dict[Side, range] = field(default_factory=dict)

    def lane_of(self, sender: Side) -> _Lane:
        return self.person if sender is Side.PERSON else self.counsellor

    def heard_from(self, side: Side) -> None:
        """She who speaks holds the Welcome."""
        if side is Side.PERSON:
            self.welcome = None


class MemoryMailbox:
    """The mailboxes of one process. Implements the port Mailbox."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._boxes: dict[ConversationId, _Box] = {}

    def open(self, conversation: ConversationId, *, rebuilt: bool = False) -> None:
        """Begin an empty one."""
        with self._lock:
            self._boxes.setdefault(conversation, _Box(welcomed=rebuilt, rebuilt=rebuilt))

    def welcome(self, conversation: ConversationId, welcome: bytes) -> bool:
        """Keep the Welcome until she holds it; true if it is new."""
        with self._lock:
            box = self._box(conversation)
            if not box.welcomed:
                box.welcome, box.welcomed = welcome, True
                return True
            if box.welcome is not None and box.welcome != welcome:
                raise ForbiddenMessage
            return False

    def held_welcome(self, conversation: ConversationId) -> bytes | None:
        """Return the Welcome that she does not hold yet."""
        with self._lock:
            return self._box(conversation).welcome

    def append(
        self, conversation: ConversationId, sender: Side, seq: int, header: Header, envelope: bytes
    ) -> tuple[Receipt, bool]:
        """Keep the envelope for the other end; return its receipt, and whether it is new."""
        receipt = Receipt(seq=seq, epoch=header.epoch)
        with self._lock:
            box = self._box(conversation)
            lane = box.lane_of(sender)
            if not box.welcomed:
                raise ForbiddenMessage
            box.heard_from(sender)
            if seq <= lane.last:
                return receipt, False
            if seq != lane.last + 1:
                raise OutOfOrder
            if header.is_commit:
                _refuse_if_stale(box, sender, header.epoch)
            if len(lane.envelopes) >= UNDELIVERED_MAX or lane.kept_bytes + len(envelope) > UNDELIVERED_BYTES_MAX:
                raise TooMany
            if header.is_commit:
                box.epoch = max(box.epoch, header.epoch + 1)
            lane.last = seq
            lane.kept_bytes += len(envelope)
            lane.envelopes[seq] = envelope
        return receipt, True

    def acknowledge(self, conversation: ConversationId, holder: Side, seq: int) -> bool:
        """Drop what this end holds, all up to `seq`; true if that is news."""
        with self._lock:
            box = self._box(conversation)
            box.heard_from(holder)
            lane = box.lane_of(holder.other)
            if seq > lane.last:
                raise OutOfOrder
            return lane.hold(seq)

    def hello(self, conversation: ConversationId, side: Side, counts: Counts) -> Standing:
        """Drop what this end holds, and say where it stands."""
        with self._lock:
            box = self._box(conversation)
            to_me, mine = box.lane_of(side.other), box.lane_of(side)
            for lane, seq in ((to_me, counts.have), (mine, counts.acked)):
                if seq > lane.last and not box.rebuilt:
                    raise OutOfOrder
                lane.last = max(lane.last, seq)
            box.heard_from(side)
            to_me.hold(counts.have)
            mine.hold(counts.acked)
            if box.rebuilt:
                box.epoch = max(box.epoch, counts.epoch)
                box.told[side] = range(counts.floor, counts.epoch)
            return Standing(taken=mine.last, acked=mine.held, envelopes=tuple(to_me.envelopes.items()))

    def undelivered(self, conversation: ConversationId, receiver: Side) -> Sequence[tuple[int, bytes]]:
        """Return what this end does not hold yet, in order."""
        with self._lock:
            return tuple(self._box(conversation).lane_of(receiver.other).envelopes.items())

    def drop(self, conversation: ConversationId) -> None:
        """Forget it all."""
        with self._lock:
            self._boxes.pop(conversation, None)

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        with self._lock:
            yield from list(leaves("mailbox", self._boxes))

    def _box(self, conversation: ConversationId) -> _Box:
        box = self._boxes.get(conversation)
        if box is None:
            raise NoSuchConversation
        return box


def _refuse_if_stale(box: _Box, sender: Side, epoch: int) -> None:
    """Refuse a commit of another epoch than the present one.

    A rebuilt mailbox does not know which commits were ordered before it was emptied. So it waits until both ends have
    said in which epoch they are: a commit is then of the present epoch, or one that its sender had adopted, which the
    server must have ordered first. A commit that had lost comes from an end that never adopted it, and stays lost.
    """
    if not box.rebuilt:
        if epoch != box.epoch:
            raise StaleEpoch
    elif len(box.told) < len(Side):
        raise NotYet
    elif epoch != box.epoch and epoch not in box.told[sender]:
        raise StaleEpoch
