"""The tokens with which a page comes back: a snapshot, sealed, good for a quarter of an hour."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from helpline.domain.errors import NoSuchConversation
from helpline.domain.ids import ConversationId, Language, LineId, Side, StaffId, Ticket
from helpline.domain.retention import TOKEN_LIFE
from helpline.domain.snapshot import Snapshot
from helpline.ports import Clock
from helpline.sealing import DailySeal, Unreadable

PURPOSE: Final = "resume"


class Tokens:
    """Makes them and reads them. They are read without looking anything up: the stores may be empty."""

    def __init__(self, seal: DailySeal, clock: Clock) -> None:
        self._seal = seal
        self._clock = clock

    def make(self, snapshot: Snapshot, side: Side) -> str:
        """Return a token for one end."""
        now = self._clock.now()
        said = {
            "side": side.value,
            "until": (now + TOKEN_LIFE).timestamp(),
            "ticket": snapshot.ticket,
            "line": snapshot.line,
            "language": snapshot.language,
            "joined": snapshot.joined_at.timestamp(),
            "number": snapshot.number,
            "epoch": snapshot.store_epoch,
            "conversation": snapshot.conversation,
            "staff": snapshot.staff_id,
        }
        return self._seal.seal(json.dumps(said, separators=(",", ":")).encode(), now)

    def read(self, token: str, side: Side) -> Snapshot:
        """Return what a token of this end holds. Raises NoSuchConversation if it is not ours, or old."""
        now = self._clock.now()
        try:
            said: Any = json.loads(self._seal.open(token, now))
        except Unreadable:
            raise NoSuchConversation from None
        if said["side"] != side.value or said["until"] <= now.timestamp():
            raise NoSuchConversation
        return Snapshot(
            ticket=Ticket(said["ticket"]),
            line=LineId(said["line"]),
            language=Language(said["language"]),
            joined_at=datetime.fromtimestamp(said["joined"], UTC),
            number=said["number"],
            store_epoch=said["epoch"],
            conversation=ConversationId(said["conversation"]) if said["conversation"] else None,
            staff_id=StaffId(said["staff"]) if said["staff"] else None,
        )
