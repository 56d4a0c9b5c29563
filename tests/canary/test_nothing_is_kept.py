"""A whole visit with planted words, agents and addresses; then everything the server wrote, says or holds is searched.

Words may be nowhere on the server at any time, its memory included. What names her (agent, language, address, cookie)
may be in no file, log or store; the memory of a socket has it while the socket lives, and is not searched for it.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.desk import Desk
from tests.browser.person import Person
from tests.canary.scan import Hit, Scan
from tests.servers import ROOT, Demo, running_demo

pytestmark = pytest.mark.canary

HER_WORDS = "Zitronenfalter-her-41077"
HER_NUMBER = "+33 6 39 98 41 07"
THEIR_WORDS = "Schwalbenschwanz-their-52093"
DRAFT = "Trauermantel-draft-63011"
WORDS = (HER_WORDS, HER_NUMBER, THEIR_WORDS, DRAFT)

AGENT = "Kleiner-Fuchs-Agent-7741"
HER_LANGUAGE = "tlh-canary"
COOKIE = "Admiral-cookie-8852"
ADDRESS = "203.0.113.77"
REFERRER = "https://pfauenauge-referrer.example/"
BAD_EVENT = "Distelfalter-event-9963"
MARKS = (AGENT, HER_LANGUAGE, COOKIE, ADDRESS, "pfauenauge-referrer", BAD_EVENT)

HEADERS = {
    "User-Agent": AGENT,
    "Accept-Language": HER_LANGUAGE,
    "Cookie": f"c={COOKIE}",
    "X-Forwarded-For": ADDRESS,
    "Forwarded": f"for={ADDRESS}",
    "X-Real-IP": ADDRESS,
    "Referer": REFERRER,
}
OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", ([A-Z_|]+)')
FOR_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT")
NOT_FILES = ("/dev/", "/proc/", "/sys/")


@dataclass
class Visit:
    """What is left after a visit, and what went over the wire while it lasted."""

    demo: Demo
    traced: Path
    while_talking: set[Hit] = field(default_factory=set)
    after_the_end: set[Hit] = field(default_factory=set)
    known: set[Hit] = field(default_factory=set)
    frames: list[bytes] = field(default_factory=list)

    def files_opened_for_writing(self) -> set[Path]:
        """Read from the system-call trace which files the server opened to write."""
        found = OPENED.findall(self.traced.read_text(errors="replace"))
        paths = {Path(path) for path, flags in found if any(flag in flags for flag in FOR_WRITING)}
        return {path for path in paths if not str(path).startswith(NOT_FILES)}


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def visit(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    folder = tmp_path_factory.mktemp("canary")
    traced = folder / "trace.txt"
    tracer = ("strace", "-D", "-f", "-qq", "-e", "trace=open,openat,creat", "-o", str(traced))
    home = folder / "home"
    with running_demo(home, runtime=request.param, before=tracer) as demo:
        told = Visit(demo, traced)
        _talk(chromium, told)
        _knock(demo)
        yield told


def _talk(browser: Browser, visit: Visit) -> None:
    demo, memory = visit.demo, Scan(WORDS)
    theirs = browser.new_context().new_page()
    desk = Desk(theirs, demo.staff, "psychologist", demo.sign_ins["psychologist"])
    hers = browser.new_context(user_agent=AGENT, extra_http_headers={"Accept-Language": HER_LANGUAGE}).new_page()
    for page in (desk.page, hers):
        page.on("websocket", lambda opened: _keep_frames(opened, visit.frames))
    desk.signs_in().goes_on_duty()
    person = Person(hers, demo.person).opens("en").asks_for("psychologist").types(f"{HER_WORDS} {HER_NUMBER}")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").taps_send()
    desk.reads(HER_WORDS).says(THEIR_WORDS)
    person.reads(THEIR_WORDS).types(DRAFT)
    visit.while_talking = memory.in_memory(demo.pid)
    visit.known = Scan(["Content-Security-Policy"]).in_memory(demo.pid)
    person.ends()
    hers.wait_for_timeout(300)
    visit.after_the_end = memory.in_memory(demo.pid)
    for page in (theirs, hers):
        page.context.close()


def _keep_frames(opened: object, frames: list[bytes]) -> None:
    for name in ("framesent", "framereceived"):
        opened.on(name, lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()))  # type: ignore[attr-defined]


def _knock(demo: Demo) -> None:
    """Ask for things that go wrong, with marks in every header, path and event: errors are where logs are born."""
    for path in ("/", "/nothing-here", f"/{BAD_EVENT}", f"/?q={BAD_EVENT}", "/socket.io/?EIO=4&transport=websocket"):
        for method in ("GET", "POST", "BREW"):
            _ask(demo.person_port, method, path)
            _ask(demo.person_port + 1, method, path)
    _ask(demo.person_port, "GET", "/" + "A" * 20_000 + BAD_EVENT)


def _ask(port: int, method: str, path: str) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
        asking.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{head}\r\n".encode())
        asking.settimeout(5)
        try:
            while asking.recv(65536):
                pass
        except (TimeoutError, ConnectionError):
            pass


def test_words_are_never_in_the_memory_of_the_server(visit: Visit) -> None:
    assert visit.known, "not even what every page carries was found: this would prove nothing"
    assert visit.while_talking == set()
    assert visit.after_the_end == set()


def test_words_are_in_no_frame_of_either_side(visit: Visit) -> None:
    assert len(visit.frames) > 10, "no frames were seen: this would prove nothing"

    hits = set().union(*(Scan(WORDS).in_bytes(frame, "a frame") for frame in visit.frames))

    assert hits == set()


def test_every_file_the_server_writes_is_in_its_home(visit: Visit) -> None:
    written = visit.files_opened_for_writing()

    assert any(path.name.startswith("helpline.db") for path in written), (
        "the trace saw nothing: this would prove nothing"
    )
    outside = {path for path in written if visit.demo.home not in path.parents and path.suffix not in (".pyc",)}
    assert {path for path in outside if "__pycache__" not in path.parts} == set()


def test_neither_words_nor_marks_are_in_any_file(visit: Visit) -> None:
    scan = Scan(WORDS + MARKS)

    hits = scan.in_tree(visit.demo.home) | scan.in_file(visit.demo.said)
    for path in visit.files_opened_for_writing():
        if path.is_file():
            hits |= scan.in_file(path)
    hits |= scan.in_bytes(visit.traced.read_bytes(), "the names of files")

    assert hits == set()


def test_neither_words_nor_marks_are_anywhere_in_the_installation(visit: Visit) -> None:
    scan = Scan(WORDS + MARKS)

    hits = {
        hit for folder in ("helpline", "rota", "static", "templates", "config") for hit in scan.in_tree(ROOT / folder)
    }

    assert hits == set()


def test_the_same_scan_finds_a_word_that_a_careless_server_would_log(visit: Visit, tmp_path: Path) -> None:
    careless = tmp_path / "access.log"
    careless.write_text(f'127.0.0.1 - "GET /?q={BAD_EVENT}" "{AGENT}"\n')

    assert {hit.plant for hit in Scan(WORDS + MARKS).in_tree(tmp_path)} == {BAD_EVENT, AGENT}
