"""The server reads the header and not one byte more; what is not exactly one private message is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.domain.envelope import Header, check_key_package, check_welcome, read_header
from helpline.domain.errors import BadRequest, ForbiddenMessage, TooLarge
from helpline.domain.numbers import ENVELOPE_BYTES_MAX, KEY_PACKAGE_BYTES_MAX, WELCOME_BYTES_MAX
from tests.envelopes import KEY_PACKAGE, PROPOSAL, WELCOME, commit, sealed, vector

pytestmark = pytest.mark.unit


@given(epoch=st.integers(0, 2**64 - 1), content=st.binary(max_size=17_000), group=st.binary(max_size=100))
def test_epoch_and_kind_are_read_from_the_bytes(epoch: int, content: bytes, group: bytes) -> None:
    assert read_header(sealed(content, epoch=epoch, group=group)) == Header(epoch, is_commit=False)
    assert read_header(commit(epoch, content)) == Header(epoch, is_commit=True)


@given(st.binary(max_size=300))
def test_any_bytes_get_a_coded_answer(noise: bytes) -> None:
    for envelope in (noise, b"\x00\x01\x00\x02" + noise):
        with suppress(BadRequest, ForbiddenMessage):  # anything else would be raised to the test
            read_header(envelope)


@pytest.mark.parametrize("cut", range(1, len(sealed())))
def test_a_message_cut_short_is_refused(cut: int) -> None:
    with pytest.raises((BadRequest, ForbiddenMessage)):
        read_header(sealed()[:-cut])


def test_bytes_after_the_message_are_refused() -> None:
    with pytest.raises(BadRequest):
        read_header(sealed() + b"\x00")


@pytest.mark.parametrize("wire_format", [0, 1, 3, 4, 5, 0xFFFF])
def test_public_messages_and_every_other_kind_are_forbidden(wire_format: int) -> None:
    with pytest.raises(ForbiddenMessage):
        read_header(b"\x00\x01" + wire_format.to_bytes(2, "big") + sealed()[4:])


@pytest.mark.parametrize("kind", [0, PROPOSAL, 4, 255])
def test_proposals_are_forbidden(kind: int) -> None:
    with pytest.raises(ForbiddenMessage):
        read_header(sealed(kind=kind))


def test_words_outside_the_encryption_are_forbidden() -> None:
    with pytest.raises(ForbiddenMessage):
        read_header(sealed(readable=b"words the server could read"))


def test_another_version_of_the_protocol_is_refused() -> None:
    with pytest.raises(BadRequest):
        read_header(b"\x00\x02" + sealed()[2:])


@pytest.mark.parametrize("length", [b"\x40\x05", b"\x80\x00\x00\x05", b"\xc0\x00\x00\x00\x00\x00\x00\x05"])
def test_a_length_not_written_in_the_fewest_bytes_is_refused(length: bytes) -> None:
    tail = sealed(group=b"group")[10:]

    with pytest.raises(BadRequest):
        read_header(b"\x00\x01\x00\x02" + length + b"group" + tail)


def test_the_longest_padded_message_fits_and_one_byte_over_the_limit_does_not() -> None:
    overhead = len(sealed(b"x" * 16_384)) - 16_384
    assert read_header(sealed(b"x" * (ENVELOPE_BYTES_MAX - overhead))).epoch == 1

    with pytest.raises(TooLarge):
        read_header(sealed(b"x" * (ENVELOPE_BYTES_MAX - overhead + 1)))


def test_a_welcome_passes_and_nothing_else_in_its_place() -> None:
    check_welcome(WELCOME)

    with pytest.raises(ForbiddenMessage):
        check_welcome(sealed())
    with pytest.raises(TooLarge):
        check_welcome(WELCOME + bytes(WELCOME_BYTES_MAX))


def test_a_key_package_is_one_of_our_suite_and_not_endless() -> None:
    check_key_package(KEY_PACKAGE.ljust(KEY_PACKAGE_BYTES_MAX, b"\0"))

    for other in (b"", bytes(100), WELCOME, KEY_PACKAGE[:6] + b"\x00\x03" + KEY_PACKAGE[8:]):
        with pytest.raises(BadRequest):
            check_key_package(other)
    with pytest.raises(TooLarge):
        check_key_package(bytes(KEY_PACKAGE_BYTES_MAX + 1))


def test_the_test_bytes_write_lengths_as_the_standard_does() -> None:
    assert vector(b"x" * 37)[:1] == b"\x25"  # the examples of RFC 9000 A.1, which RFC 9420 2.1.2 refers to
    assert vector(b"x" * 15_293)[:2] == b"\x7b\xbd"
