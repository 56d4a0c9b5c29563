"""Only our own pages, and only who is signed in; and each desk once."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from collections.abc import Callable

import pytest

from tests.envelopes import sealed
from tests.integration.people import Pair, counsellor, sign_in, to64
from tests.integration.wire import HELLO, Wire
from tests.servers import Demo

pytestmark = pytest.mark.usefixtures("pair")


def staff_wire(demo: Demo, **headers: str) -> Wire:
    return Wire(demo.person_port + 1, demo.staff.rstrip("/"), host="localhost", **headers)


def sign_out(demo: Demo, cookie: str) -> None:
    """Sign out as the desk's form does."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    page = browser.open(urllib.request.Request(demo.staff, headers={"Cookie": cookie})).read().decode()
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token is not None
    form = urllib.parse.urlencode({"csrf": token[1]}).encode()
    headers = {"Cookie": cookie, "Origin": demo.staff.rstrip("/")}
    browser.open(urllib.request.Request(demo.staff + "sign-out", form, headers)).read()


def similar_origins(origin: str) -> list[str]:
    scheme, host = origin.split("://")
    name, _, port = host.partition(":")
    return [
        f"https://{host}", f"{scheme}://{name}:{int(port) + 2}", f"{scheme}://{name}", f"{origin}/",
        f"{origin}.evil.example", f"{scheme}://evil.example:{port}", f"{scheme}://{name}.evil.example:{port}", f"{scheme}://{host}@evil.example",
        f"{scheme}://evil-{host}", f"{scheme.upper()}://{host}", f" {origin} x", f"{origin},{origin}", "null", "",
    ]


@pytest.mark.parametrize("number", range(len(similar_origins("http://h:1"))))
@pytest.mark.parametrize("program", ["person", "staff"])
def test_an_origin_that_only_looks_like_ours_is_refused(demo: Demo, program: str, number: int) -> None:
    own = (demo.person if program == "person" else demo.staff).rstrip("/")
    host, port = own.split("://")[1].split(":")
    with Wire(int(port), similar_origins(own)[number], host=host) as wire:
        assert wire.status == 403
        assert wire.body() == b"not_permitted\n"
        assert wire.over, "and the connection is closed"


def refused_with(demo: Demo, cookie: str) -> str:
    """Knock at the desk's socket with a cookie; return what it is refused with once it is closed."""
    with staff_wire(demo, Cookie=cookie) as wire:
        wire.say(HELLO)
        frames = wire.hear_until("")
        assert wire.over
        found = re.search(r'^44.*"message":"(\w+)"', "\n".join(frames), re.MULTILINE)
        return found[1] if found else ""


def test_a_desk_with_a_cookie_of_nobody_is_refused(demo: Demo) -> None:
    assert refused_with(demo, "") == "not_signed_in"
    assert refused_with(demo, "staff=made-up") == "not_signed_in"
    assert refused_with(demo, "staff=" + "x" * 4000) == "not_signed_in"
    assert refused_with(demo, 'staff="\\') == "not_signed_in"


def test_a_desk_with_somebodys_cookie_of_a_sign_in_that_is_over_is_refused(demo: Demo) -> None:
    cookie = sign_in(demo, "survivor")
    with staff_wire(demo, Cookie=cookie).connected():
        pass

    sign_out(demo, cookie)

    assert refused_with(demo, cookie) == "not_signed_in"


def test_a_coordinator_who_may_not_answer_is_refused(demo: Demo, cookies: Callable[[str], str]) -> None:
    assert refused_with(demo, cookies("coordinator")) == "not_permitted"


def test_signing_out_closes_the_desk_at_once_and_says_why(demo: Demo) -> None:
    cookie = sign_in(demo, "survivor")
    with staff_wire(demo, Cookie=cookie).connected() as wire:
        sign_out(demo, cookie)
        assert wire.codes(1.0) == ["not_signed_in"]
        assert wire.over


def test_opening_the_desk_anew_closes_the_other_one(demo: Demo) -> None:
    cookie = sign_in(demo, "survivor")
    with staff_wire(demo, Cookie=cookie).connected() as first, staff_wire(demo, Cookie=cookie).connected() as second:
        assert first.codes() == ["elsewhere"]
        assert first.over
        assert second.event("hello", {"holding": []})["ok"], "the other goes on"


def test_an_envelope_sent_again_is_answered_alike_and_carried_once(pair: Pair) -> None:
    envelope = to64(sealed(b"said once"))
    seq = pair.sent + 1
    first = pair.person.says("envelope", seq=seq, bytes=envelope)
    again = [pair.person.says("envelope", seq=seq, bytes=envelope) for _ in range(3)]
    next_one = to64(sealed(b"said next"))
    pair.person.says("envelope", seq=seq + 1, bytes=next_one)
    pair.sent = seq + 1

    assert first["ok"]
    assert again == [first] * 3
    assert pair.counsellor.hears("envelope") == {"conversation": pair.conversation, "seq": seq, "bytes": envelope}
    assert pair.counsellor.hears("envelope") == {"conversation": pair.conversation, "seq": seq + 1, "bytes": next_one}
    pair.counsellor.says("holds", conversation=pair.conversation, seq=seq + 1)
    assert pair.person.hears("acked") == {"seq": seq + 1}


def test_a_desk_that_comes_back_without_its_keys_ends_what_it_held(demo: Demo, pair: Pair) -> None:
    other = counsellor(demo, "psychologist")  # hello {holding: []}: a page that holds no keys any more
    assert pair.person.hears("ended") == {"by": "gone"}
    other.goes()
    pair.over = True
