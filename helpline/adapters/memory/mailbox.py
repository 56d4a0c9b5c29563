"""The mailbox in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import RLock

from helpline.adapters.memory.walk import leaves
from helpline.domain.conversation import Receipt
from helpline.domain.envelope import FIRST_EPOCH, Header
from helpline.domain.errors import ForbiddenMessage, NoSuchConversation, OutOfOrder, StaleEpoch, TooMany
from helpline.domain.ids import ConversationId, Side
from helpline.domain.numbers import UNDELIVERED_BYTES_MAX, UNDELIVERED_MAX


@dataclass(slots=True)
class _Lane:
    """One direction: the last number taken in, the last the receiver holds, and the envelopes between."""

    last: int = 0
    held: int = 0
    kept_bytes: int = 0
    envelopes: dict[int, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Box:
    """One conversation's mailbox, with the group's present epoch. Lanes are named after the sender."""

    person: _Lane = field(default_factory=_Lane)
    counsellor: _Lane = field(default_factory=_Lane)
    epoch: int = FIRST_EPOCH
    welcomed: bool = False

    def lane_of(self, sender: Side) -> _Lane:
        return self.person if sender is Side.PERSON else self.counsellor


class MemoryMailbox:
    """The mailboxes of one process. Implements the port Mailbox."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._boxes: dict[ConversationId, _Box] = {}

    def open(self, conversation: ConversationId) -> None:
        """Begin an empty one."""
        with self._lock:
            self._boxes.setdefault(conversation, _Box())

    def welcome(self, conversation: ConversationId) -> None:
        """Note that the Welcome has passed."""
        with self._lock:
            box = self._box(conversation)
            if box.welcomed:
                raise ForbiddenMessage
            box.welcomed = True

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
            if seq <= lane.last:
                return receipt, False
            _refuse_if_not_next(box, lane, seq, header, len(envelope))
            box.epoch += header.is_commit
            lane.last = seq
            lane.kept_bytes += len(envelope)
            lane.envelopes[seq] = envelope
        return receipt, True

    def acknowledge(self, conversation: ConversationId, holder: Side, seq: int) -> bool:
        """Drop what this end holds, all up to `seq`; true if that is news."""
        with self._lock:
            lane = self._box(conversation).lane_of(holder.other)
            if seq > lane.last:
                raise OutOfOrder
            if seq <= lane.held:
                return False
            for number in range(lane.held + 1, seq + 1):
                lane.kept_bytes -= len(lane.envelopes.pop(number))
            lane.held = seq
            return True

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


def _refuse_if_not_next(box: _Box, lane: _Lane, seq: int, header: Header, size_bytes: int) -> None:
    """Refuse a gap, a commit of another epoch than the present one, and more than the receiver's mailbox may hold."""
    if seq != lane.last + 1:
        raise OutOfOrder
    if header.is_commit and header.epoch != box.epoch:
        raise StaleEpoch
    if len(lane.envelopes) >= UNDELIVERED_MAX or lane.kept_bytes + size_bytes > UNDELIVERED_BYTES_MAX:
        raise TooMany
