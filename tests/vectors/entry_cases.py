"""Entering a conversation: time, line, revocation."""

from __future__ import annotations

from typing import Any

from helpline.keys.certificates import Role
from helpline.keys.credential import PERSON_CREDENTIAL, encode_credential
from tests.vectors.organisation import DAY, HOUR, MIDNIGHT, NOON, REAL, day, issuing, public


def entry_cases() -> list[dict[str, Any]]:
    """Build the cases on which may_enter and mayEnter agree, with the usual grace of fifteen minutes."""
    good = encode_credential(issuing(), day())
    probe = encode_credential(issuing(), day(role=Role.PROBE, lines=("probe",)))
    probe_elsewhere = encode_credential(issuing(), day(role=Role.PROBE))
    end, early = MIDNIGHT + DAY, MIDNIGHT - 15 * 60
    return [
        _entry("at noon", good),
        _entry("a person, without any list", PERSON_CREDENTIAL, None),
        _entry("fifteen minutes early", good, page=early, server=early),
        _entry("fifteen minutes late", good, page=end + 900, server=end + 900),
        _entry("no server time", good, server=None),
        _entry("the phone is twenty-five hours slow", good, page=NOON - 25 * HOUR),
        _entry("the phone is twenty-five hours fast", good, page=NOON + 25 * HOUR),
        _entry("a probe on its line", probe, line="probe"),
        _entry(
            "the root's list names somebody else",
            good,
            "issuing key revoked by the root",
            issuing_key="second issuing key",
        ),
        _entry("no list", good, None, refused="no-revocation-list"),
        _entry("her day key is revoked", good, "day key revoked", refused="revoked"),
        _entry("her day key is revoked by the root", good, "day key revoked by the root", refused="revoked"),
        _entry("her issuing key is revoked by the root", good, "issuing key revoked by the root", refused="revoked"),
        _entry(
            "her issuing key is named by another issuing key",
            good,
            "issuing key revoked by another",
            refused="list-not-by-root",
        ),
        _entry("another line", good, line="youth", refused="other-line"),
        _entry("a probe on the adults' line", probe_elsewhere, refused="other-line"),
        _entry("a peer on the probe's line", good, line="probe", refused="other-line"),
        _entry("fifteen minutes and a second early", good, page=early - 1, server=early - 1, refused="not-yet-valid"),
        _entry("fifteen minutes and a second late", good, page=end + 901, server=end + 901, refused="expired"),
        _entry(
            "one clock too early, the other too late",
            good,
            page=MIDNIGHT - 1000,
            server=end + 1000,
            refused="expired",
        ),
        _entry("the clocks are 26 hours apart", good, page=NOON - 26 * HOUR, refused="clock-wrong"),
    ]


def _entry(
    name: str,
    identity: bytes,
    used: str | None = "plain",
    *,
    line: str = "adults",
    page: int = NOON,
    server: int | None = NOON,
    issuing_key: str | None = None,
    refused: str | None = None,
) -> dict[str, Any]:
    if issuing_key:
        identity = encode_credential(issuing(issuing_key), day(issuer=issuing_key))
    return {
        "name": name,
        "root": public(REAL).hex(),
        "demo": False,
        "lowest_counter": 1,
        "line": line,
        "page": page,
        "server": server,
        "list": used,
        "list_page": NOON,
        "credential": identity.hex(),
        "leaf_key": public("day key").hex(),
        "refused": refused,
    }
