"""Honest pages, played by real Socket.IO clients."""

from __future__ import annotations

import base64
import http.cookiejar
import queue
import re
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

import socketio

from tests.envelopes import KEY_PACKAGE, WELCOME, sealed
from tests.servers import Demo

PATIENCE_SECONDS = 10


def to64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def sign_in(demo: Demo, name: str) -> str:
    """Sign in through the form and return the cookie, as a header holds it."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(demo.staff + "sign-in").read().decode()
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token is not None
    form = {"name": name, "password": demo.sign_ins[name], "csrf": token[1]}
    asked = urllib.request.Request(
        demo.staff + "sign-in", urllib.parse.urlencode(form).encode(), {"Origin": demo.staff.rstrip("/")}
    )
    browser.open(asked).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


class End:
    """One end: says events and keeps what it hears."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self.client = socketio.Client(reconnection=False)
        self._heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.client.on("*", lambda event, data=None: self._heard.put((event, data)))
        self.client.connect(address, headers=dict(headers or {}), auth={"v": 1}, transports=["websocket"])

    def says(self, event: str, **fields: object) -> Any:
        """Say an event and return its acknowledgement."""
        return self.client.call(event, fields, timeout=PATIENCE_SECONDS)

    def hears(self, event: str) -> Any:
        """Wait for an event; what comes before it is dropped."""
        while True:
            name, data = self._heard.get(timeout=PATIENCE_SECONDS)
            if name == event:
                return data

    def goes(self) -> None:
        """Close the page."""
        self.client.disconnect()


def person(demo: Demo) -> End:
    return End(demo.person)


def counsellor(demo: Demo, name: str = "psychologist", cookie: str = "") -> End:
    """A counsellor at her desk, on duty."""
    end = End(demo.staff, {"Cookie": cookie or sign_in(demo, name)})
    hello = end.says("hello", holding=[])
    assert hello["ok"], hello
    assert end.says("presence", state="on_duty")["state"] == "on_duty"
    return end


class Pair:
    """A person and a counsellor who talk. A test that sends for her counts in `sent`; one that ends it sets `over`."""

    def __init__(self, demo: Demo) -> None:
        self.cookie = sign_in(demo, "psychologist")
        self.counsellor, self.person = counsellor(demo, cookie=self.cookie), person(demo)
        self.sent = 0
        self.over = False
        answer = self.person.says(
            "wait", line="adults", language="fr", wish="psychologist", key_package=to64(KEY_PACKAGE)
        )
        assert answer["ok"], answer
        offer = self.counsellor.hears("offer")
        accepted = self.counsellor.says("accept", offer=offer["offer"])
        assert accepted["ok"], accepted
        self.conversation, self.desk_token = accepted["conversation"], accepted["token"]
        assert self.counsellor.says("welcome", conversation=self.conversation, bytes=to64(WELCOME))["ok"]
        heard = self.person.hears("welcome")
        assert heard["bytes"] == to64(WELCOME)
        self.token = heard["token"]

    def still_talk(self) -> bool:
        """Send one envelope across and have it acknowledged."""
        self.sent += 1
        envelope = to64(sealed(f"words {self.sent}".encode()))
        receipt = self.person.says("envelope", seq=self.sent, bytes=envelope)
        arrived = self.counsellor.hears("envelope")
        self.counsellor.says("holds", conversation=self.conversation, seq=self.sent)
        acked = self.person.hears("acked")
        return receipt["ok"] and arrived["bytes"] == envelope and acked == {"seq": self.sent}

    def close(self) -> None:
        """End it, and let both pages go."""
        if not self.over and self.person.client.connected:
            self.person.says("end")
        self.person.goes()
        self.counsellor.goes()
