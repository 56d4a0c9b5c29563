"""Whatever a page says, it is answered with a code or closed, and nobody else notices."""

from __future__ import annotations

import json
import time

import pytest

from helpline.registry import PACKET_MOST_BYTES
from helpline.sockets.budget import FRAMES
from tests.envelopes import KEY_PACKAGE, sealed
from tests.integration.people import Pair, sign_in, to64
from tests.integration.wire import BINARY, MORE, TEXT, Wire
from tests.servers import Demo

pytestmark = pytest.mark.usefixtures("pair")

WAIT = {"line": "adults", "language": "fr", "wish": "survivor", "key_package": to64(KEY_PACKAGE)}


def person_wire(demo: Demo) -> Wire:
    return Wire(demo.person_port, demo.person.rstrip("/")).connected()


# -- what is said is wrong, and the page is told which code ----------------------------------------------------------


@pytest.mark.parametrize(("payload", "code"), [
    ("words", "bad_request"),
    (None, "bad_request"),
    ([], "bad_request"),
    ({}, "bad_request"),
    ({**WAIT, "more": 1}, "bad_request"),
    ({**WAIT, "wish": "anybody"}, "bad_request"),
    ({**WAIT, "wish": ["survivor"]}, "bad_request"),
    ({**WAIT, "line": 1}, "bad_request"),
    ({**WAIT, "line": "a line"}, "bad_request"),
    ({**WAIT, "line": "x" * 65}, "too_large"),
    ({**WAIT, "line": "youth"}, "no_such_line"),
    ({**WAIT, "language": "zz"}, "nobody_speaks_language"),
    ({**WAIT, "key_package": "not base64!"}, "bad_request"),
    ({**WAIT, "key_package": "QQ"}, "bad_request"),
    ({**WAIT, "key_package": "QR=="}, "bad_request"),
    ({**WAIT, "key_package": "A" * 6000}, "too_large"),
])
def test_a_malformed_wait_is_told_its_code(demo: Demo, payload: object, code: str) -> None:
    with person_wire(demo) as wire:
        assert wire.event("wait", payload) == {"ok": False, "code": code}
        assert wire.event("leave", {}) == {"ok": False, "code": "not_waiting"}, "the connection goes on"


@pytest.mark.parametrize(("event", "payload", "code"), [
    ("leave", {}, "not_waiting"),
    ("wish", {"wish": "survivor"}, "not_waiting"),
    ("envelope", {"seq": 1, "bytes": to64(sealed())}, "no_such_conversation"),
    ("envelope", {"seq": 0, "bytes": to64(sealed())}, "bad_request"),
    ("envelope", {"seq": True, "bytes": to64(sealed())}, "bad_request"),
    ("holds", {"seq": 1}, "no_such_conversation"),
    ("end", {}, "no_such_conversation"),
])
def test_an_event_before_its_time_is_told_its_code(
    demo: Demo, event: str, payload: object, code: str
) -> None:
    with person_wire(demo) as wire:
        assert wire.event(event, payload) == {"ok": False, "code": code}


def test_envelopes_out_of_order_and_commits_of_a_past_epoch_are_refused(demo: Demo, pair: Pair) -> None:
    following = pair.sent + 1
    skipped = pair.person.says("envelope", seq=following + 1, bytes=to64(sealed()))
    assert skipped == {"ok": False, "code": "out_of_order"}
    stale = pair.person.says("envelope", seq=following, bytes=to64(sealed(kind=3, epoch=0)))
    assert stale == {"ok": False, "code": "stale_epoch"}
    proposal = pair.person.says("envelope", seq=following, bytes=to64(sealed(kind=2)))
    assert proposal == {"ok": False, "code": "forbidden_message"}


def test_waiting_twice_is_refused(demo: Demo) -> None:
    with person_wire(demo) as wire:
        assert wire.event("wait", WAIT)["ok"]
        assert wire.event("wait", WAIT) == {"ok": False, "code": "already_waiting"}
        assert wire.event("leave", {}) == {"ok": True}


def test_somebody_elses_conversation_is_none(demo: Demo, pair: Pair) -> None:
    cookie = sign_in(demo, "survivor")
    origin = demo.staff.rstrip("/")
    with Wire(demo.person_port + 1, origin, host="localhost", Cookie=cookie).connected() as wire:
        assert wire.event("hello", {"holding": []})["ok"]
        for event, payload in {
            "envelope": {"conversation": pair.conversation, "seq": 1, "bytes": to64(sealed())},
            "holds": {"conversation": pair.conversation, "seq": 1},
            "end": {"conversation": pair.conversation},
        }.items():
            assert wire.event(event, payload) == {"ok": False, "code": "no_such_conversation"}
        assert wire.event("accept", {"offer": "nothing"}) == {"ok": False, "code": "offer_gone"}
        assert wire.event("presence", {"state": "away"}) == {"ok": False, "code": "bad_request"}


# -- what is said cannot be read at all, and the connection is closed ------------------------------------------------


