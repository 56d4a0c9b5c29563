"""Identities in leaves: shape, chain and key."""

from __future__ import annotations

from typing import Any

from helpline.keys.certificates import Kind, Role
from helpline.keys.credential import PERSON_CREDENTIAL, encode_credential
from helpline.keys.signing import Label
from helpline.keys.wire import uint
from tests.vectors.organisation import DAY, DEMO, HOUR, MIDNIGHT, REAL, ROGUE, day, issuing, public


def credential_cases() -> list[dict[str, Any]]:
    """Build the cases on which judge_credential and readCredential agree."""
    good = encode_credential(issuing(), day())
    cases = [
        _credential("a person", PERSON_CREDENTIAL, expect={"role": "person"}),
        _credential("a peer", good, expect=_expected("peer", "Inès", ["adults"])),
        *_roles(),
        _credential(
            "two lines",
            encode_credential(issuing(), day(lines=("adults", "youth"))),
            expect=_expected("peer", "Inès", ["adults", "youth"]),
        ),
        _credential(
            "an alias of 64 bytes: a length of two bytes",
            encode_credential(issuing(), day(alias="é" * 32)),
            expect=_expected("peer", "é" * 32, ["adults"]),
        ),
        _credential(
            "ninety days and twenty-four hours exactly, the last block of the issuing key",
            encode_credential(issuing(not_before_seconds=MIDNIGHT - 89 * DAY, not_after_seconds=MIDNIGHT + DAY), day()),
            expect=_expected("peer", "Inès", ["adults"]),
        ),
        _credential(
            "a demo's credential in a demo", _demo(), root=DEMO, demo=True, expect=_expected("peer", "Inès", ["adults"])
        ),
    ]
    return cases + _malformed(good) + _faults(good)


def _roles() -> list[dict[str, Any]]:
    roles = [role for role in Role if role not in (Role.PERSON, Role.PEER)]
    return [
        _credential(
            f"a {role.name.lower()}",
            encode_credential(issuing(), day(role=role)),
            expect=_expected(role.name.lower(), "Inès", ["adults"]),
        )
        for role in roles
    ]


def _demo() -> bytes:
    return encode_credential(issuing(root=DEMO, kind=Kind.DEMO), day())


def _malformed(good: bytes) -> list[dict[str, Any]]:
    long_form = good[:3] + uint(0x4000 | 32, 2) + good[4:]
    not_utf8 = encode_credential(issuing(), day()).replace("Inès".encode(), b"In\xc3\x28s")
    return [
        _credential("version 2", uint(2, 2) + good[2:], refused="credential-version"),
        _credential("nothing at all", b"", refused="credential-malformed"),
        _credential("a person with something behind", PERSON_CREDENTIAL + b"\0", refused="credential-malformed"),
        _credential("one byte too many", good + b"\0", refused="credential-malformed"),
        _credential("one byte too few", good[:-1], refused="credential-malformed"),
        _credential("a length written longer than need be", long_form, refused="credential-malformed"),
        _credential("a length of the reserved form", good[:3] + b"\xc0" + good[4:], refused="credential-malformed"),
        _credential("an alias that is not UTF-8", not_utf8, refused="credential-malformed"),
        _credential(
            "an alias of 65 bytes", encode_credential(issuing(), day(alias="a" * 65)), refused="credential-malformed"
        ),
        _credential(
            "a line of 33 bytes", encode_credential(issuing(), day(lines=("a" * 33,))), refused="credential-malformed"
        ),
        _credential("a root of no known kind", encode_credential(issuing(kind=3), day()), refused="demo-root"),
        _credential("a bare day certificate", day().encode(), refused="credential-version"),
    ]


def _faults(good: bytes) -> list[dict[str, Any]]:
    flipped_alias = good.replace("Inès".encode(), "Anès".encode())
    flipped_time = bytearray(good)
    flipped_time[44] ^= 1
    thief = "another key"
    return [
        _credential("role 0", good[:2] + b"\0" + good[3:], refused="credential-role"),
        _credential("role 9", encode_credential(issuing(), day(role=9)), refused="credential-role"),
        _credential("a psychologist outside, a peer inside", good[:2] + b"\x02" + good[3:], refused="credential-role"),
        _credential(
            "a person inside",
            good[:2] + b"\x02" + encode_credential(issuing(), day(role=1))[3:],
            refused="credential-role",
        ),
        _credential("a root nobody knows", encode_credential(issuing(root=ROGUE), day()), refused="rogue-root"),
        _credential(
            "an issuing key that certified itself",
            encode_credential(issuing(root="issuing key"), day()),
            refused="rogue-root",
        ),
        _credential("the issuing key's time changed by one bit", bytes(flipped_time), refused="rogue-root"),
        _credential(
            "an issuing key signed under another label",
            encode_credential(issuing(label=Label.DAY_CERTIFICATE), day()),
            refused="rogue-root",
        ),
        _credential("a demo's root in a real installation", _demo(), root=DEMO, refused="demo-root"),
        _credential("a real root in a demo", good, demo=True, refused="real-root"),
        _credential(
            "an issuer the root never certified",
            encode_credential(issuing(), day(issuer="rogue issuer")),
            refused="rogue-issuer",
        ),
        _credential(
            "a day key signed by the root itself",
            encode_credential(issuing(), day(issuer=REAL)),
            refused="rogue-issuer",
        ),
        _credential("another alias of the same length", flipped_alias, refused="rogue-issuer"),
        _credential(
            "a day key signed under another label",
            encode_credential(issuing(), day(label=Label.ISSUING_KEY)),
            refused="rogue-issuer",
        ),
        _credential("a certificate in a leaf with another key", good, leaf=thief, refused="stolen-certificate"),
        _credential(
            "an issuing key of ninety days and a second",
            encode_credential(issuing(not_after_seconds=MIDNIGHT + 60 * DAY + 1), day()),
            refused="certificate-too-long",
        ),
        _credential(
            "a block of a day and a second",
            encode_credential(issuing(), day(end_seconds=MIDNIGHT + DAY + 1)),
            refused="certificate-too-long",
        ),
        _credential(
            "a block that ends as it begins",
            encode_credential(issuing(), day(end_seconds=MIDNIGHT)),
            refused="certificate-too-long",
        ),
        _credential(
            "a block that ends before it begins",
            encode_credential(issuing(), day(end_seconds=MIDNIGHT - HOUR)),
            refused="certificate-too-long",
        ),
        _credential(
            "a block that begins before the issuing key does",
            encode_credential(issuing(not_before_seconds=MIDNIGHT + 1), day()),
            refused="outside-issuing-key",
        ),
        _credential(
            "a block that ends after the issuing key does",
            encode_credential(issuing(not_after_seconds=MIDNIGHT + DAY - 1), day()),
            refused="outside-issuing-key",
        ),
    ]


def _expected(role: str, alias: str, lines: list[str]) -> dict[str, Any]:
    return {"role": role, "alias": alias, "lines": lines, "start": MIDNIGHT, "end": MIDNIGHT + DAY}


def _credential(
    name: str,
    identity: bytes,
    *,
    root: str = REAL,
    demo: bool = False,
    leaf: str = "day key",
    expect: dict[str, Any] | None = None,
    refused: str | None = None,
) -> dict[str, Any]:
    return {
        "name": name,
        "root": public(root).hex(),
        "demo": demo,
        "credential": identity.hex(),
        "leaf_key": public(leaf).hex(),
        "expect": expect,
        "refused": refused,
    }
