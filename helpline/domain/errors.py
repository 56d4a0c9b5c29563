"""Every deliberate refusal, each with a stable code.

HelplineError            internal
├── Invalid
│   ├── BadRequest               bad_request
│   ├── TooLarge                 too_large
│   ├── UnknownEvent             unknown_event
│   └── ForbiddenMessage         forbidden_message
├── NotFound
│   ├── NotWaiting               not_waiting
│   ├── NoSuchLine               no_such_line
│   ├── NoSuchConversation       no_such_conversation
│   └── OfferGone                offer_gone
├── Conflict
│   ├── AlreadyWaiting           already_waiting
│   ├── StaleEpoch               stale_epoch
│   ├── OutOfOrder               out_of_order
│   └── Elsewhere                elsewhere
├── Refused
│   ├── LineClosed               line_closed
│   ├── NobodySpeaksLanguage     nobody_speaks_language
│   ├── Full                     full
│   ├── WorkNeeded               work_needed
│   ├── TooMany                  too_many
│   ├── NotYet
│   │   └── StoreAway            not_yet
│   └── ShuttingDown             shutting_down
└── NotAllowed
    ├── NotOnDutyByRota          not_on_duty_by_rota
    ├── NotSignedIn              not_signed_in
    ├── NotPermitted             not_permitted
    └── BadSignIn                bad_sign_in

An error says its code and nothing else: no name, ticket, word or number may travel in an exception's text.
"""

# ruff: noqa: N818 - these are read as sentences: "raise LineClosed", "Refused"
from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from helpline.domain.work import BITS


class HelplineError(Exception):
    """Root of all deliberate errors."""

    #: Stable, safe to show and to log.
    code: ClassVar[str] = "internal"

    #: What the page is told beside the code. It is never logged.
    told: Mapping[str, object] = {}

    def __init__(self) -> None:
        super().__init__(self.code)


class Invalid(HelplineError):
    """What was asked cannot be read, or may not be asked at all."""

    code = "bad_request"


class BadRequest(Invalid):
    """Malformed: a field is missing, unknown, or of the wrong kind."""

    code = "bad_request"


class TooLarge(Invalid):
    """More bytes than the limit for this thing."""

    code = "too_large"


class UnknownEvent(Invalid):
    """An event that the registry does not declare."""

    code = "unknown_event"


class ForbiddenMessage(Invalid):
    """Not a private MLS message, a proposal, a second Welcome, or an envelope before the Welcome."""

    code = "forbidden_message"


class NotFound(HelplineError):
    """What was named is not there, or is not yours: the two are told apart to nobody."""

    code = "bad_request"


class NotWaiting(NotFound):
    """She does not wait: she never did, has left, or is being answered."""

    code = "not_waiting"


class NoSuchLine(NotFound):
    """The organisation has no such line."""

    code = "no_such_line"


class NoSuchConversation(NotFound):
    """Unknown, not yours, or over."""

    code = "no_such_conversation"


class OfferGone(NotFound):
    """The offer was taken, lapsed, withdrawn, or was never yours."""

    code = "offer_gone"


class Conflict(HelplineError):
    """Somebody else was first."""

    code = "internal"


class AlreadyWaiting(Conflict):
    """She waits already, or is being answered."""

    code = "already_waiting"


class StaleEpoch(Conflict):
    """A commit for an epoch that is not the group's present one: another commit came first."""

    code = "stale_epoch"


class OutOfOrder(Conflict):
    """An envelope came before the one in front of it."""

    code = "out_of_order"


class Elsewhere(Conflict):
    """This staff member opened the desk in another tab."""

    code = "elsewhere"


class Refused(HelplineError):
    """Not now: the helpline cannot do this at present."""

    code = "internal"


class LineClosed(Refused):
    """The line takes no new conversations at this time."""

    code = "line_closed"


class NobodySpeaksLanguage(Refused):
    """Nobody on this line speaks the language today."""

    code = "nobody_speaks_language"


class Full(Refused):
    """As many people wait on this line as it can honestly hold."""

    code = "full"


class WorkNeeded(Refused):
    """So many come that her phone must do some work first."""

    code = "work_needed"

    @classmethod
    def on(cls, challenge: str) -> WorkNeeded:
        """Return a refusal that tells which work."""
        needed = cls()
        needed.told = {"challenge": challenge, "bits": BITS}
        return needed


class TooMany(Refused):
    """More than the budget allows: events in a while, or envelopes the other end has not taken."""

    code = "too_many"


class NotYet(Refused):
    """Not at this moment, but soon: what was asked may be asked again."""

    code = "not_yet"


class StoreAway(NotYet):
    """The store cannot be reached at this moment."""

    code = "not_yet"


class ShuttingDown(Refused):
    """The server takes nothing new because it is about to stop."""

    code = "shutting_down"


class NotAllowed(HelplineError):
    """This staff member may not do this."""

    code = "not_permitted"


class NotOnDutyByRota(NotAllowed):
    """The rota does not have her on duty now."""

    code = "not_on_duty_by_rota"


class NotSignedIn(NotAllowed):
    """No sign-in, or one that is over."""

    code = "not_signed_in"


class NotPermitted(NotAllowed):
    """Her account roles do not hold this permission."""

    code = "not_permitted"


class BadSignIn(NotAllowed):
    """Name or password do not fit: which of the two is told to nobody."""

    code = "bad_sign_in"
