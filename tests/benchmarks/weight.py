"""What a phone receives until she can write and is encrypted: bytes on the wire, headers and socket included.

Static files come as brotli, the HTML as gzip: what Chromium asks for and the person's listener has in store.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import CDPSession, sync_playwright

from tests.benchmarks.report import report
from tests.browser.chromium import launch
from tests.browser.conftest import SMALL_PHONE
from tests.browser.desk import Desk
from tests.browser.person import Person
from tests.servers import Demo, running_demo

MOST = {"total_br_bytes": 61_440, "first_screen_br_bytes": 46_080, "first_html_bytes": 14_336, "requests": 6}
SETTLE_MS = 500
MEDIUM, LARGE = 126, 65_536


@dataclass
class Wire:
    """Every byte that one page received, by the last part of the address, and its socket's."""

    by_request: dict[str, str] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    socket_bytes: int = 0
    sockets: int = 0

    def watch(self, devtools: CDPSession) -> None:
        """Listen to the browser's own account of its network."""
        devtools.send("Network.enable")
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.loadingFinished", self._loaded)
        devtools.on("Network.webSocketCreated", self._opened)
        devtools.on("Network.webSocketHandshakeResponseReceived", self._shaken)
        devtools.on("Network.webSocketFrameReceived", self._frame)

    def of(self, *starts: str) -> int:
        """Sum what came for files whose names start so."""
        return sum(size for name, size in self.received.items() if name.startswith(starts))

    def _asked(self, event: dict) -> None:  # type: ignore[type-arg]
        self.by_request[event["requestId"]] = event["request"]["url"].rsplit("/", 1)[-1] or "page"

    def _loaded(self, event: dict) -> None:  # type: ignore[type-arg]
        name = self.by_request[event["requestId"]]
        self.received[name] = self.received.get(name, 0) + int(event["encodedDataLength"])

    def _opened(self, _: dict) -> None:  # type: ignore[type-arg]
        self.sockets += 1

    def _shaken(self, event: dict) -> None:  # type: ignore[type-arg]
        self.socket_bytes += len(event["response"].get("headersText", ""))

    def _frame(self, event: dict) -> None:  # type: ignore[type-arg]
        size = len(event["response"]["payloadData"].encode())
        self.socket_bytes += size + (2 if size < MEDIUM else 4 if size < LARGE else 10)


def main() -> int:
    """Measure, print, and say by the exit code whether every goal holds."""
    with tempfile.TemporaryDirectory() as home, running_demo(Path(home)) as demo:
        wire = _visit(demo)
    figures = {
        "total_br_bytes": sum(wire.received.values()) + wire.socket_bytes,
        "first_screen_br_bytes": wire.of("page", "person-", "first-"),
        "first_html_bytes": wire.of("page"),
        "requests": len(wire.received) + wire.sockets,
        "socket_bytes": wire.socket_bytes,
        **{f"{name.split('-')[0].split('.')[0]}_bytes": size for name, size in wire.received.items()},
    }
    return report("weight", figures, MOST)


def _visit(demo: Demo) -> Wire:
    wire = Wire()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        desk = Desk(browser.new_context().new_page(), demo.staff, "psychologist", demo.sign_ins["psychologist"])
        desk.signs_in().goes_on_duty()
        context = browser.new_context(viewport=SMALL_PHONE)  # type: ignore[arg-type]
        page = context.new_page()
        wire.watch(context.new_cdp_session(page))
        person = Person(page, demo.person).opens().asks_for("psychologist").types("Bonjour.")
        desk.accepts()
        person.accepts_the_frame().is_with("Amal")
        page.wait_for_timeout(SETTLE_MS)
        browser.close()
    return wire


if __name__ == "__main__":
    sys.exit(main())
