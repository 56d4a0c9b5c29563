"""What every store of key halves does."""

from __future__ import annotations

import pytest

from helpline.domain.half import KeyHalf
from helpline.domain.ids import ConversationId
from helpline.ports import KeyHalves
from tests.contract.adapters import HALVES
from tests.fakes import NOON

pytestmark = pytest.mark.unit

TALK = ConversationId("talk")
ONE, OTHER = KeyHalf(key=b"\x00\xff" * 16), KeyHalf(key=b"\x01" * 32)


@pytest.fixture(params=HALVES)
def halves(request: pytest.FixtureRequest) -> KeyHalves:
    return HALVES[request.param]()


def test_a_half_changes_only_from_what_still_stands(halves: KeyHalves) -> None:
    assert halves.get(TALK) is None
    assert halves.replace(TALK, None, ONE)
    assert not halves.replace(TALK, None, OTHER)
    assert halves.replace(TALK, ONE, ONE.left(NOON))
    assert not halves.replace(TALK, ONE, OTHER)
    assert halves.get(TALK) == ONE.left(NOON)


def test_each_conversation_has_its_own(halves: KeyHalves) -> None:
    halves.replace(TALK, None, ONE)

    assert halves.get(ConversationId("another")) is None


def test_a_dropped_one_is_nowhere(halves: KeyHalves) -> None:
    halves.replace(TALK, None, ONE)
    assert ONE.key in [value for _, value in halves.walk()]

    halves.drop(TALK)
    halves.drop(TALK)

    assert halves.get(TALK) is None
    assert list(halves.walk()) == []
