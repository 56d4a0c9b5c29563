from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.runtime.frames import (
    BINARY,
    CLOSE,
    CONTINUED,
    FRAGMENTS_MOST,
    LAST,
    PING,
    PROTOCOL_ERROR,
    TEXT,
    TOO_BIG,
    BadFrame,
    Frame,
    FrameReader,
    frame_of,
    unmask,
)

pytestmark = pytest.mark.unit

CAP = 32 * 1024
KEY = b"\x5a\x3c\x96\x17"


def said(kind: int, data: bytes, *, last: bool = True, key: bytes = KEY) -> bytes:
    """A frame as a browser sends it."""
    size = len(data)
    length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126, size >> 8, size & 255])
    return bytes([kind | (LAST if last else 0)]) + length + key + unmask(data, key)


def read(*pieces: bytes) -> list[Frame]:
    reader, found = FrameReader(CAP), list[Frame]()
    for piece in pieces:
        reader.feed(piece)
        while (frame := reader.next()) is not None:
            found.append(frame)
    return found


def refused(*pieces: bytes) -> int:
    with pytest.raises(BadFrame) as bad:
        read(*pieces)
    return bad.value.status


@pytest.mark.parametrize("size", [0, 1, 125, 126, 1000, CAP])
def test_a_message_of_any_size_is_read_as_it_was_said(size: int) -> None:
    data = bytes(at % 251 for at in range(size))

    assert read(said(TEXT, data), said(BINARY, data)) == [(TEXT, data), (BINARY, data)]


@given(st.lists(st.binary(max_size=300), max_size=6), st.lists(st.integers(1, 700), max_size=12))
def test_however_the_bytes_are_cut_the_messages_are_the_same(messages: list[bytes], cuts: list[int]) -> None:
    stream, pieces = b"".join(said(TEXT, each) for each in messages), list[bytes]()
    for cut in cuts:
        pieces, stream = [*pieces, stream[:cut]], stream[cut:]

    assert read(*pieces, stream) == [(TEXT, each) for each in messages]


def test_fragments_are_one_message_and_control_frames_come_between() -> None:
    stream = said(TEXT, b"a ", last=False) + said(PING, b"?") + said(CONTINUED, b"word") + said(CLOSE, b"")

    assert read(stream) == [(PING, b"?"), (TEXT, b"a word"), (CLOSE, b"")]


def test_a_length_above_the_cap_is_refused_before_its_bytes_have_come() -> None:
    assert refused(said(TEXT, b"x" * (CAP + 1))[:4]) == TOO_BIG
    assert refused(bytes([LAST | TEXT, 0x80 | 127])) == TOO_BIG


def test_fragments_count_together() -> None:
    half = said(TEXT, b"x" * (CAP // 2), last=False)

    assert refused(half, said(CONTINUED, b"x" * (CAP // 2 + 1))[:4]) == TOO_BIG


def test_too_many_fragments_are_refused_however_small() -> None:
    assert refused(said(TEXT, b"", last=False), *[said(CONTINUED, b"", last=False)] * FRAGMENTS_MOST) == TOO_BIG


@pytest.mark.parametrize("frame", [
    bytes([LAST | TEXT, 1]) + b"x",  # not masked
    said(TEXT | 0x40, b"x"),  # compressed, which was never agreed on
    said(3, b"x"),
    said(PING, b"x", last=False),
    said(PING, b"x" * 126),
    said(CONTINUED, b"x"),
    said(TEXT, b"x", last=False) + said(TEXT, b"y"),
], ids=["unmasked", "compressed", "unknown", "cut control", "long control", "continues nothing", "begins twice"])
def test_what_no_browser_sends_is_refused(frame: bytes) -> None:
    assert refused(frame) == PROTOCOL_ERROR


@given(st.binary(max_size=400))
def test_no_bytes_at_all_raise_anything_but_bad_frame(data: bytes) -> None:
    try:
        found = read(data)
    except BadFrame as bad:
        assert bad.status in {PROTOCOL_ERROR, TOO_BIG}  # noqa: PT017 - or it raises nothing
    else:
        assert sum(len(said) for _, said in found) <= len(data)


def test_what_is_written_has_the_shortest_length() -> None:
    assert frame_of(TEXT, b"x" * 125)[:2] == bytes([LAST | TEXT, 125])
    assert frame_of(TEXT, b"x" * 126)[:4] == bytes([LAST | TEXT, 126, 0, 126])
    assert frame_of(TEXT, b"x" * 0x10000)[:10] == bytes([LAST | TEXT, 127, 0, 0, 0, 0, 0, 1, 0, 0])
