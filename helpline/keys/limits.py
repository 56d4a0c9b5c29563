"""How long things may last. All in seconds but the padding."""

from __future__ import annotations

DAY_SECONDS = 86_400
ISSUING_SECONDS = 90 * DAY_SECONDS  # an issuing key
BLOCK_SECONDS = DAY_SECONDS  # a day certificate
LIST_AGE_SECONDS = 8 * DAY_SECONDS  # a revocation list, as a page takes it
TOLERANCE_SECONDS = 15 * 60  # a clock that is a little wrong
COLLEAGUE_SECONDS = 12 * 3600  # staff accept colleagues who are inside so long after their block
CLOCKS_APART_SECONDS = 26 * 3600  # page and server: any time zone set as if it were UTC, and not more
PADDED_TO = 64  # revoked hashes come in multiples of this
