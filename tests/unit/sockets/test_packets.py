from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.domain.errors import BadRequest, HelplineError, TooLarge
from helpline.registry import PACKET_MOST_BYTES
from helpline.sockets.packets import Kind, read_packet, wanted_answer, write_answer, write_event

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("frame", "kind"), [
    ("3", Kind.PONG), ("1", Kind.GOODBYE), ("40", Kind.CONNECT), ('40{"v":1}', Kind.CONNECT), ("41", Kind.DISCONNECT),
    ('42["leave",{}]', Kind.EVENT), ('421["leave"]', Kind.EVENT),
])
def test_what_an_honest_page_says_is_read(frame: str, kind: Kind) -> None:
    assert read_packet(frame).kind is kind


def test_an_event_has_a_name_and_the_number_it_wants_to_be_answered_under() -> None:
    packet = read_packet('4217["wish",{"wish":"survivor"}]')

    assert (packet.event, packet.said, packet.wants) == ("wish", ({"wish": "survivor"},), "17")


def test_a_frame_above_the_limit_is_too_large_before_it_is_parsed() -> None:
    with pytest.raises(TooLarge):
        read_packet('42["wait",' + "[" * PACKET_MOST_BYTES)


@pytest.mark.parametrize("frame", [
    b"42[]", "", "0", "2", "5", "6", "43[]", "45[]", "46[]", "49", "40/staff", '42/a,["x"]', "42[", '42["x",{}',
    '42["x",{},{}]', '42[["x"]]', '42["x",1.5]', '42["x",1e3]', '42["x",Infinity]', '42["x",' + "9" * 17 + "]",
    '421234567890["x"]', "42" + "[" * 9 + "]" * 9, '42["x"]42["y"]', "\n3", "3\n", "\uff13", '42\u0661["x"]',
])
def test_anything_else_is_refused(frame: str | bytes) -> None:
    with pytest.raises(BadRequest):
        read_packet(frame)


NEARLY_EVENTS = st.text("042[]{}\",:1abc ", max_size=80).map("42".__add__)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200), NEARLY_EVENTS))
def test_no_frame_at_all_raises_anything_but_a_coded_error(frame: str | bytes) -> None:
    wanted_answer(frame)
    try:
        read_packet(frame)
    except HelplineError as refused:
        assert refused.code in {"bad_request", "too_large"}  # noqa: PT017 - or it raises nothing


def test_what_is_written_is_what_socket_io_reads() -> None:
    assert write_event("bye", {"code": "full"}) == '2["bye",{"code":"full"}]'
    assert write_answer("7", {"ok": True}) == '37[{"ok":true}]'
