"""A person: she waits, is answered, talks, and ends it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from functools import partial
from typing import Any

from helpline.domain.work import solve
from tests.load import payload
from tests.load.end import Ground, Page
from tests.load.held import Held
from tests.load.link import Address, Answer, Link
from tests.load.payload import Way
from tests.load.talk import AGAIN_SECONDS, PASSING, Talk

WISH = "whoever"


class Person(Page):
    """One person. `keeps` says whether her page writes down what it holds, so that it can be loaded again.

    Attributes:
        displaced: how often the server had forgotten that she waits.
        gone: how often her counsellor was gone for good and she waited anew, at the head of the queue.
        unopened: how often what her page wrote down could not be opened after a reload.
        vanished: whether the server knew nothing of her conversation and would not let her wait again.
    """

    def __init__(
        self, ground: Ground, doors: Sequence[Address], name: bytes, line: str, language: str, *, keeps: bool = False
    ) -> None:
        super().__init__(ground, doors)
        self._first = name
        self.name = name
        self._line, self._language, self._keeps = line, language, keeps
        self._token = ""
        self.talk: Talk | None = None
        self.past: list[Held] = []
        self.displaced = self.gone = self.unopened = 0
        self.ended = self.vanished = False
        self._written: Held | None = None
        self._half = ""
        self._dying = self._reloaded = False
        self._anews = 0

    @property
    def is_talking(self) -> bool:
        """Whether somebody answers her."""
        return self.talk is not None and not self.ended

    def die(self) -> None:
        """The next time her page has written down what it holds, it dies before the bytes leave, and is reloaded."""
        self._dying = True

    def arrived(self, link: Link) -> None:
        """Say what is said first: where she was."""
        if self._reloaded:
            self._ask_half(link, reloading=True)
        elif self.talk is not None:
            self.talk.greet(link)
        elif self._token:
            self._place(link, "back")
        else:
            self._place(link, "wait")

    def heard(self, event: str, told: Any) -> None:
        """Hear an event."""
        if event == "welcome":
            self._welcomed(told)
        elif event == "token":
            self._token = told["token"]
            if self.talk is not None:
                self.talk.heard_token(told["token"])
        elif event == "resync" and self.link is not None:
            if self.talk is not None:
                self.talk.heard_resync()
            else:
                self.arrived(self.link)
        elif event == "ended":
            self._over(told["by"])
        elif self.talk is not None and event == "envelope":
            self.talk.heard_envelope(told["seq"], base64.b64decode(told["bytes"]))
        elif self.talk is not None and event == "acked":
            self.talk.heard_acked(told["seq"])

    def left(self) -> None:
        """The connection is gone."""
        if self.talk is not None:
            self.talk.lost()
        if self._reloaded and self._written is not None:
            self._begin(self._written.copied())
            assert self.talk is not None
            self.talk.renew(first=True)

    @property
    def ongoing(self) -> Sequence[Talk]:
        """Her conversation, if somebody answers her."""
        return () if self.talk is None or self.ended else (self.talk,)

    def conversations(self) -> tuple[bytes, ...]:
        """Return the name of her conversation."""
        return (self.name,)

    async def end(self) -> None:
        """End it, and close the page."""
        while self.is_talking:
            if self.link is not None and await self.link.ask("end", {}) is not None:
                self.ended = True
            else:
                await asyncio.sleep(AGAIN_SECONDS)
        self.close()

    def _place(self, link: Link, event: str, work: str = "") -> None:
        """Ask for a place: anew, for the one she had, or for one at the head of the queue."""
        given = {"wish": WISH, "key_package": self._key_package()}
        first = {"line": self._line, "language": self._language, "work": work}
        if not work:
            del first["work"]
        asked = link.ask(event, given | (first if event == "wait" else {"token": self._token}))
        asked.add_done_callback(partial(self._placed, link, event))

    def _placed(self, link: Link, event: str, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if answer is None or link is not self.link or self.talk is not None:
            return
        if answer["ok"]:
            self._token = answer["token"]
            self.resumed()
        elif answer["code"] == "work_needed":
            self._place(link, event, solve(answer["challenge"]))
        elif answer["code"] in PASSING or event == "wait":
            self.ground.notes.refused(answer["code"])
            self._later(link, event)
        elif event == "back":  # she was accepted meanwhile, by somebody who is gone
            self._place(link, "again")
        else:
            self.ground.notes.refused(f"{event} {answer['code']}")
            self._forgotten(link)

    def _forgotten(self, link: Link) -> None:
        if self._anews:
            self.ended = self.vanished = True
        else:
            self.displaced += 1
            self._token = ""
            self._later(link, "wait")

    def _later(self, link: Link, event: str) -> None:
        def due() -> None:
            if self.link is link:
                self._place(link, event)

        asyncio.get_running_loop().call_later(AGAIN_SECONDS, due)

    def _welcomed(self, told: Any) -> None:
        self._token = told["token"]
        if self.talk is not None:
            return
        name = payload.conversation_of_welcome(base64.b64decode(told["bytes"]))
        assert name == self.name, "a Welcome to another conversation"
        self._begin(Held(conversation=name, way=Way.TO_COUNSELLOR, token=told["token"]))
        assert self.link is not None
        if self._keeps:
            self._ask_half(self.link, reloading=False)
        assert self.talk is not None
        self.talk.greet(self.link)

    def _begin(self, held: Held) -> None:
        self.talk = Talk(
            held, self.ground.notes, self.ground.chance, greeting="hello", address={}, over=self._vanished,
            save=self._save,
        )
        self.talk.resumed = self.resumed

    def _save(self) -> None:
        """Write down what the page holds; if it is to die, this is the moment: written, and not yet sent."""
        if not self._keeps or self.talk is None:
            return
        self._written = self.talk.held.copied()
        if self._dying and self._half and not self._reloaded:
            self._dying, self._reloaded = False, True
            self.drop()

    def _ask_half(self, link: Link, *, reloading: bool) -> None:
        assert self.talk is not None
        asked = link.ask("half", {"token": self.talk.held.token})
        asked.add_done_callback(partial(self._given_half, link, reloading))

    def _given_half(self, link: Link, reloading: bool, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if answer is None or link is not self.link or self.talk is None:
            return
        if answer["ok"] and (not reloading or answer["key"] == self._half):
            self._half, self._reloaded = answer["next"], False
            if reloading:
                self.talk.greet(link)
        elif reloading:  # what was written cannot be opened: the page wipes it and begins anew
            self.ground.notes.refused("unopened")
            self.unopened += 1
            self._reloaded = False
            self._anew(link)

    def _vanished(self) -> None:
        """The server knows nothing of the conversation any more: its counsellor may be gone."""
        self._over("gone")

    def _over(self, by: str) -> None:
        if by != "gone" or self.link is None:
            self.ended = True
            self.ground.notes.refused(f"ended by {by}")
        else:
            self.gone += 1
            self._anew(self.link)

    def _anew(self, link: Link) -> None:
        """Wait again, for a new conversation under a new name."""
        if self.talk is not None:
            self.talk.lost()
            self.past.append(self.talk.held)
            self._token = self.talk.held.token
        self._anews += 1
        self.talk, self._written, self._half = None, None, ""
        self.name = (self._first + b"+%d" % self._anews)[-payload.NAME_BYTES :]
        self._place(link, "again")

    def _key_package(self) -> str:
        return base64.b64encode(payload.key_package(self.name)).decode()
