"""The two certificates of the chain: the root's for an issuing key, the issuing key's for one day of one alias.

    struct { opaque key<V>; uint8 kind; uint64 not_before; uint64 not_after; opaque signature<V>; } IssuingCertificate;
    struct { opaque key<V>; opaque alias<V>; uint8 role; opaque line<V> lines<V>; uint64 start; uint64 end;
             opaque signature<V>; } DayCertificate;

Times are unix seconds, as they stand on the wire. Reading gives whatever was written; judging is in `credential`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.keys.errors import Code, need
from helpline.keys.limits import BLOCK_SECONDS, ISSUING_SECONDS
from helpline.keys.signing import KEY_BYTES, SIGNATURE_BYTES, Label, sign
from helpline.keys.wire import Reader, uint, vec

ALIAS_BYTES = 64
LINE_BYTES = 32
LINES_BYTES = 512


class Kind(IntEnum):
    """What a root is for. A real installation refuses a demo's, and a demo a real one's."""

    REAL = 1
    DEMO = 2


class Role(IntEnum):
    """What the members of a conversation see of each other."""

    PERSON = 1
    PSYCHOLOGIST = 2
    PEER = 3
    VOLUNTEER = 4
    SUPERVISOR = 5
    INTERPRETER = 6
    GATEWAY = 7
    PROBE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingCertificate:
    """The root says: this key may sign day certificates, from then to then.

    `kind` is the number on the wire, known or not.
    """

    key: bytes
    kind: int
    not_before_seconds: int
    not_after_seconds: int
    signature: bytes = b""

    def body(self) -> bytes:
        """Give the bytes that the root signs."""
        times = uint(self.not_before_seconds, 8) + uint(self.not_after_seconds, 8)
        return vec(self.key) + uint(self.kind, 1) + times

    def encode(self) -> bytes:
        """Write it whole."""
        return self.body() + vec(self.signature)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCertificate:
    """An issuing key says: this key is this alias in this role on these lines, for one block of time.

    `role` is the number on the wire, known or not.
    """

    key: bytes
    alias: str
    role: int
    lines: tuple[str, ...]
    start_seconds: int
    end_seconds: int
    signature: bytes = b""

    def body(self) -> bytes:
        """Give the bytes that the issuing key signs."""
        lines = b"".join(vec(line.encode()) for line in self.lines)
        times = uint(self.start_seconds, 8) + uint(self.end_seconds, 8)
        return vec(self.key) + vec(self.alias.encode()) + uint(self.role, 1) + vec(lines) + times

    def encode(self) -> bytes:
        """Write it whole."""
        return self.body() + vec(self.signature)


def read_issuing(reader: Reader) -> IssuingCertificate:
    """Read an issuing certificate. Raises MalformedError."""
    return IssuingCertificate(
        key=reader.exactly(KEY_BYTES),
        kind=reader.uint(1),
        not_before_seconds=reader.uint(8),
        not_after_seconds=reader.uint(8),
        signature=reader.exactly(SIGNATURE_BYTES),
    )


def read_day(reader: Reader) -> DayCertificate:
    """Read a day certificate. Raises MalformedError."""
    return DayCertificate(
        key=reader.exactly(KEY_BYTES),
        alias=reader.text(ALIAS_BYTES),
        role=reader.uint(1),
        lines=reader.many(LINES_BYTES, lambda inner: inner.text(LINE_BYTES)),
        start_seconds=reader.uint(8),
        end_seconds=reader.uint(8),
        signature=reader.exactly(SIGNATURE_BYTES),
    )


def certify_issuing_key(
    root: Ed25519PrivateKey, key: bytes, *, kind: Kind, not_before: datetime, not_after: datetime
) -> IssuingCertificate:
    """Let the root certify an issuing key. Raises RefusedError(certificate-too-long) over 90 days or none."""
    unsigned = IssuingCertificate(
        key=key,
        kind=kind,
        not_before_seconds=int(not_before.timestamp()),
        not_after_seconds=int(not_after.timestamp()),
    )
    lasts_seconds = unsigned.not_after_seconds - unsigned.not_before_seconds
    need(0 < lasts_seconds <= ISSUING_SECONDS, Code.CERTIFICATE_TOO_LONG)
    return replace(unsigned, signature=sign(root, Label.ISSUING_KEY, unsigned.body()))


def block_of(day: date) -> tuple[datetime, datetime]:
    """Give the block of time of a day's certificate: from midnight to midnight, UTC, so that it tells no shift."""
    start = datetime.combine(day, time(), UTC)
    return start, start + timedelta(days=1)


def certify_day_key(
    issuer: Ed25519PrivateKey,
    issuing: IssuingCertificate,
    key: bytes,
    *,
    alias: str,
    role: Role,
    lines: tuple[str, ...],
    start: datetime,
    end: datetime,
) -> DayCertificate:
    """Let an issuing key certify a day key.

    Raises RefusedError: certificate-too-long over 24 hours or none, outside-issuing-key for a block that the issuing
    key does not cover, credential-role for a person, credential-malformed for an alias or lines that cannot be read
    back, and for an alias with characters that nobody sees: they could turn round the role written beside it.
    """
    unsigned = DayCertificate(
        key=key,
        alias=alias,
        role=role,
        lines=lines,
        start_seconds=int(start.timestamp()),
        end_seconds=int(end.timestamp()),
    )
    need(0 < unsigned.end_seconds - unsigned.start_seconds <= BLOCK_SECONDS, Code.CERTIFICATE_TOO_LONG)
    need(is_inside(unsigned, issuing), Code.OUTSIDE_ISSUING_KEY)
    need(role is not Role.PERSON, Code.CREDENTIAL_ROLE)
    need(_can_be_read_back(unsigned), Code.CREDENTIAL_MALFORMED)
    return replace(unsigned, signature=sign(issuer, Label.DAY_CERTIFICATE, unsigned.body()))


def is_inside(day: DayCertificate, issuing: IssuingCertificate) -> bool:
    """Say whether the whole block lies in the time of the issuing key."""
    return day.start_seconds >= issuing.not_before_seconds and day.end_seconds <= issuing.not_after_seconds


def _can_be_read_back(day: DayCertificate) -> bool:
    lines = [line.encode() for line in day.lines]
    return (
        len(day.key) == KEY_BYTES
        and 0 < len(day.alias.encode()) <= ALIAS_BYTES
        and day.alias.isprintable()
        and day.alias == day.alias.strip()
        and bool(lines)
        and all(0 < len(line) <= LINE_BYTES for line in lines)
        and sum(len(vec(line)) for line in lines) <= LINES_BYTES
    )
