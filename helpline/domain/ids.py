"""The names by which things are known, and the closed lists of words."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

LineId = NewType("LineId", str)
StaffId = NewType("StaffId", str)
Language = NewType("Language", str)  # "fr", "pt-BR": as in the organisation's list
Ticket = NewType("Ticket", str)  # random, one for each time a person begins to wait; never used again
ConversationId = NewType("ConversationId", str)
OfferId = NewType("OfferId", str)


class Wish(StrEnum):
    """Whom a person would like to talk with."""

    SURVIVOR = "survivor"
    PSYCHOLOGIST = "psychologist"
    WHOEVER = "whoever"


class CertificateRole(StrEnum):
    """What a conversation's members see of somebody who answers."""

    PSYCHOLOGIST = "psychologist"
    PEER = "peer"
    VOLUNTEER = "volunteer"
    SUPERVISOR = "supervisor"
    INTERPRETER = "interpreter"
    GATEWAY = "gateway"
    PROBE = "probe"


class AccountRole(StrEnum):
    """What a staff account may do."""

    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class PresenceState(StrEnum):
    """Whether a counsellor at her desk may be offered a conversation. Only the system sets `AWAY`."""

    ON_DUTY = "on_duty"
    ON_BREAK = "on_break"
    OFF_DUTY = "off_duty"
    AWAY = "away"


class Side(StrEnum):
    """The two ends of a conversation."""

    PERSON = "person"
    COUNSELLOR = "counsellor"

    @property
    def other(self) -> Side:
        """The end across."""
        return Side.COUNSELLOR if self is Side.PERSON else Side.PERSON


class EndedBy(StrEnum):
    """Why it is over: one of the two, an hour without her end, a line that closed while she waited, or a desk gone."""

    PERSON = "person"
    COUNSELLOR = "counsellor"
    SILENCE = "silence"
    CLOSED = "closed"
    GONE = "gone"
