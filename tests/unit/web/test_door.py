"""What a request says that is not needed never comes in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from helpline.registry import Program
from helpline.runtime.kinds import Environ, StartResponse
from helpline.web import door
from helpline.web.door import Door, Rules

pytestmark = pytest.mark.unit

PERSON = Rules(program=Program.PERSON, origin="http://127.0.0.1:8000")
STAFF = Rules(program=Program.STAFF, origin="https://desk.example.org")
PLANTED = "PLANTED-7f3a"
PLANTS = dict.fromkeys(
    (
        "HTTP_COOKIE", "REMOTE_ADDR", "REMOTE_PORT", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER",
        "HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_SEC_WEBSOCKET_EXTENSIONS",
        "HTTP_AUTHORIZATION", "HTTP_SEC_CH_UA", "HTTP_DNT", "HTTP_RANGE", "HTTP_IF_NONE_MATCH", "headers_raw",
        "REQUEST_URI", "RAW_URI", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT", "HTTP_HOST",
    ),
    PLANTED,
)


class Inside:
    """A program that keeps what reaches it."""

    def __init__(self) -> None:
        self.environ: Environ = {}

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        self.environ = environ
        start("200 OK", [])
        return [b"in"]


def knock(rules: Rules, path: str = "/", **more: object) -> tuple[str, Environ]:
    """Send a request through a door; return the status and what reached the program."""
    inside, said = Inside(), list[str]()
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "", "wsgi.url_scheme": "http",
        "HTTP_HOST": rules.host, **more,
    }
    b"".join(Door(inside, rules)(environ, lambda status, _headers: said.append(status)))
    return said[0], inside.environ


def websocket(rules: Rules, **more: object) -> dict[str, object]:
    return {
        "path": "/socket.io/", "QUERY_STRING": "EIO=4&transport=websocket", "HTTP_ORIGIN": rules.origin,
        "HTTP_UPGRADE": "websocket", "HTTP_CONNECTION": "keep-alive, Upgrade", "HTTP_SEC_WEBSOCKET_VERSION": "13",
        "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==", **more,
    }


@pytest.mark.parametrize("asked", [{}, websocket(PERSON)])
def test_nothing_planted_reaches_the_persons_program(asked: dict[str, Any]) -> None:
    status, inside = knock(PERSON, **{**asked, **PLANTS})

    assert status == "200 OK"
    assert PLANTED not in repr(inside)


@pytest.mark.parametrize("planted", ["HTTP_COOKIE", "REMOTE_ADDR", "HTTP_USER_AGENT"])
def test_a_door_that_let_one_more_thing_in_would_be_noticed(monkeypatch: pytest.MonkeyPatch, planted: str) -> None:
    monkeypatch.setattr(door, "KEPT_ALWAYS", door.KEPT_ALWAYS | {planted})

    _, inside = knock(PERSON, **PLANTS)

    assert PLANTED in repr(inside)


def test_the_staffs_program_sees_its_cookie_and_no_address() -> None:
    plants = {name: value for name, value in PLANTS.items() if name != "HTTP_HOST"}
    _, inside = knock(STAFF, **plants)

    assert {name for name, value in inside.items() if value == PLANTED} == {"HTTP_COOKIE", "HTTP_ACCEPT"}


def test_traces_have_nowhere_to_go() -> None:
    _, inside = knock(PERSON, **{"wsgi.errors": PLANTED})

    assert inside["wsgi.errors"].write("a trace") == len("a trace")


def test_staff_pages_answer_to_their_own_host_alone() -> None:
    assert knock(STAFF, HTTP_HOST="rebound.example:9001")[0].startswith("421")
    assert knock(PERSON, HTTP_HOST="rebound.example")[0] == "200 OK", "her page is the same for every name"


@pytest.mark.parametrize("more", [
    {"CONTENT_LENGTH": "1025"}, {"CONTENT_LENGTH": "-1"}, {"CONTENT_LENGTH": "x"},
    {"HTTP_TRANSFER_ENCODING": "chunked"},
])
def test_a_body_that_is_large_or_of_unknown_length_is_refused(more: dict[str, str]) -> None:
    assert knock(PERSON, **more)[0].startswith("413")


@pytest.mark.parametrize("more", [
    {"HTTP_ORIGIN": ""}, {"HTTP_ORIGIN": "null"}, {"HTTP_ORIGIN": "http://127.0.0.1:8001"},
    {"HTTP_ORIGIN": "http://127.0.0.1:8000/"}, {"HTTP_ORIGIN": "http://127.0.0.1:8000.evil.example"},
])
def test_a_socket_of_another_origin_is_refused(more: dict[str, str]) -> None:
    assert knock(PERSON, **websocket(PERSON, **more))[0].startswith("403")  # type: ignore[arg-type]


@pytest.mark.parametrize("more", [
    {"QUERY_STRING": "EIO=4&transport=polling"}, {"QUERY_STRING": ""},
    {"QUERY_STRING": "EIO=4&transport=websocket&sid=x"},
    {"HTTP_UPGRADE": ""}, {"HTTP_SEC_WEBSOCKET_KEY": "c2hvcnQ="}, {"HTTP_SEC_WEBSOCKET_VERSION": "8"},
    {"REQUEST_METHOD": "POST"}, {"path": "/socket.io/more"}, {"path": "/socket.io"},
])
def test_anything_but_a_websocket_is_refused_on_the_sockets_path(more: dict[str, str]) -> None:
    assert knock(PERSON, **websocket(PERSON, **more))[0].startswith("400")  # type: ignore[arg-type]
