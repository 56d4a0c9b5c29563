"""An issuing key that is open, with its certificate: what signs day after day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.keys.certificates import (
    IssuingCertificate,
    Kind,
    Role,
    block_of,
    certify_day_key,
    certify_issuing_key,
)
from helpline.keys.credential import encode_credential
from helpline.keys.revocation import RevocationList, sign_list
from helpline.keys.signing import public_half

LONGEST = timedelta(days=90)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Signs day certificates and revocation lists."""

    key: Ed25519PrivateKey = field(repr=False)
    certificate: IssuingCertificate

    def credential(self, *, day: date, public_key: bytes, alias: str, role: Role, lines: Iterable[str]) -> bytes:
        """Certify one day key, and give the whole credential that its owner shows in her leaf.

        Args:
            day: the UTC day whose block the certificate is for.
            public_key: 32 bytes, Ed25519.
            alias: what persons see of her, up to 64 bytes of UTF-8.
            role: what persons see she is.
            lines: the lines she may answer.

        Raises:
            RefusedError: outside-issuing-key, credential-role, credential-malformed.
        """
        start, end = block_of(day)
        certificate = certify_day_key(
            self.key, self.certificate, public_key, alias=alias, role=role, lines=tuple(lines), start=start, end=end
        )
        return encode_credential(self.certificate, certificate)

    def revocation_list(self, *, counter: int, issued: datetime, revoked: Iterable[bytes]) -> RevocationList:
        """Sign a list that revokes day keys. Raises RefusedError(list-signed-by-revoked)."""
        return sign_list(self.key, by=self.certificate, counter=counter, issued=issued, revoked=revoked)


def new_issuer(root: Ed25519PrivateKey, *, kind: Kind, now: datetime, lasts: timedelta = LONGEST) -> Issuer:
    """Let the root certify a fresh issuing key, from yesterday's midnight on, so that today's blocks are inside.

    Raises RefusedError(certificate-too-long) over 90 days.
    """
    key = Ed25519PrivateKey.generate()
    start = block_of(now.date())[0] - A_DAY
    certificate = certify_issuing_key(root, public_half(key), kind=kind, not_before=start, not_after=start + lasts)
    return Issuer(key=key, certificate=certificate)
