"""The numbers a helpline runs by: limits, caps and spans. Retention has its own file beside this."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

# Offers
OFFER_SECONDS: Final = 20  # long enough to read two words and decide, short enough for her who waits
DECLINES_IN_A_ROW: Final = 2
COOLING: Final = timedelta(minutes=10)
ASK_AGAIN_AFTER: Final = timedelta(minutes=10)  # only when every eligible counsellor has been asked
RECENT_LOAD: Final = timedelta(hours=4)

# Conversations at a time: a rule of the system, not advice
CONVERSATIONS_DEFAULT: Final = 1
CONVERSATIONS_MAX: Final = 2

# Waiting
WAITING_PER_LINE_MAX: Final = 200
LANGUAGE_AHEAD: Final = timedelta(hours=12)  # "today", also for a line that never closes at midnight
SERVED_FOR_A_BAND: Final = 5
WAITS_REMEMBERED: Final = 50

# Processes
WORKER_BEAT_SECONDS: Final = 1
WORKER_DEAD_SECONDS: Final = 5

# Bytes
KEY_HALF_BYTES: Final = 32
KEY_PACKAGE_BYTES_MAX: Final = 4 * 1024
WELCOME_BYTES_MAX: Final = 20 * 1024
ENVELOPE_BYTES_MAX: Final = 20 * 1024  # the largest padded size, 16,384, with the framing around it
UNDELIVERED_MAX: Final = 512  # envelopes for each direction
UNDELIVERED_BYTES_MAX: Final = 1_048_576
