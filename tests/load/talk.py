"""One end of one conversation, on the wire: what goes out, what comes in, and how it goes on after a loss.

Outgoing envelopes are numbered and stay here until the other end holds them; at most a window of them is on its way,
and whatever goes wrong, everything from the first that the server does not have goes again, in order. Incoming ones
are taken in order; one that was taken before is dropped, and said to be held once more.
"""

from __future__ import annotations

import asyncio
import base64
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from tests.load import payload
from tests.load.held import COMMIT, Held
from tests.load.link import Answer, Wire
from tests.load.payload import Said, Way

WINDOW = 32
PASSING = frozenset({"too_many", "not_yet", "internal"})
AGAIN_SECONDS = 0.5
HELLO_AGAIN_SECONDS = 0.02
HOLDS_SECONDS = 0.03
UNANSWERED_SECONDS = 8.0
OVER = "no_such_conversation"


@dataclass(slots=True)
class Notes:
    """What a run wants to know beside what was said: times are seconds of the process's steady clock.

    Args:
        said_at: when each message was given to its page, until it is read.
        latencies_seconds: how long each took from there to being read.
        refusals: how often each code was answered.
        again: how many envelopes went more than once.
        greeted: each time an end went on from what the server had: whose, which, and when.
    """

    said_at: dict[Said, float] = field(default_factory=dict)
    latencies_seconds: list[float] = field(default_factory=list)
    refusals: dict[str, int] = field(default_factory=dict)
    again: int = 0
    greeted: list[tuple[bytes, Way, float]] = field(default_factory=list)

    def refused(self, code: str) -> None:
        """Count a refusal."""
        self.refusals[code] = self.refusals.get(code, 0) + 1


