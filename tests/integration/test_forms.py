"""Forms that are malformed, too large, or sent by another site: a status and a code, and nobody else notices."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.servers import Demo

pytestmark = pytest.mark.usefixtures("pair")

FORM = "application/x-www-form-urlencoded"
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and whether the server then closed the connection."""

    status: int
    body: str
    closed: bool


def post(demo: Demo, path: str, body: bytes, *, of: str = "staff", lines: tuple[str, ...] = ()) -> Answer:
    """Post bytes as they stand, on a connection that may go on."""
    address = demo.staff if of == "staff" else demo.person
    host, port = address.rstrip("/").split("://")[1].split(":")
    has_length = any(line.lower().startswith(("content-length", "transfer-encoding")) for line in lines)
    length = () if has_length else (f"Content-Length: {len(body)}",)
    head = "\r\n".join((f"POST {path} HTTP/1.1", f"Host: {host}:{port}", *length, *lines, "", ""))
    with socket.create_connection(("127.0.0.1", int(port)), timeout=PATIENCE_SECONDS) as link:
        link.sendall(head.encode() + body)
        return _read(link)


def _read(link: socket.socket) -> Answer:
    got, closed, until = b"", False, time.monotonic() + PATIENCE_SECONDS
    while not closed and time.monotonic() < until and not _is_whole(got):
        piece = link.recv(65536)
        got, closed = got + piece, not piece
    link.settimeout(0.5)
    try:
        closed = closed or link.recv(1) == b""
    except TimeoutError:
        pass
    except ConnectionError:
        closed = True
    head, _, body = got.partition(b"\r\n\r\n")
    return Answer(int(head.split(b" ")[1]), body.decode(), closed)


def _is_whole(got: bytes) -> bool:
    head, found, body = got.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return bool(found) and bool(lengths) and len(body) >= int(lengths[0])


def own(demo: Demo, *more: str) -> tuple[str, ...]:
    return (f"Content-Type: {FORM}", f"Origin: {demo.staff.rstrip('/')}", *more)


@pytest.mark.parametrize("body", [
    b"", b"name=x", b"=&&==", b"\xff\xfe\x00", b"name=%zz%", b"name=a&name=b&password=c", b"x" * 60_000,
    b"csrf=%ff%fe", b"&".join(b"a=b" for _ in range(2000)),
])
def test_a_form_without_a_valid_token_is_not_permitted(demo: Demo, body: bytes) -> None:
    answer = post(demo, "/sign-in", body, lines=own(demo))

    assert answer.status == 403
    assert "not_permitted" in answer.body


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=", "application/json", ""])
def test_a_body_of_another_kind_is_refused(demo: Demo, kind: str) -> None:
    answer = post(demo, "/sign-in", b'{"name": [[[[', lines=(f"Content-Type: {kind}", *own(demo)[1:]))

    assert answer.status in (400, 403)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "person", "https://localhost"])
@pytest.mark.parametrize("path", ["/sign-out", "/rota/shifts", "/day-keys", "/language"])
def test_a_form_of_another_site_changes_nothing_even_with_the_cookie(
    demo: Demo, cookies: Callable[[str], str], path: str, origin: str
) -> None:
    cookie = cookies("coordinator")
    said = demo.person.rstrip("/") if origin == "person" else origin

    answer = post(demo, path, b"csrf=0", lines=(f"Content-Type: {FORM}", f"Origin: {said}", f"Cookie: {cookie}"))

    assert answer.status == 403
    assert "not_permitted" in answer.body


@pytest.mark.parametrize("path", ["/sign-in", "/day-keys", "/rota/shifts", "/nowhere"])
def test_a_form_above_the_limit_is_refused_unread_and_its_connection_closed(demo: Demo, path: str) -> None:
    answer = post(demo, path, b"", lines=own(demo, "Content-Length: 10000000000"))

    assert (answer.status, answer.body, answer.closed) == (413, "too_large\n", True)


@pytest.mark.parametrize("lines", [
    ("Transfer-Encoding: chunked",), ("Content-Length: -1",), ("Content-Length: 1e3",), ("Content-Length: x",),
])
@pytest.mark.parametrize("of", ["staff", "person"])
def test_a_body_of_unknown_length_is_refused_and_its_connection_closed(
    demo: Demo, of: str, lines: tuple[str, ...]
) -> None:
    answer = post(demo, "/gone" if of == "person" else "/sign-in", b"", of=of, lines=lines)

    assert answer.status in (400, 413)
    assert answer.closed


def test_the_persons_page_takes_no_form_at_all(demo: Demo) -> None:
    assert post(demo, "/", b"words=x", of="person").status == 405
    assert post(demo, "/fr", b"words=x", of="person").status == 405
    assert post(demo, "/gone", b"words=" + b"x" * 2000, of="person").status == 413


def test_a_host_that_is_not_ours_gets_no_staff_page(demo: Demo) -> None:
    port = demo.person_port + 1
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as link:
        link.sendall(f"GET /sign-in HTTP/1.1\r\nHost: rebound.example:{port}\r\n\r\n".encode())
        answer = _read(link)

    assert (answer.status, answer.closed) == (421, True)


@pytest.mark.parametrize("said", [
    b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 2000 + b"\r\n", b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n", b"\r\n" * 9,
])
def test_what_is_no_request_is_refused_without_an_echo(demo: Demo, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", demo.person_port), timeout=PATIENCE_SECONDS) as link:
        try:
            link.sendall(said + b"PLANTED")
            link.shutdown(socket.SHUT_WR)
            got = b"".join(iter(lambda: link.recv(65536), b""))
        except OSError:  # closed before all of it was read
            got = b""

    assert b"PLANTED" not in got
    assert b"Traceback" not in got
    assert b"ython" not in got
