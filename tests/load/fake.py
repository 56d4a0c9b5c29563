"""A server that is honest, keeps everything in this process, and loses connections or its memory when it is told to."""

from __future__ import annotations

import asyncio
import base64
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from tests import envelopes
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


class Lane:
    """What one side was given for the other."""

    def __init__(self) -> None:
        self.last = self.held = 0
        self.kept: dict[int, str] = {}

    def drop(self, upto: int) -> None:
        self.last, self.held = max(self.last, upto), max(self.held, upto)
        for seq in [seq for seq in self.kept if seq <= upto]:
            del self.kept[seq]


class Box:
    """A conversation: what each side was given and holds, by sender."""

    def __init__(self, name: str, desk: str, *, rebuilt: bool = False) -> None:
        self.name, self.desk, self.rebuilt = name, desk, rebuilt
        self.lanes = {side: Lane() for side in SIDES}
        self.told: dict[str, tuple[int, int]] = {}
        self.epoch = 1

    def refuses(self, side: str, data: bytes) -> str | None:
        """Return why a commit is not taken, or take it."""
        at = 4 + 1 + data[4]
        if data[at + 8] != envelopes.COMMIT:
            return None
        if self.rebuilt and len(self.told) < len(SIDES):
            return "not_yet"
        made_in = int.from_bytes(data[at : at + 8], "big")
        told, floor = self.told.get(side, (0, 0)) if self.rebuilt else (0, 0)
        if made_in < self.epoch and not floor <= made_in < told:
            return "stale_epoch"
        self.epoch = max(self.epoch, made_in + 1)
        return None


class FakeServer:
    """Everybody's server. A person is known by her name, which is her token."""

    def __init__(self) -> None:
        self.links: dict[str, FakeLink] = {}
        self._boxes: dict[str, Box] = {}
        self._desks: dict[str, str] = {}  # what a token would say
        self._waiting: dict[str, str] = {}
        self._free: list[str] = []

    async def open(self, address: Address, heard: Heard, lost: Callable[[], None]) -> Any:
        """Stand in for `open_link`."""
        return FakeLink(self, address.cookie, heard, lost)

    def forget(self) -> None:
        """Come back empty, and ask everybody for what they hold."""
        self._boxes.clear()
        for link in list(self.links.values()):
            link.hear("resync", {})

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
                self._desks[person] = desk
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
        if told["token"] not in self._boxes:
            self._boxes[told["token"]] = Box(told["token"], self._desks[told["token"]], rebuilt=True)
        box = self._boxes[told["token"]]
        mine, other = self._sides(box, link)
        if box.rebuilt:
            box.told[mine] = told["epoch"], told["floor"]
            box.epoch = max(box.epoch, told["epoch"])
        to_me, from_me = box.lanes[other], box.lanes[mine]
        to_me.drop(told["have"])
        from_me.drop(told["acked"])
        for seq, data in sorted(to_me.kept.items()):
            link.hear("envelope", {"conversation": box.name, "seq": seq, "bytes": data})
        self._tell(box, mine, "acked", {"seq": to_me.held})
        return {"taken": from_me.last, "acked": from_me.held, "token": told["token"]}

    def _envelope(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        if told.get("conversation", link.who) not in self._boxes:
            return {"ok": False, "code": "out_of_order"}
        box = self._boxes[told.get("conversation", link.who)]
        mine, _ = self._sides(box, link)
        lane = box.lanes[mine]
        if told["seq"] > lane.last + 1:
            return {"ok": False, "code": "out_of_order"}
        if told["seq"] == lane.last + 1:
            if code := box.refuses(mine, base64.b64decode(told["bytes"])):
                return {"ok": False, "code": code}
            lane.last += 1
            lane.kept[lane.last] = told["bytes"]
            self._tell(box, mine, "envelope", {"seq": told["seq"], "bytes": told["bytes"]})
        return {"seq": told["seq"]}

    def _holds(self, link: FakeLink, told: Mapping[str, Any]) -> None:
        box = self._boxes.get(told.get("conversation", link.who))
        if box is None:
            return
        mine, other = self._sides(box, link)
        if box.lanes[other].held < told["seq"] <= box.lanes[other].last:
            box.lanes[other].drop(told["seq"])
            self._tell(box, mine, "acked", {"seq": told["seq"]})

    def _end(self, link: FakeLink, told: Mapping[str, Any]) -> None:
        box = self._boxes.pop(link.who, None)
        if box is None:
            return
        self.links[box.desk].hear("ended", {"conversation": box.name, "by": "person"})

    def _half(self, link: FakeLink, told: Mapping[str, Any]) -> Mapping[str, object]:
        return {"key": "half", "next": "half"}

    def _sides(self, box: Box, link: FakeLink) -> tuple[str, str]:
        return SIDES if link.who == box.name else (SIDES[1], SIDES[0])

    def _tell(self, box: Box, sender: str, event: str, payload: Mapping[str, object]) -> None:
        other = self.links.get(box.desk if sender == "person" else box.name)
        if other is not None:
            other.hear(event, {"conversation": box.name, **payload})
