"""A demo's keys: a root marked as a demo's, and an issuing key that signs at once whatever staff hand in.

Made at the first start and loaded ever after. The passphrase lies beside the files it opens, which is why no page of a
real installation takes a root of this kind.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.home import Home
from helpline.keys.certificates import Kind, Role
from helpline.keys.credential import check_issuing
from helpline.keys.errors import RefusedError
from helpline.keys.held import Held, take_list
from helpline.keys.issuer import Issuer, new_issuer
from helpline.keys.key_file import KeyFile, Purpose, read_key_file, seal_key
from helpline.keys.ledger import read_ledger
from helpline.keys.private_files import write_new, write_over
from helpline.keys.revocation import read_list
from helpline.keys.roots import new_root
from helpline.keys.words import words_of

PASSPHRASE_FILE = "demo-passphrase"  # noqa: S105 - a file's name
RENEWED_BEFORE_END = timedelta(days=20)  # day keys are handed in for two weeks ahead
LIST_SIGNED_ANEW_AFTER = timedelta(days=7)  # pages refuse one of eight days
FIRST_COUNTER = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoKeys:
    """What a demo runs on. `root` is the public half, 32 bytes; `revocations` the list as pages read it."""

    root: bytes
    issuer: Issuer
    revocations: bytes

    @property
    def root_words(self) -> tuple[str, ...]:
        """The eight words of the root."""
        return words_of(self.root)

    def certify(self, *, day: date, public_key: bytes, alias: str, role: str, lines: Iterable[str]) -> bytes:
        """Give the credential for a day key at once; `role` is a certificate role's word.

        Raises RefusedError: outside-issuing-key, credential-role, credential-malformed.
        """
        return self.issuer.credential(day=day, public_key=public_key, alias=alias, role=Role[role.upper()], lines=lines)


def make_demo_keys(home: Path, now: datetime) -> DemoKeys:
    """Load a demo's keys, and make or renew what is missing, near its end or old. Twice is as once.

    Args:
        home: the installation's folder.
        now: the time, aware.

    Raises:
        RefusedError: a key file is broken, or its passphrase file is another's.
    """
    place = Home(home)
    passphrase = _passphrase(place)
    root = _root(place, passphrase)
    issuer = _issuer(place, root, passphrase, now)
    return DemoKeys(root=root.public, issuer=issuer, revocations=_revocations(place, root.public, issuer, now))


def _passphrase(place: Home) -> str:
    path = place.secrets / PASSPHRASE_FILE
    if not path.exists():
        write_new(path, secrets.token_urlsafe(24).encode())
    return path.read_text(encoding="utf-8")


def _root(place: Home, passphrase: str) -> KeyFile:
    if not place.root_key.exists():
        write_new(place.root_key, seal_key(new_root(), passphrase, kind=Kind.DEMO).encode().encode())
    return read_key_file(place.root_key.read_text(encoding="utf-8"), Purpose.ROOT)


def _issuer(place: Home, root: KeyFile, passphrase: str, now: datetime) -> Issuer:
    if place.issuing_key.exists():
        closed = read_key_file(place.issuing_key.read_text(encoding="utf-8"), Purpose.ISSUING)
        if closed.certificate is not None and _is_good(closed, root.public, now):
            return Issuer(key=closed.open(passphrase), certificate=closed.certificate)
    return _new_issuer(place, root.open(passphrase), passphrase, now)


def _new_issuer(place: Home, root: Ed25519PrivateKey, passphrase: str, now: datetime) -> Issuer:
    issuer = new_issuer(root, kind=Kind.DEMO, now=now)
    closed = seal_key(issuer.key, passphrase, kind=Kind.DEMO, certificate=issuer.certificate)
    write_over(place.issuing_key, closed.encode().encode())
    return issuer


def _is_good(closed: KeyFile, root: bytes, now: datetime) -> bool:
    certificate = closed.certificate
    if certificate is None:
        return False
    try:
        check_issuing(certificate, root=root, kind=Kind.DEMO)
    except RefusedError:
        return False
    last = certificate.not_after_seconds - RENEWED_BEFORE_END.total_seconds()
    return certificate.not_before_seconds <= now.timestamp() < last


def _revocations(place: Home, root: bytes, issuer: Issuer, now: datetime) -> bytes:
    before = place.revocations.read_bytes() if place.revocations.exists() else b""
    if before and _is_fresh(before, root, now):
        return before
    signed = issuer.revocation_list(
        counter=_next_counter(before), issued=now, revoked=read_ledger(place.revoked).keys()
    ).encode()
    write_over(place.revocations, signed)
    return signed


def _is_fresh(data: bytes, root: bytes, now: datetime) -> bool:
    moment = int((now + (timedelta(days=8) - LIST_SIGNED_ANEW_AFTER)).timestamp())
    try:
        held = take_list(
            data, Held(), root=root, kind=Kind.DEMO, lowest_counter=FIRST_COUNTER, moments_seconds=(moment,)
        )
    except RefusedError:
        return False
    return all(found is None or found.issued_seconds <= now.timestamp() for found in (held.by_root, held.by_issuing))


def _next_counter(before: bytes) -> int:
    try:
        return read_list(before).counter + 1
    except RefusedError:
        return FIRST_COUNTER
