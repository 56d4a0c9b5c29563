"""An organisation made of names: its keys come from fixed seeds, and it signs whatever it is told, faults included."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.keys.certificates import DayCertificate, IssuingCertificate, Kind, Role
from helpline.keys.revocation import RevocationList, sign_list
from helpline.keys.signing import Label, public_half, sign

HOUR, DAY = 3600, 86_400
MIDNIGHT = int(datetime(2026, 3, 9, tzinfo=UTC).timestamp())
NOON = MIDNIGHT + 12 * HOUR
REAL, DEMO, ROGUE = "real root", "demo root", "rogue root"


def secret(name: str) -> Ed25519PrivateKey:
    """Derive a private key from a name."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"helpline vectors: {name}".encode()).digest())


def public(name: str) -> bytes:
    """Give the public half of a named key."""
    return public_half(secret(name))


def issuing(
    name: str = "issuing key", root: str = REAL, label: Label = Label.ISSUING_KEY, **changes: Any
) -> IssuingCertificate:
    """Certify an issuing key, faults included."""
    times = {"not_before_seconds": MIDNIGHT - 30 * DAY, "not_after_seconds": MIDNIGHT + 60 * DAY}
    unsigned = IssuingCertificate(**{"key": public(name), "kind": Kind.REAL, **times, **changes})
    return replace(unsigned, signature=sign(secret(root), label, unsigned.body()))


def day(
    name: str = "day key", issuer: str = "issuing key", label: Label = Label.DAY_CERTIFICATE, **changes: Any
) -> DayCertificate:
    """Certify a day key, faults included."""
    times = {"start_seconds": MIDNIGHT, "end_seconds": MIDNIGHT + DAY}
    who = {"alias": "Inès", "role": Role.PEER, "lines": ("adults",)}
    unsigned = DayCertificate(**{"key": public(name), **who, **times, **changes})
    return replace(unsigned, signature=sign(secret(issuer), label, unsigned.body()))


def revocations(
    name: str,
    signer: str = "issuing key",
    by: IssuingCertificate | None = None,
    *,
    counter: int = 7,
    issued: int = NOON - HOUR,
    revoked: tuple[str, ...] = (),
) -> RevocationList:
    """Sign a list; its padding comes from its name."""
    numbers = count()
    return sign_list(
        secret(signer),
        by=by,
        counter=counter,
        issued=datetime.fromtimestamp(issued, UTC),
        revoked=[public(key) for key in revoked],
        random=lambda _: sha256(f"{name} {next(numbers)}".encode()).digest(),
    )


def resigned(
    found: RevocationList, signer: str, label: Label = Label.REVOCATION_LIST, **changes: Any
) -> RevocationList:
    """Change a list and sign it anew."""
    changed = replace(found, **changes)
    return replace(changed, signature=sign(secret(signer), label, changed.body()))
