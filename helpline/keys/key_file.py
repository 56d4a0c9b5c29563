"""A private key in a file that a passphrase opens: the root's, kept offline, and an issuing key's.

JSON, version 1: the Ed25519 seed under AES-256-GCM, whose key is PBKDF2-HMAC-SHA-512 over the passphrase (NFKD, UTF-8)
with 600,000 rounds. What stands in the clear is authenticated too, so a real key cannot be passed off as a demo's.
tests/vectors/key_file.json holds every reader to the same bytes.

Source: RFC 8018, section 5.2; NIST SP 800-38D.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from helpline.keys.certificates import IssuingCertificate, Kind, read_issuing
from helpline.keys.errors import Code, RefusedError, need
from helpline.keys.signing import KEY_BYTES, public_half
from helpline.keys.wire import MalformedError, Reader, uint, vec
from helpline.keys.words import words_of

FORMAT = "helpline key file"
VERSION = 1
ROUNDS = 600_000
SALT_BYTES = 16
NONCE_BYTES = 12
SEALED_BYTES = KEY_BYTES + 16
SHORTEST_PASSPHRASE = 15  # characters
_FIELDS = "format version purpose kind public words certificate salt nonce sealed"
FIELDS = frozenset(_FIELDS.split())


class Purpose(IntEnum):
    """What the key in the file does."""

    ROOT = 1
    ISSUING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A key file as it stands on disk: closed. `certificate` is None for a root."""

    purpose: Purpose
    kind: Kind
    public: bytes
    certificate: IssuingCertificate | None
    salt: bytes
    nonce: bytes
    sealed: bytes = field(default=b"", repr=False)

    def in_the_clear(self) -> bytes:
        """Give the bytes that are authenticated beside the sealed ones."""
        head = uint(VERSION, 2) + uint(self.purpose, 1) + uint(self.kind, 1)
        certificate = self.certificate.encode() if self.certificate else b""
        return vec(f"Helpline 1.0 {FORMAT}".encode()) + head + vec(self.public) + vec(certificate)

    def encode(self) -> str:
        """Write it as it stands on disk."""
        found = {
            "format": FORMAT,
            "version": VERSION,
            "purpose": self.purpose.name.lower(),
            "kind": self.kind.name.lower(),
            "public": _to64(self.public),
            "words": " ".join(words_of(self.public)),
            "certificate": _to64(self.certificate.encode()) if self.certificate else "",
            "salt": _to64(self.salt),
            "nonce": _to64(self.nonce),
            "sealed": _to64(self.sealed),
        }
        return json.dumps(found, indent=1) + "\n"

    def open(self, passphrase: str) -> Ed25519PrivateKey:
        """Give the private key. Raises RefusedError(wrong-passphrase), also for a file that was tampered with."""
        cipher = AESGCM(_stretch(passphrase, self.salt))
        try:
            seed = cipher.decrypt(self.nonce, self.sealed, self.in_the_clear())
        except InvalidTag as error:
            raise RefusedError(Code.WRONG_PASSPHRASE) from error
        key = Ed25519PrivateKey.from_private_bytes(seed)
        need(public_half(key) == self.public, Code.KEY_FILE_MALFORMED)
        return key


def seal_key(
    key: Ed25519PrivateKey,
    passphrase: str,
    *,
    kind: Kind,
    certificate: IssuingCertificate | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> KeyFile:
    """Close a private key under a passphrase: a root, or with its certificate an issuing key.

    Raises RefusedError(short-passphrase) under 15 characters.
    """
    need(len(passphrase) >= SHORTEST_PASSPHRASE, Code.SHORT_PASSPHRASE)
    closed = KeyFile(
        purpose=Purpose.ROOT if certificate is None else Purpose.ISSUING,
        kind=kind,
        public=public_half(key),
        certificate=certificate,
        salt=random(SALT_BYTES),
        nonce=random(NONCE_BYTES),
    )
    cipher = AESGCM(_stretch(passphrase, closed.salt))
    return replace(closed, sealed=cipher.encrypt(closed.nonce, key.private_bytes_raw(), closed.in_the_clear()))


def read_key_file(text: str, purpose: Purpose) -> KeyFile:
    """Read a key file without opening it.

    Raises RefusedError: key-file-malformed, key-file-version, key-file-purpose for a file that is for something else.
    """
    found = _object(text)
    need(found["version"] == VERSION, Code.KEY_FILE_VERSION)
    try:
        read = _from_fields(found)
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError(Code.KEY_FILE_MALFORMED) from error
    need(read.purpose is purpose, Code.KEY_FILE_PURPOSE)
    need(found["words"] == " ".join(words_of(read.public)), Code.KEY_FILE_MALFORMED)
    certified = read.certificate is not None and read.certificate.key == read.public
    need(certified if purpose is Purpose.ISSUING else read.certificate is None, Code.KEY_FILE_MALFORMED)
    return read


def _object(text: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise RefusedError(Code.KEY_FILE_MALFORMED) from error
    if not isinstance(found, dict) or found.keys() != FIELDS or found["format"] != FORMAT:
        raise RefusedError(Code.KEY_FILE_MALFORMED)
    return found


def _from_fields(found: Mapping[str, object]) -> KeyFile:
    certificate = _from64(found["certificate"])
    return KeyFile(
        purpose=Purpose[str(found["purpose"]).upper()],
        kind=Kind[str(found["kind"]).upper()],
        public=_from64(found["public"], KEY_BYTES),
        certificate=_certificate(certificate) if certificate else None,
        salt=_from64(found["salt"], SALT_BYTES),
        nonce=_from64(found["nonce"], NONCE_BYTES),
        sealed=_from64(found["sealed"], SEALED_BYTES),
    )


def _certificate(data: bytes) -> IssuingCertificate:
    reader = Reader(data)
    found = read_issuing(reader)
    reader.end()
    return found


def _stretch(passphrase: str, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFKD", passphrase).encode()
    return PBKDF2HMAC(algorithm=SHA512(), length=32, salt=salt, iterations=ROUNDS).derive(typed)


def _to64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _from64(value: object, size_bytes: int | None = None) -> bytes:
    if not isinstance(value, str):
        raise MalformedError("not base64")
    data = b64decode(value, validate=True)
    if size_bytes not in (None, len(data)) or _to64(data) != value:
        raise MalformedError("not base64 of that size")
    return data
