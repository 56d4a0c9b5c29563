"""The list of keys that are no longer trusted.

    struct { uint16 version = 1; uint64 counter; uint64 issued; opaque key_hash<V> revoked<V>;
             IssuingCertificate by<V>; opaque signature<V>; } RevocationList;

`by` is empty for a list of the root's, else the signer's certificate. The hashes are sorted, and random ones fill them
up to a multiple of 64: neither how many were revoked nor which belong together can be read off the list.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.keys.certificates import IssuingCertificate, read_issuing
from helpline.keys.errors import Code, RefusedError, need
from helpline.keys.limits import PADDED_TO
from helpline.keys.signing import SIGNATURE_BYTES, Label, key_hash, sign
from helpline.keys.wire import MalformedError, Reader, uint, vec

VERSION = 1
HASH_BYTES = 32
MAX_HASHES_BYTES = 1 << 20
MAX_CERTIFICATE_BYTES = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """Hashes of keys that may not enter, under a counter that only grows."""

    counter: int
    issued_seconds: int
    hashes: tuple[bytes, ...]
    by: IssuingCertificate | None
    signature: bytes = b""

    def body(self) -> bytes:
        """Give the bytes that are signed."""
        head = uint(VERSION, 2) + uint(self.counter, 8) + uint(self.issued_seconds, 8)
        return head + vec(b"".join(map(vec, self.hashes))) + vec(self.by.encode() if self.by else b"")

    def encode(self) -> bytes:
        """Write it whole."""
        return self.body() + vec(self.signature)

    def names(self, key: bytes) -> bool:
        """Say whether a public key is on the list."""
        return key_hash(key) in self.hashes


def sign_list(
    signer: Ed25519PrivateKey,
    *,
    by: IssuingCertificate | None,
    counter: int,
    issued: datetime,
    revoked: Iterable[bytes],
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> RevocationList:
    """Sign a list that revokes the public keys `revoked`, padded and sorted.

    `by` is None when the root itself signs. Raises RefusedError(list-signed-by-revoked) for a signer on its own list.
    """
    hashes = {key_hash(key) for key in revoked}
    need(by is None or key_hash(by.key) not in hashes, Code.LIST_SIGNED_BY_REVOKED)
    while not hashes or len(hashes) % PADDED_TO:
        hashes.add(random(HASH_BYTES))
    unsigned = RevocationList(
        counter=counter, issued_seconds=int(issued.timestamp()), hashes=tuple(sorted(hashes)), by=by
    )
    return replace(unsigned, signature=sign(signer, Label.REVOCATION_LIST, unsigned.body()))


def read_list(data: bytes) -> RevocationList:
    """Read a list without judging who signed it.

    Raises RefusedError: list-version, list-malformed, list-not-padded, list-not-sorted.
    """
    reader = Reader(data)
    try:
        need(reader.uint(2) == VERSION, Code.LIST_VERSION)
        found = RevocationList(
            counter=reader.uint(8),
            issued_seconds=reader.uint(8),
            hashes=reader.many(MAX_HASHES_BYTES, lambda inner: inner.exactly(HASH_BYTES)),
            by=_read_signer(reader.vec(MAX_CERTIFICATE_BYTES)),
            signature=reader.exactly(SIGNATURE_BYTES),
        )
        reader.end()
    except MalformedError as error:
        raise RefusedError(Code.LIST_MALFORMED) from error
    need(len(found.hashes) % PADDED_TO == 0, Code.LIST_NOT_PADDED)
    need(all(one < another for one, another in pairwise(found.hashes)), Code.LIST_NOT_SORTED)
    return found


def _read_signer(data: bytes) -> IssuingCertificate | None:
    if not data:
        return None
    reader = Reader(data)
    issuing = read_issuing(reader)
    reader.end()
    return issuing