@pytest.mark.parametrize(("frame", "code"), [
    ('42["wait",{"line":', "bad_request"),
    ("42[", "bad_request"),
    ("42{}", "bad_request"),
    ("42[]", "bad_request"),
    ("42[1,{}]", "bad_request"),
    ('42["wait",{},{}]', "bad_request"),
    ('42["wait",NaN]', "bad_request"),
    ('42["wait",1e9]', "bad_request"),
    ('42["wait",' + "9" * 5000 + "]", "bad_request"),
    ('42["wait",' + "[" * 2000 + "]" * 2000 + "]", "bad_request"),
    ("4" + "[" * 20000, "bad_request"),
    ('42/staff,["wait",{}]', "bad_request"),
    ("40/staff,{}", "bad_request"),
    ('40{"v":1}', "bad_request"),
    ('43["ok"]', "bad_request"),
    ('451-["wait",{"_placeholder":true,"num":0}]', "bad_request"),
    ("bAAAA", "bad_request"),
    ("2probe", "bad_request"),
    ("5", "bad_request"),
    ("9", "bad_request"),
    ("", "bad_request"),
    ("words", "bad_request"),
    ('42["connect",{"v":1}]', "unknown_event"),
    ('42["disconnect"]', "unknown_event"),
    ('42["nonsense",{}]', "unknown_event"),
    ('42["accept",{"offer":"x"}]', "unknown_event"),
])
def test_what_cannot_be_read_closes_the_connection_with_a_code(demo: Demo, frame: str, code: str) -> None:
    with person_wire(demo) as wire:
        wire.say(frame)
        assert wire.codes() == [code]
        assert wire.over


def test_an_unknown_event_that_wants_an_answer_gets_one_before_the_end(demo: Demo) -> None:
    with person_wire(demo) as wire:
        assert wire.event("nonsense", {}, number=12) == {"ok": False, "code": "unknown_event"}
        assert wire.is_closed_within()


def test_a_binary_frame_closes_the_connection(demo: Demo) -> None:
    with person_wire(demo) as wire:
        wire.frame(BINARY, b"\x00\x01\x02")
        assert wire.codes() == ["bad_request"]
        assert wire.over


def test_text_that_is_no_text_closes_the_connection(demo: Demo) -> None:
    with person_wire(demo) as wire:
        wire.frame(TEXT, b'42["wait",{"line":"\xff\xfe"}]')
        assert wire.is_closed_within()


def test_a_packet_above_the_limit_closes_the_connection(demo: Demo) -> None:
    with person_wire(demo) as wire:
        wire.say('42["wait","' + "x" * PACKET_MOST_BYTES + '"]')
        assert wire.is_closed_within()


def test_a_message_in_pieces_above_the_limit_closes_the_connection(demo: Demo) -> None:
    with person_wire(demo) as wire:
        wire.frame(TEXT, b'42["wait","', last=False)
        for _ in range(3):
            wire.frame(MORE, b"x" * (PACKET_MOST_BYTES // 2), last=False)
        assert wire.is_closed_within()


def test_a_flood_is_told_that_it_is_too_many_and_closed(demo: Demo) -> None:
    with person_wire(demo) as wire:
        for number in range(int(FRAMES.burst) + 30):
            wire.say(f"42{number}" + json.dumps(["leave", {}]))
        time.sleep(0.3)  # the server has closed long since: had it reset, the code would be gone before it is read
        assert wire.codes() == ["too_many"]
        assert wire.over


# -- who may connect at all ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("auth", ["40", "40{}", '40{"v":2}', '40{"v":true}', '40{"v":1,"w":1}', '40{"v":"1"}'])
def test_a_connect_that_says_something_else_is_refused_and_closed(demo: Demo, auth: str) -> None:
    with Wire(demo.person_port, demo.person.rstrip("/")) as wire:
        wire.say(auth)
        frames = wire.hear_until("")
        assert any(frame.startswith("44") and "bad_request" in frame for frame in frames)
        assert wire.over


def test_an_event_before_the_connect_is_out_of_order(demo: Demo) -> None:
    with Wire(demo.person_port, demo.person.rstrip("/")) as wire:
        wire.say('42["leave",{}]')
        assert wire.codes() == ["out_of_order"]
        assert wire.over


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1", "staff"])
def test_another_origin_or_none_never_becomes_a_socket(demo: Demo, origin: str | None) -> None:
    said = demo.staff.rstrip("/") if origin == "staff" else origin
    with Wire(demo.person_port, said) as wire:
        assert wire.status == 403
        assert wire.body() == b"not_permitted\n"


@pytest.mark.parametrize(("path", "headers"), [
    ("/socket.io/?EIO=4&transport=polling", {}),
    ("/socket.io/?EIO=3&transport=websocket", {}),
    ("/socket.io/?EIO=4&transport=websocket&sid=abc", {}),
    ("/socket.io/?EIO=4&transport=websocket&j=0", {}),
    ("/socket.io", {}),
    ("/socket.io/?EIO=4&transport=websocket", {"Sec_WebSocket_Version": "8"}),
    ("/socket.io/?EIO=4&transport=websocket", {"Sec_WebSocket_Key": "short"}),
    ("/socket.io/?EIO=4&transport=websocket", {"Upgrade": "h2c"}),
])
def test_other_transports_and_handshakes_are_refused(demo: Demo, path: str, headers: dict[str, str]) -> None:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with Wire(demo.person_port, demo.person.rstrip("/"), path=path, **names) as wire:
        assert wire.status == 400


def test_a_desk_without_a_sign_in_is_refused_and_closed(demo: Demo) -> None:
    origin = demo.staff.rstrip("/")
    with Wire(demo.person_port + 1, origin, host="localhost") as wire:
        wire.say('40{"v":1}')
        assert any("not_signed_in" in frame for frame in wire.hear_until(""))
        assert wire.over


def test_a_coordinator_has_no_desk(demo: Demo) -> None:
    cookie = sign_in(demo, "coordinator")
    with Wire(demo.person_port + 1, demo.staff.rstrip("/"), host="localhost", Cookie=cookie) as wire:
        wire.say('40{"v":1}')
        assert any("not_permitted" in frame for frame in wire.hear_until(""))
        assert wire.over


def test_compression_is_never_agreed_on(demo: Demo) -> None:
    offered = {"Sec_WebSocket_Extensions": "permessage-deflate; client_max_window_bits"}
    with Wire(demo.person_port, demo.person.rstrip("/"), **offered) as wire:
        assert wire.status == 101
        assert "extensions" not in wire.head.lower()
