"""The person's listener answers everybody alike: what a request says of her changes nothing and never comes in."""

from __future__ import annotations

import json
import shutil
import threading
import wsgiref.simple_server
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpline.runtime.kinds import Environ, StartResponse
from tests.integration.mirror import mirror
from tests.integration.requests import Headers, ask, differing
from tests.servers import ROOT, Demo, running_demo

PLANTED = "PLANTED-41c2"
NAMES = json.loads((ROOT / "static" / "dist" / "manifest.json").read_text())["names"]
FILES = tuple(f"/s/{NAMES[name]}" for name in ("first.js", "person.css"))
PATHS = ("/", "/en", "/words/fr.json", *FILES, "/s/mark.svg", "/nowhere")
SAID: Headers = {
    "Cookie": f"staff={PLANTED}; __Host-staff={PLANTED}; session={PLANTED}",
    "Accept-Language": "ar, uk;q=0.5",
    "User-Agent": f"Mozilla/5.0 (iPhone) {PLANTED}",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "9",
    "X-Original-URL": "/en",
    "X-Rewrite-URL": "/en",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": "for=203.0.113.9;host=evil.example;proto=https",
    "X-Real-IP": "203.0.113.9",
    "Via": "1.1 proxy",
    "Referer": f"https://evil.example/{PLANTED}",
    "Origin": "https://evil.example",
    "Range": "bytes=0-9",
    "If-Range": '"x"',
    "If-None-Match": "*",
    "If-Modified-Since": "Tue, 24 Nov 2099 12:00:00 GMT",
    "If-Match": '"x"',
    "Host": "evil.example:1",
    "Save-Data": "on",
    "DNT": "1",
    "Sec-GPC": "1",
    "Accept": "application/json, image/webp;q=0.1",
    "Accept-Charset": "utf-16",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Authorization": f"Basic {PLANTED}",
    "Cache-Control": "max-age=0, only-if-cached",
    "Pragma": "no-cache",
    "Content-Type": "application/json",
    "Prefer": "return=minimal",
    "Purpose": "prefetch",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "image",
    "Sec-CH-UA": '"Chromium";v="156"',
    "Sec-CH-UA-Mobile": "?1",
    "Sec-CH-Prefers-Color-Scheme": "dark",
    "Viewport-Width": "320",
    "Device-Memory": "0.5",
    "Upgrade-Insecure-Requests": "1",
    "X-Requested-With": "XMLHttpRequest",
    "TE": "trailers",
    "Early-Data": "1",
}
VARIATIONS: list[tuple[str, Headers]] = [
    *(("", {name: value}) for name, value in SAID.items()),
    *(("", {"Accept-Encoding": coding}) for coding in ("gzip", "br", "identity", "*", "br;q=0", "x", "")),
    *((query, {}) for query in ("?", "?language=en", f"?utm_source={PLANTED}", "?demo=0&format=json", "?%ff")),
    ("?x=1", SAID),
]


@pytest.mark.parametrize("path", PATHS)
def test_whatever_a_request_says_the_bytes_are_the_same(demo: Demo, path: str) -> None:
    assert list(differing(demo.person_port, path, VARIATIONS)) == []


def test_nothing_that_is_answered_sets_a_cookie_names_a_host_or_may_be_kept(demo: Demo) -> None:
    for path in (*PATHS, "/gone", "/socket.io/", "/socket.io/?EIO=4&transport=polling"):
        for method in ("GET", "HEAD", "POST", "OPTIONS", "BREW"):
            answer = ask(demo.person_port, path, SAID, method)
            names = {name for name, _ in answer.headers}
            assert not names & {"set-cookie", "server", "etag", "last-modified", "x-powered-by", "location", "alt-svc"}
            assert PLANTED.encode() not in answer.body + repr(answer.headers).encode()
            if answer.status.split(" ")[1] != "501":  # a word that is no method is answered below our programs
                assert answer.header("cache-control") == "no-store"


