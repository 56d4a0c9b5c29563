"""A conversation knows which end is missing, and for how long silence may last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.domain.conversation import Accepted, Conversation
from helpline.domain.ids import ConversationId, StaffId, Ticket
from helpline.domain.retention import SILENCE, stepped, whole_minutes_in_seconds
from tests.fakes import ADULTS, FRENCH, NOON

pytestmark = pytest.mark.unit

TALKING = Conversation(
    id=ConversationId("secret-id"), ticket=Ticket("secret-ticket"), staff_id=StaffId("ada"), line=ADULTS,
    language=FRENCH, opened_at=NOON,
)


def test_a_person_who_is_there_may_be_silent_for_ever() -> None:
    assert not TALKING.is_silent(NOON + timedelta(days=1))


def test_an_hour_without_her_end_is_silence_and_a_second_less_is_not() -> None:
    lost = TALKING.person_lost(NOON)

    assert not lost.is_silent(NOON + SILENCE - timedelta(seconds=1))
    assert lost.is_silent(NOON + SILENCE)


def test_the_hour_counts_from_the_first_loss_and_ends_when_she_is_back() -> None:
    lost = TALKING.person_lost(NOON).person_lost(NOON + timedelta(minutes=59))

    assert lost.is_silent(NOON + SILENCE)
    assert not lost.person_back().is_silent(NOON + SILENCE)


def test_a_lost_counsellor_is_no_silence() -> None:
    assert not TALKING.staff_lost(NOON).is_silent(NOON + timedelta(days=1))
    assert TALKING.staff_lost(NOON).staff_back() == TALKING


def test_no_id_no_ticket_and_no_key_is_ever_printed() -> None:
    accepted = Accepted(conversation=TALKING.id, key_package=b"secret-key", line=ADULTS, language=FRENCH)

    assert "secret" not in repr((TALKING, accepted))


def test_what_outlives_a_conversation_is_blurred() -> None:
    assert stepped(NOON.replace(minute=44, second=59, microsecond=7)) == NOON.replace(minute=30)
    assert [whole_minutes_in_seconds(timedelta(seconds=seconds)) for seconds in (0, 1, 60, 61)] == [0, 60, 60, 120]
