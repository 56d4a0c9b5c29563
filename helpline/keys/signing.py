"""Ed25519 over labelled bytes, so that what is signed as one thing can never pass as another.

Source: RFC 8032; the framing is that of SignWithLabel, RFC 9420, section 5.1.2, with our own prefix.
"""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from helpline.keys.wire import vec

KEY_BYTES = 32
SIGNATURE_BYTES = 64


class Label(StrEnum):
    """What a signature is for."""

    ISSUING_KEY = "issuing key"
    DAY_CERTIFICATE = "day certificate"
    REVOCATION_LIST = "revocation list"
    CONSENT = "consent"


def to_be_signed(label: Label, body: bytes) -> bytes:
    """Frame `body` under its label."""
    return vec(f"Helpline 1.0 {label}".encode()) + vec(body)


def sign(key: Ed25519PrivateKey, label: Label, body: bytes) -> bytes:
    """Sign `body` as what `label` says: 64 bytes."""
    return key.sign(to_be_signed(label, body))


def is_signed(public: bytes, label: Label, body: bytes, signature: bytes) -> bool:
    """Say whether the holder of `public` signed `body` as what `label` says."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, to_be_signed(label, body))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_half(key: Ed25519PrivateKey) -> bytes:
    """Give the 32 public bytes of a key."""
    return key.public_key().public_bytes_raw()


def key_hash(public: bytes) -> bytes:
    """Name a key in a revocation list: SHA-256, 32 bytes."""
    return sha256(public).digest()