class Talk:
    """One end. `greeting` is the event that says that its socket is here again, `address` what every event carries.

    Args:
        save: called before any bytes leave, with what a page would write down; it may raise to say that the page died.
        over: called once when the server knows nothing of the conversation.
    """

    def __init__(
        self, held: Held, notes: Notes, chance: random.Random, *, greeting: str,
        address: Mapping[str, object], over: Callable[[], None], save: Callable[[], None] = lambda: None,
    ) -> None:
        self.held, self._notes, self._chance = held, notes, chance
        self._greeting, self._address, self._over, self._save = greeting, address, over, save
        self._wire: Wire | None = None
        self._turn = 0  # what was asked before it changed is answered for nothing
        self._next = held.last + 1
        self._flying: dict[int, float] = {}
        self._ready = self._resting = self._acking = False
        self._greeted_at: float | None = None
        self.resumed: Callable[[], None] = lambda: None

    @property
    def is_quiet(self) -> bool:
        """Whether everything said is known to be held by the other end."""
        return self._ready and not self.held.queue and not self.held.outbox

    def begin(self, wire: Wire) -> None:
        """Speak over this connection; nothing was said before."""
        self._wire, self._ready = wire, True
        self._pump()

    def say(self) -> None:
        """Say something new."""
        held = self.held
        said = Said(held.conversation, held.way, len(held.said) + 1, self._chance.randbytes(payload.CHANCE_BYTES))
        held.said.append(said)
        held.queue.append(said)
        self._notes.said_at[said] = monotonic()
        self._pump()

    def renew(self, *, first: bool = False) -> None:
        """Renew the keys, after what waits, or before it."""
        if COMMIT not in self.held.queue and self.held.pending is None:
            self.held.queue.insert(0 if first else len(self.held.queue), COMMIT)
            self._pump()

    def lost(self) -> None:
        """The connection is gone."""
        self._turn += 1
        self._wire, self._ready, self._resting, self._greeted_at = None, False, False, None
        self._flying.clear()

    def greet(self, wire: Wire) -> None:
        """Say that this end is here, and go on from what the server has."""
        self.lost()
        self._wire, self._greeted_at = wire, monotonic()
        held = self.held
        self._save()
        if self._wire is None:  # the page died here
            return
        told = {"token": held.token, "have": held.have, "acked": held.acked, "epoch": held.epoch, "floor": held.floor}
        answer = wire.ask(self._greeting, {**self._address, **told})
        answer.add_done_callback(partial(self._greeted, self._turn))

    def look(self) -> None:
        """Called twice a second: a question that nobody answers means that the connection is dead."""
        if self._wire is None:
            return
        asked = [*self._flying.values(), *([self._greeted_at] if self._greeted_at else [])]
        if asked and monotonic() - min(asked) > UNANSWERED_SECONDS:
            self._wire.abort()

    def heard_token(self, token: str) -> None:
        """Keep the newest proof of whose conversation this is."""
        self.held.token = token

    def heard_acked(self, seq: int) -> None:
        """The other end holds everything up to here."""
        self.held.drop(seq)
        self._pump()

    def heard_envelope(self, seq: int, data: bytes) -> None:
        """Take what comes next; drop what came before; ask for what is missing."""
        if seq > self.held.have + 1:
            self._notes.refused("gap")
            if self._ready and self._wire is not None:
                self.greet(self._wire)
            return
        if seq == self.held.have + 1:
            self._take(data)
            self.held.have = seq
        self._hold()

    def heard_resync(self) -> None:
        """The server is not sure what it has: say it all again."""
        if self._wire is not None:
            self._notes.refused("resync")
            self.greet(self._wire)

    def _take(self, data: bytes) -> None:
        got = payload.opened(data)
        if got.said is not None:
            self.held.got.append(got.said)
            if (since := self._notes.said_at.pop(got.said, None)) is not None:
                self._notes.latencies_seconds.append(monotonic() - since)
        else:
            self.held.adopt(got.epoch)

    def _hold(self) -> None:
        if not self._acking:
            self._acking = True
            asyncio.get_running_loop().call_later(HOLDS_SECONDS, self._say_holds)

    def _say_holds(self) -> None:
        self._acking = False
        if self._wire is not None:
            self._save()
        if self._wire is not None:
            self._wire.say("holds", {**self._address, "seq": self.held.have})

    def _greeted(self, turn: int, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if turn != self._turn or answer is None:
            return None
        self._greeted_at = None
        if not answer["ok"]:
            return self._not_greeted(answer["code"])
        held = self.held
        held.token = answer["token"]
        held.confirm(answer["taken"])
        held.drop(answer["acked"])
        self._notes.greeted.append((held.conversation, held.way, monotonic()))
        self._notes.again += max(0, self._next - 1 - answer["taken"])
        self._next, self._ready = max(answer["taken"], held.acked) + 1, True
        self.resumed()
        return self._pump()

    def _not_greeted(self, code: str) -> None:
        self._notes.refused(code)
        if code == OVER:
            self._over()
        else:
            self._later(AGAIN_SECONDS, self._greet_again)

    def _pump(self) -> None:
        while self._wire is not None and self._ready and not self._resting and len(self._flying) < WINDOW:
            self._next = max(self._next, self.held.acked + 1)  # what was refused may have arrived before
            self._seal()
            if self._next > self.held.last:
                return
            sealed = self.held.outbox[self._next]
            self._save()
            if self._wire is None:  # the page died between writing and sending
                return
            given = {**self._address, "seq": sealed.seq, "bytes": base64.b64encode(sealed.data).decode()}
            self._flying[sealed.seq] = monotonic()
            self._next += 1
            self._wire.ask("envelope", given).add_done_callback(partial(self._given, self._turn, sealed.seq))

    def _seal(self) -> None:
        """Seal what waits, one at a time; after a commit nothing, until it is known whether ours was the first."""
        held = self.held
        if not held.queue or held.pending is not None or self._next <= held.last:
            return
        said = held.queue.pop(0)
        if said is None:
            held.add(payload.commit(held.conversation, held.epoch, self._chance.randbytes(payload.CHANCE_BYTES)), None)
        else:
            held.add(payload.sealed(said, held.epoch), said)

    def _given(self, turn: int, seq: int, answered: asyncio.Future[Answer]) -> None:
        answer: Any = answered.result()
        if turn != self._turn or answer is None:
            return
        self._flying.pop(seq, None)
        if answer["ok"]:
            self.held.confirm(seq)
            self._pump()
        else:
            self._not_given(seq, answer["code"])

    def _not_given(self, seq: int, code: str) -> None:
        self._notes.refused(code)
        if code == "stale_epoch":
            self._turn += 1
            self._flying.clear()
            self.held.withdraw()
            self._next = seq
            self._pump()
        elif code == OVER:
            self._over()
        elif code in PASSING:
            self._turn += 1
            self._flying.clear()
            self._next, self._resting = seq, True
            self._later(AGAIN_SECONDS, self._pump)
        else:
            self._ready = False
            self._later(HELLO_AGAIN_SECONDS, self._greet_again)

    def _greet_again(self) -> None:
        if self._wire is not None:
            self.greet(self._wire)

    def _later(self, seconds: float, work: Callable[[], None]) -> None:
        """Do it then, unless something else began meanwhile."""
        turn = self._turn

        def due() -> None:
            if turn == self._turn:
                self._resting = False
                work()

        asyncio.get_running_loop().call_later(seconds, due)
