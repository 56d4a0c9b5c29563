"""The private port says that all is well, and nothing from which anybody's coming or going could be read."""

from __future__ import annotations

import re
import socket

import pytest

from helpline.registry import ALARMS, COUNTERS
from tests.envelopes import KEY_PACKAGE
from tests.integration.people import Pair, person, to64
from tests.integration.requests import ask
from tests.integration.wire import raw_request
from tests.servers import Demo

VALUES = {
    **{re.escape(each.name): r"\d*[05]" for each in COUNTERS},
    **{re.escape(f'helpline_alarm{{kind="{each.name}"}}'): "[01]" for each in ALARMS},
}
LINE = re.compile(
    "|".join([*(f"{name} {value}" for name, value in VALUES.items()), r"# (?:HELP|TYPE) helpline_[a-z_]+ [\w ,:/.]+"])
)
PATHS = {"/healthz": b"alive\n", "/readyz": b"ready\n"}
SAYS_WHO_ASKS = {
    "X-Forwarded-For": "198.51.100.7", "User-Agent": "PLANTED/1.0", "Cookie": "staff=PLANTED", "Referer": "http://p/",
    "Accept-Language": "fr-PLANTED",
}


def test_it_says_that_it_is_alive_and_ready(demo: Demo) -> None:
    assert {path: ask(demo.private_port, path, {}).body for path in PATHS} == PATHS


def test_every_byte_of_the_figures_is_a_declared_name_and_a_coarse_value(demo: Demo, pair: Pair) -> None:
    answer = ask(demo.private_port, "/metrics", {})

    assert answer.status.endswith("200 OK")
    assert [line for line in answer.body.decode().splitlines() if not LINE.fullmatch(line)] == []


@pytest.mark.parametrize("line", [
    "helpline_joined_total 3", 'helpline_joined_total{line="adults"} 5', 'helpline_alarm{kind="nobody"} 2',
    "helpline_waiting 5", "helpline_joined_total 5 1700000000", 'helpline_alarm{kind="nobody",line="adults"} 1',
])
def test_a_figure_that_tells_more_is_seen(line: str) -> None:
    assert not LINE.fullmatch(line)


def test_who_joins_talks_and_leaves_moves_nothing_that_can_be_seen_at_once(demo: Demo, pair: Pair) -> None:
    before = ask(demo.private_port, "/metrics", {}).body
    waiting = person(demo)
    joined = waiting.says("wait", line="adults", language="fr", wish="survivor", key_package=to64(KEY_PACKAGE))
    assert joined["ok"]
    assert pair.still_talk()
    during = ask(demo.private_port, "/metrics", {}).body
    waiting.says("leave")
    waiting.goes()

    assert before == during == ask(demo.private_port, "/metrics", {}).body


def test_whoever_asks_is_told_the_same_and_nothing_of_it_comes_back(demo: Demo) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        bare, telling = (ask(demo.private_port, path, headers) for headers in ({}, SAYS_WHO_ASKS))

        assert bare.essence == telling.essence
        assert b"PLANTED" not in telling.body


def test_neither_program_answers_for_it_and_it_answers_for_neither(demo: Demo) -> None:
    head, _ = raw_request(demo.person_port, "/metrics", {})
    assert head.startswith("HTTP/1.1 404")
    for path in ("/", "/fr", "/sign-in", "/socket.io/?EIO=4&transport=websocket"):
        head, _ = raw_request(demo.private_port, path, {})
        assert head.split(" ")[1] in {"403", "404"}, path


def test_it_listens_on_this_machine_alone(demo: Demo) -> None:
    other = _another_address()
    if other is None:
        pytest.skip("this machine has no other address")
    with socket.socket() as link:
        link.settimeout(2)
        assert link.connect_ex((other, demo.private_port)) != 0


def _another_address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(asking.getsockname()[0])
    return None if address.startswith("127.") else address
