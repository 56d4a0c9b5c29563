"""Who may sit in a conversation: root, issuing key, day certificate, inside a basic MLS credential.

    struct { uint16 version = 1; uint8 role;
             select (role) { person: ; default: IssuingCertificate; DayCertificate; } } Credential;

Source: docs/protocol.md; basic credentials are RFC 9420, section 5.3.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpline.keys.certificates import DayCertificate, IssuingCertificate, Kind, Role, is_inside, read_day, read_issuing
from helpline.keys.errors import Code, RefusedError, need
from helpline.keys.limits import BLOCK_SECONDS, ISSUING_SECONDS
from helpline.keys.signing import Label, is_signed
from helpline.keys.wire import MalformedError, Reader, uint

VERSION = 1
PERSON_CREDENTIAL = uint(VERSION, 2) + uint(Role.PERSON, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Whom a credential names. A person has a role alone."""

    role: Role
    alias: str = ""
    lines: tuple[str, ...] = ()
    start_seconds: int = 0
    end_seconds: int = 0
    key: bytes = b""
    issuing_key: bytes = b""


def encode_credential(issuing: IssuingCertificate, day: DayCertificate) -> bytes:
    """Write the identity that a member of staff puts into her leaf."""
    return uint(VERSION, 2) + uint(day.role, 1) + issuing.encode() + day.encode()


def judge_credential(identity: bytes, leaf_key: bytes, *, root: bytes, kind: Kind) -> Member:
    """Read a credential and judge what never changes with time: shape, chain, key.

    Args:
        identity: the identity of a basic credential.
        leaf_key: the signature key of the leaf that shows it, 32 bytes.
        root: the public half that this installation trusts, 32 bytes.
        kind: what this installation is.

    Raises:
        RefusedError: with the first of these codes that applies: credential-version, credential-malformed,
            credential-role, rogue-root, demo-root or real-root, certificate-too-long, rogue-issuer,
            stolen-certificate, outside-issuing-key.
    """
    role, chain = _read(identity)
    if chain is None:
        return Member(role=Role.PERSON)
    issuing, day = chain
    need(role in set(Role) and role == day.role, Code.CREDENTIAL_ROLE)
    check_issuing(issuing, root=root, kind=kind)
    need(is_signed(issuing.key, Label.DAY_CERTIFICATE, day.body(), day.signature), Code.ROGUE_ISSUER)
    need(day.key == leaf_key, Code.STOLEN_CERTIFICATE)
    need(0 < day.end_seconds - day.start_seconds <= BLOCK_SECONDS, Code.CERTIFICATE_TOO_LONG)
    need(is_inside(day, issuing), Code.OUTSIDE_ISSUING_KEY)
    return Member(
        role=Role(role),
        alias=day.alias,
        lines=day.lines,
        start_seconds=day.start_seconds,
        end_seconds=day.end_seconds,
        key=day.key,
        issuing_key=issuing.key,
    )


def check_issuing(issuing: IssuingCertificate, *, root: bytes, kind: Kind) -> None:
    """Judge who signed an issuing key, for what kind of installation, and for how long.

    Raises RefusedError: rogue-root, demo-root, real-root, certificate-too-long.
    """
    need(is_signed(root, Label.ISSUING_KEY, issuing.body(), issuing.signature), Code.ROGUE_ROOT)
    need(issuing.kind == kind, Code.DEMO_ROOT if kind is Kind.REAL else Code.REAL_ROOT)
    need(issuing.not_after_seconds - issuing.not_before_seconds <= ISSUING_SECONDS, Code.CERTIFICATE_TOO_LONG)


def _read(identity: bytes) -> tuple[int, tuple[IssuingCertificate, DayCertificate] | None]:
    reader = Reader(identity)
    try:
        version = reader.uint(2)
        need(version == VERSION, Code.CREDENTIAL_VERSION)
        role = reader.uint(1)
        chain = None if role == Role.PERSON else (read_issuing(reader), read_day(reader))
        reader.end()
    except MalformedError as error:
        raise RefusedError(Code.CREDENTIAL_MALFORMED) from error
    return role, chain
