"""The codec writes one form, and reads no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.keys.wire import MalformedError, Reader, uint, vec

LENGTHS = [0, 1, 63, 64, 16_383, 16_384, 70_000]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_vector_of_any_length_is_read_as_it_was_written(length: int) -> None:
    reader = Reader(vec(b"x" * length))

    assert reader.vec(100_000) == b"x" * length
    reader.end()


@pytest.mark.parametrize(("length", "header"), [(63, "3f"), (64, "4040"), (16_383, "7fff"), (16_384, "80004000")])
def test_a_length_takes_the_shortest_form(length: int, header: str) -> None:
    assert vec(b"x" * length).hex().startswith(header)


@pytest.mark.parametrize(
    "data", [b"", b"\x01", b"\x40", b"\x40\x01x", b"\x80\x00\x00\x01x", b"\xc0", b"\x7f\xff", b"\x05xxxxx"]
)
def test_anything_else_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedError):
        Reader(data).vec(4)


@given(st.lists(st.binary(max_size=100)))
def test_items_fill_a_vector_exactly(items: list[bytes]) -> None:
    reader = Reader(vec(b"".join(map(vec, items))))

    assert list(reader.many(1 << 20, lambda inner: inner.vec(100))) == items


@given(st.binary(max_size=80))
def test_random_bytes_are_read_or_malformed_and_nothing_else(data: bytes) -> None:
    reader = Reader(data)
    try:
        read = reader.vec(70)
        reader.end()
    except MalformedError:
        return
    assert vec(read) == data


def test_a_number_that_does_not_fit_is_not_written() -> None:
    with pytest.raises(OverflowError):
        uint(256, 1)