@pytest.mark.parametrize(("said", "static", "page"), [
    ("br", "br", ""), ("gzip", "gzip", "gzip"), ("gzip, br", "br", "gzip"), ("", "", ""), ("identity", "", ""),
    ("br;q=0", "", ""), ("br;q=0, gzip", "gzip", "gzip"), ("*", "br", "gzip"), ("*;q=0", "", ""),
    ("br;q=0,*", "gzip", "gzip"), ("identity;q=0", "", ""), ("identity;q=0, gzip", "gzip", "gzip"),
    ("GZIP;Q=0.5", "gzip", "gzip"), ("deflate", "", ""),
])
def test_accept_encoding_chooses_among_stored_forms(demo: Demo, said: str, static: str, page: str) -> None:
    headers = {"Accept-Encoding": said}
    assert ask(demo.person_port, FILES[0], headers).header("content-encoding") == static
    assert ask(demo.person_port, "/", headers).header("content-encoding") == page


def test_two_processes_with_the_same_site_answer_alike_but_for_their_ports(tmp_path: Path) -> None:
    """Nothing in a page is made by chance, by the process or by its runtime."""
    with running_demo(tmp_path / "first", runtime="eventlet") as first:
        shutil.copytree(first.home, tmp_path / "second")
        with running_demo(tmp_path / "second", runtime="threading") as second:
            differ = [path for path in PATHS if not alike(first, second, path)]

    assert differ == []


def alike(first: Demo, second: Demo, path: str) -> bool:
    """Ask both, again if a minute may have ended between them."""
    pairs = ((without_port(first, path), without_port(second, path)) for _ in range(3))
    return any(one == other for one, other in pairs)


def without_port(demo: Demo, path: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """Ask for a path; in its policy the port stands as N. The order of headers is the runtime's."""
    status, headers, body = ask(demo.person_port, path, {}).essence
    return status, sorted((name, value.replace(f":{demo.person_port}", ":N")) for name, value in headers), body


# -- planted faults --------------------------------------------------------------------------------------------------

Body = Callable[[Environ], bytes]
CARELESS: dict[str, tuple[str, Body]] = {
    "language": ("Accept-Language", lambda environ: environ.get("HTTP_ACCEPT_LANGUAGE", "fr")[:2].encode()),
    "cookie": ("Cookie", lambda environ: b"again" if "HTTP_COOKIE" in environ else b"first"),
    "host": ("Host", lambda environ: f"<base href=//{environ['HTTP_HOST'][:4]}>".encode()),
    "agent": ("User-Agent", lambda environ: b"mobile" if "iPhone" in environ.get("HTTP_USER_AGENT", "") else b"desk"),
    "referrer": ("Referer", lambda environ: environ.get("HTTP_REFERER", "").encode()),
    "query": ("utm_source", lambda environ: environ["QUERY_STRING"].encode()),
    "saving": ("Save-Data", lambda environ: b"" if environ.get("HTTP_SAVE_DATA") else b"picture"),
}


@contextmanager
def careless(body: Body) -> Iterator[int]:
    """Serve a program that looks at who asks."""

    def app(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [body(environ)]

    class Quiet(wsgiref.simple_server.WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("what", CARELESS)
def test_a_program_that_looks_at_who_asks_is_found(what: str) -> None:
    name, body = CARELESS[what]
    with careless(body) as port:
        found = list(differing(port, "/", VARIATIONS))

    assert any(name in each for each in found)


@pytest.mark.parametrize("runtime", ["eventlet", "threading"])
def test_nothing_that_is_planted_comes_in_through_the_door(runtime: str) -> None:
    plants = {name: PLANTED for name in SAID if name not in ("Accept-Encoding", "TE")}
    socket = {"Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    with mirror(runtime, door=True) as port:
        own = {**plants, **socket, "Connection": "Upgrade", "Origin": f"http://127.0.0.1:{port}"}
        page = ask(port, "/", plants)
        upgrade = ask(port, "/socket.io/?EIO=4&transport=websocket", own)

    for answer in (page, upgrade):
        assert answer.status.startswith("HTTP/1.1 200")
        assert PLANTED.encode() not in answer.body
        assert b"REMOTE" not in answer.body
        assert b"COOKIE" not in answer.body


@pytest.mark.parametrize("runtime", ["eventlet", "threading"])
def test_without_the_door_the_same_look_finds_what_is_planted(runtime: str) -> None:
    with mirror(runtime, door=False) as port:
        answer = ask(port, "/", {"Cookie": PLANTED})

    assert PLANTED.encode() in answer.body
    assert b"REMOTE_ADDR" in answer.body
