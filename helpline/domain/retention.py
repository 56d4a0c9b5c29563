"""How long each thing may stay. Everything not named here is gone when its conversation ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

SILENCE: Final = timedelta(minutes=60)  # a conversation without her end
CLOSED_TICKET: Final = timedelta(minutes=15)  # only a hash, so that an ended conversation cannot rise again
PRESENCE_AFTER_LOSS: Final = timedelta(minutes=2)  # a counsellor whose network blinked keeps her state
ACCEPTED_TIMES: Final = timedelta(hours=4)  # when a counsellor accepted, for fairness among colleagues
SERVED_WAITS: Final = timedelta(hours=4)  # how long others waited on a line: seconds, with no name beside them
UNATTENDED: Final = timedelta(minutes=60)  # whatever many processes share is gone when none looked after it so long

TOKEN_LIFE: Final = timedelta(minutes=15)
TOKEN_RENEW: Final = timedelta(minutes=5)
WAITING_LOST: Final = timedelta(minutes=10)  # a waiting person without her connection keeps her place so long
COUNSELLOR_GONE: Final = timedelta(minutes=10)  # a desk away for longer will not come back to this conversation
HALF_LIFE: Final = timedelta(minutes=2)  # the server's half of a reload's key, after the connection was lost
GONE_RELOAD: Final = timedelta(seconds=15)  # the same, once the page has said that it is being left

STEP_MINUTES: Final = 15


def stepped(at: datetime) -> datetime:
    """Return the beginning of the quarter of an hour: what outlives a conversation must not tell when it was."""
    return at.replace(minute=at.minute - at.minute % STEP_MINUTES, second=0, microsecond=0)


def whole_minutes_in_seconds(span: timedelta) -> int:
    """Return a span in seconds, rounded up to a minute, for the same reason."""
    return -(-span // timedelta(minutes=1)) * 60
