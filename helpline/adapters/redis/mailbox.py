"""The mailbox on Redis: each conversation's keys stand together, and each method is one script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from helpline.adapters.memory.walk import leaves
from helpline.adapters.redis.keys import BOXES, LIFE_SECONDS, box, boxed
from helpline.adapters.redis.scripts import script
from helpline.adapters.redis.walking import keys_like, pairs
from helpline.adapters.redis.wire import Wire
from helpline.domain.conversation import Counts, Receipt, Standing
from helpline.domain.envelope import FIRST_EPOCH, Header
from helpline.domain.errors import (
    ForbiddenMessage,
    HelplineError,
    NoSuchConversation,
    NotYet,
    OutOfOrder,
    StaleEpoch,
    TooMany,
)
from helpline.domain.ids import ConversationId, Side
from helpline.domain.numbers import UNDELIVERED_BYTES_MAX, UNDELIVERED_MAX

LANES: Final[Mapping[Side, str]] = {Side.PERSON: "p", Side.COUNSELLOR: "c"}
REFUSALS: Final[Mapping[bytes, type[HelplineError]]] = {
    b"none": NoSuchConversation, b"forbidden": ForbiddenMessage, b"gap": OutOfOrder, b"stale": StaleEpoch,
    b"not_yet": NotYet, b"full": TooMany,
}
WELCOME: Final = "welcome"


class RedisMailbox:
    """The mailboxes of all processes. Implements the port Mailbox."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def open(self, conversation: ConversationId, *, rebuilt: bool = False) -> None:
        """Begin an empty one."""
        self._run(conversation, "open", LIFE_SECONDS, int(rebuilt), FIRST_EPOCH)

    def welcome(self, conversation: ConversationId, welcome: bytes) -> bool:
        """Keep the Welcome until she holds it; true if it is new."""
        return bool(self._run(conversation, "welcome", LIFE_SECONDS, welcome))

    def held_welcome(self, conversation: ConversationId) -> bytes | None:
        """Return the Welcome, if she may not hold it yet."""
        held: list[bytes | None] = self._run(conversation, "held_welcome")
        return held[0] if held else None

    def append(
        self, conversation: ConversationId, sender: Side, seq: int, header: Header, envelope: bytes
    ) -> tuple[Receipt, bool]:
        """Keep the envelope for the other end; return its receipt, and whether it is new."""
        is_new = self._run(
            conversation, "append", LIFE_SECONDS, LANES[sender], seq, envelope, int(header.is_commit), header.epoch,
            UNDELIVERED_MAX, UNDELIVERED_BYTES_MAX,
        )
        return Receipt(seq=seq, epoch=header.epoch), bool(is_new)

    def acknowledge(self, conversation: ConversationId, holder: Side, seq: int) -> bool:
        """Drop what this end holds, all up to `seq`; true if that is news."""
        return bool(self._run(conversation, "acknowledge", LIFE_SECONDS, LANES[holder], seq))

    def hello(self, conversation: ConversationId, side: Side, counts: Counts) -> Standing:
        """Drop what this end holds, and say where it stands."""
        said = (counts.have, counts.acked, counts.epoch, counts.floor)
        taken, acked, lying = self._run(conversation, "hello", LIFE_SECONDS, LANES[side], *said)
        return Standing(taken=taken, acked=acked, envelopes=_numbered(lying))

    def undelivered(self, conversation: ConversationId, receiver: Side) -> Sequence[tuple[int, bytes]]:
        """Return what this end does not hold yet, in order."""
        return _numbered(self._run(conversation, "undelivered", LANES[receiver]))

    def drop(self, conversation: ConversationId) -> None:
        """Forget it all."""
        self._wire.do("DEL", *box(conversation))

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held."""
        for key in keys_like(self._wire, BOXES):
            conversation = boxed(key)
            state, *lanes = box(conversation)
            held = {name.decode(): value for name, value in pairs(self._wire.do("HGETALL", state))}
            values = {name: value if name == WELCOME else value.decode() for name, value in held.items()}
            envelopes = [pairs(self._wire.do("HGETALL", lane)) for lane in lanes]
            yield from leaves("mailbox", {conversation: [list(values.values()), envelopes]})

    def _run(self, conversation: ConversationId, name: str, *arguments: bytes | str | int) -> Any:
        answer = self._wire.run(script(f"mailbox/{name}"), box(conversation), *arguments)
        if isinstance(answer, bytes):
            raise REFUSALS[answer]
        return answer


def _numbered(flat: Sequence[Any]) -> tuple[tuple[int, bytes], ...]:
    return tuple(zip(flat[::2], flat[1::2], strict=True))
