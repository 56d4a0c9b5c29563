"""A counsellor at her desk: on duty, she accepts whoever is offered."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from functools import partial
from typing import Any

from tests.load import payload
from tests.load.end import Ground, Page
from tests.load.held import Held
from tests.load.link import Address, Answer, Link
from tests.load.payload import Way
from tests.load.talk import AGAIN_SECONDS, Talk

ACCEPTS_SECONDS = 0.05


class Counsellor(Page):
    """One desk, on which at most a few conversations go on at a time.

    Attributes:
        talks: each conversation, by the server's name for it.
        past: what was said in those that are over.
    """

    def __init__(self, ground: Ground, doors: Sequence[Address]) -> None:
        super().__init__(ground, doors)
        self.talks: dict[str, Talk] = {}
        self.past: list[Held] = []
        self.is_on_duty = False
        self._unwelcomed: dict[str, str] = {}
        self._resuming: set[str] = set()

    def arrived(self, link: Link) -> None:
        """Say which conversations this page holds."""
        link.ask("hello", {"holding": list(self.talks)}).add_done_callback(partial(self._at_desk, link))

    def heard(self, event: str, told: Any) -> None:
        """Hear an event."""
        if event == "offer":
            asyncio.get_running_loop().call_later(ACCEPTS_SECONDS, self._accept, told["offer"])
        elif event == "resync" and self.link is not None:
            self.arrived(self.link)
        elif event == "presence":
            self.is_on_duty = told["state"] == "on_duty"
            if told["state"] in ("away", "off_duty") and self.link is not None:
                self._go_on_duty(self.link)
        elif event == "ended":
            self._over(told["conversation"])
        elif event in ("envelope", "acked", "token") and (talk := self.talks.get(told["conversation"])):
            if event == "envelope":
                talk.heard_envelope(told["seq"], base64.b64decode(told["bytes"]))
            elif event == "acked":
                talk.heard_acked(told["seq"])
            else:
                talk.heard_token(told["token"])

    def left(self) -> None:
        """The connection is gone."""
        self.is_on_duty = False
        for talk in self.talks.values():
            talk.lost()

    @property
    def ongoing(self) -> Sequence[Talk]:
        """The conversations at this desk."""
        return tuple(self.talks.values())

    def conversations(self) -> tuple[bytes, ...]:
        """Return the names of the conversations at this desk."""
        return tuple(talk.held.conversation for talk in self.talks.values())

    def _at_desk(self, link: Link, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if answer is None or link is not self.link:
            return
        if not answer["ok"]:
            self.ground.notes.refused(answer["code"])
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._arrived_still, link)
            return
        self._go_on_duty(link)
        self._resuming = set(self.talks)
        for talk in list(self.talks.values()):
            talk.greet(link)
        if not self._resuming:
            self.resumed()

    def _arrived_still(self, link: Link) -> None:
        if self.link is link:
            self.arrived(link)

    def _go_on_duty(self, link: Link) -> None:
        link.ask("presence", {"state": "on_duty"}).add_done_callback(self._on_duty)

    def _on_duty(self, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if answer is not None and answer["ok"]:
            self.is_on_duty = answer["state"] == "on_duty"

    def _accept(self, offer: str) -> None:
        link = self.link
        if link is not None:
            link.ask("accept", {"offer": offer}).add_done_callback(partial(self._accepted, link))

    def _accepted(self, link: Link, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if answer is None or link is not self.link:
            return
        if not answer["ok"]:
            self.ground.notes.refused(answer["code"])
            return
        conversation = answer["conversation"]
        name = payload.conversation_of_key_package(base64.b64decode(answer["key_package"]))
        held = Held(conversation=name, way=Way.TO_PERSON, token=answer["token"])
        self.talks[conversation] = talk = Talk(
            held, self.ground.notes, self.ground.chance, greeting="resume", address={"conversation": conversation},
            over=partial(self._over, conversation),
        )
        talk.resumed = partial(self._talk_resumed, conversation)
        self._unwelcomed[conversation] = base64.b64encode(payload.welcome(name)).decode()
        self._welcome(link, conversation)

    def _welcome(self, link: Link, conversation: str) -> None:
        given = {"conversation": conversation, "bytes": self._unwelcomed[conversation]}
        link.ask("welcome", given).add_done_callback(partial(self._welcomed, link, conversation))

    def _welcomed(self, link: Link, conversation: str, answered: asyncio.Future[Answer]) -> None:
        answer = answered.result()
        if answer is None or link is not self.link or conversation not in self.talks:
            return
        if not answer["ok"]:
            self.ground.notes.refused(answer["code"])
        self._unwelcomed.pop(conversation, None)
        self.talks[conversation].begin(link)

    def _talk_resumed(self, conversation: str) -> None:
        if conversation in self._unwelcomed and self.link is not None:
            self._welcome(self.link, conversation)
        self._resuming.discard(conversation)
        if not self._resuming:
            self.resumed()

    def _over(self, conversation: str) -> None:
        talk = self.talks.pop(conversation, None)
        self._unwelcomed.pop(conversation, None)
        if talk is not None:
            talk.lost()
            self.past.append(talk.held)
        self._resuming.discard(conversation)
        if not self._resuming:
            self.resumed()
