"""A server that is honest, keeps everything in this process, and loses connections when it is told to."""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from tests.load.link import Address, Answer, Heard

PERSON, STAFF = "http://person", "http://staff"
SIDES = ("person", "staff")
TRAVEL_SECONDS = 0.01


class FakeLink:
    """One connection; what is said is answered a moment later, unless the connection is lost first."""

    def __init__(self, server: FakeServer, who: str, heard: Heard, lost: Callable[[], None]) -> None:
        self._server, self.who, self._heard, self._lost = server, who, heard, lost
        self._loop = asyncio.get_running_loop()
        self._travelling: deque[Callable[[], object]] = deque()
        self.is_over = False

    def ask(self, event: str, payload: Mapping[str, object]) -> asyncio.Future[Answer]:
        answer: asyncio.Future[Answer] = self._loop.create_future()
        if self.is_over:
            answer.set_result(None)
        else:
            self._soon(partial(self._answer, event, payload, answer))
        return answer

    def say(self, event: str, payload: Mapping[str, object]) -> None:
        self.ask(event, payload)

    def hear(self, event: str, payload: Mapping[str, object]) -> None:
        """The server says something."""
        self._soon(lambda: None if self.is_over else self._heard(event, payload))

    def abort(self) -> None:
        if not self.is_over:
            self.is_over = True
            self._lost()

    close = abort

    def _soon(self, work: Callable[[], object]) -> None:
        """Do it after what came before, once it has travelled."""
        self._travelling.append(work)
        self._loop.call_later(TRAVEL_SECONDS, lambda: self._travelling.popleft()())

    def _answer(self, event: str, payload: Mapping[str, object], answer: asyncio.Future[Answer]) -> None:
        told = None if self.is_over else self._server.answer(self, event, payload)
        if not answer.done():
            answer.set_result(None if self.is_over else told)


class Box:
    """A conversation: what each side was given and holds."""

    def __init__(self, name: str, desk: str) -> None:
        self.name, self.desk = name, desk
        self.kept: dict[str, list[str]] = {side: [] for side in SIDES}  # by sender
        self.held = dict.fromkeys(SIDES, 0)
        self.epoch = 1


class FakeServer:
    """Everybody's server. A person is known by her name, which is her token."""

    def __init__(self) -> None:
        self.links: dict[str, FakeLink] = {}
        self._boxes: dict[str, Box] = {}
        self._waiting: dict[str, str] = {}
        self._free: list[str] = []

    async def open(self, address: Address, heard: Heard, lost: Callable[[], None]) -> Any:
        """Stand in for `open_link`."""
        return FakeLink(self, address.cookie, heard, lost)

    def cut(self) -> None:
        """Lose every connection."""
        for link in list(self.links.values()):
            link.abort()

    def answer(self, link: FakeLink, event: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do what is asked."""
        if link.who:
            self.links[link.who] = link
        return {"ok": True, **(getattr(self, f"_{event}")(link, told) or {})}

    def _wait(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        link.who = base64.b64decode(told["key_package"])[8:24].hex()
        self.links[link.who] = link
        self._waiting[link.who] = told["key_package"]
        self._offer()
        return {"token": link.who}

    def _presence(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        if link.who not in self._free and not any(box.desk == link.who for box in self._boxes.values()):
            self._free.append(link.who)
        return {"state": "on_duty"}

    def _offer(self) -> None:
        for person in list(self._waiting):
            if self._free and person not in self._boxes:
                desk = self._free.pop(0)
                self._boxes[person] = Box(person, desk)
                self.links[desk].hear("offer", {"offer": person})

    def _accept(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        person = told["offer"]
        return {"conversation": person, "key_package": self._waiting.pop(person), "token": person}

    def _welcome(self, link: FakeLink, told: Mapping[str, Any]) -> None:
        person = told["conversation"]
        self.links[person].hear("welcome", {"bytes": told["bytes"], "token": person})

    def _hello(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object] | None:
        if "holding" in told:
            return None
        link.who = told["token"]
        self.links[link.who] = link
        return self._resume(link, told)

    def _resume(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        box = self._boxes[told["token"]]
        mine, other = self._sides(box, link)
        box.held[mine] = max(box.held[mine], told["have"])
        for seq, data in enumerate(box.kept[other][told["have"] :], start=told["have"] + 1):
            link.hear("envelope", {"conversation": box.name, "seq": seq, "bytes": data})
        return {"taken": len(box.kept[mine]), "acked": box.held[other], "token": told["token"]}

    def _envelope(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        box = self._boxes[told.get("conversation", link.who)]
        mine, _ = self._sides(box, link)
        kept, data = box.kept[mine], base64.b64decode(told["bytes"])
        if told["seq"] > len(kept) + 1:
            return {"ok": False, "code": "out_of_order"}
        if told["seq"] == len(kept) + 1:
            at = 4 + 1 + data[4]
            if data[at + 8] == 3:
                if int.from_bytes(data[at : at + 8], "big") != box.epoch:
                    return {"ok": False, "code": "stale_epoch"}
                box.epoch += 1
            kept.append(told["bytes"])
            self._tell(box, mine, "envelope", {"seq": told["seq"], "bytes": told["bytes"]})
        return {"seq": told["seq"]}

    def _holds(self, link: FakeLink, told: Mapping[str, Any]) -> None:
        box = self._boxes[told.get("conversation", link.who)]
        mine, _ = self._sides(box, link)
        if told["seq"] > box.held[mine]:
            box.held[mine] = told["seq"]
            self._tell(box, mine, "acked", {"seq": told["seq"]})

    def _end(self, link: FakeLink, told: Mapping[str, Any]) -> None:
        box = self._boxes.pop(link.who)
        self.links[box.desk].hear("ended", {"conversation": box.name, "by": "person"})

    def _half(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        return {"key": "half", "next": "half"}

    def _sides(self, box: Box, link: FakeLink) -> tuple[str, str]:
        return SIDES if link.who == box.name else (SIDES[1], SIDES[0])

    def _tell(self, box: Box, sender: str, event: str, payload: Mapping[str, object]) -> None:
        other = self.links.get(box.desk if sender == "person" else box.name)
        if other is not None:
            other.hear(event, {"conversation": box.name, **payload})
