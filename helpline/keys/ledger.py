"""Which keys an organisation has revoked, and until when that matters: what the next list must name again.

A list alone does not tell: its random hashes look like the real ones.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from helpline.keys.errors import Code, RefusedError
from helpline.keys.private_files import write_over
from helpline.keys.signing import KEY_BYTES

ISSUING_LASTS = timedelta(days=91)  # the longest an issuing key may still have to live
DAY_KEY_LASTS = timedelta(days=17)  # day keys are made for two weeks ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Revoked public keys, each with the unix second from which it need not be named any more."""

    issuing: Mapping[bytes, int] = field(default_factory=dict)
    day: Mapping[bytes, int] = field(default_factory=dict)

    def revoke(self, now: datetime, *, issuing: Iterable[bytes] = (), day: Iterable[bytes] = ()) -> Ledger:
        """Add keys, and drop those that nothing accepts any more."""
        return replace(
            self,
            issuing=_current(self.issuing, issuing, now, ISSUING_LASTS),
            day=_current(self.day, day, now, DAY_KEY_LASTS),
        )

    def keys(self) -> frozenset[bytes]:
        """Give every key that the next list names."""
        return frozenset(self.issuing) | frozenset(self.day)

    def write(self, path: Path) -> None:
        """Write it over the one before."""
        found = {
            name: {b64encode(key).decode(): until for key, until in sorted(keys.items())}
            for name, keys in (("issuing", self.issuing), ("day", self.day))
        }
        write_over(path, json.dumps(found, indent=1).encode() + b"\n")


def read_ledger(path: Path) -> Ledger:
    """Read it; an installation that has revoked nothing has none. Raises RefusedError(ledger-malformed)."""
    if not path.exists():
        return Ledger()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Ledger(issuing=_keys(found["issuing"]), day=_keys(found["day"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedError(Code.LEDGER_MALFORMED) from error


def _current(before: Mapping[bytes, int], added: Iterable[bytes], now: datetime, lasts: timedelta) -> dict[bytes, int]:
    until = int((now + lasts).timestamp())
    kept = {key: end for key, end in before.items() if end > now.timestamp()}
    return kept | dict.fromkeys(added, until)


def _keys(found: Mapping[str, int]) -> dict[bytes, int]:
    keys = {b64decode(key, validate=True): int(until) for key, until in found.items()}
    if any(len(key) != KEY_BYTES for key in keys):
        raise ValueError("a key has 32 bytes")
    return keys
