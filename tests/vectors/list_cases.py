"""Revocation lists, given to one page one after the other."""

from __future__ import annotations

from typing import Any

from helpline.keys.certificates import Kind
from helpline.keys.revocation import RevocationList
from helpline.keys.signing import Label, key_hash
from helpline.keys.wire import uint
from tests.vectors.organisation import (
    DAY,
    DEMO,
    HOUR,
    MIDNIGHT,
    NOON,
    REAL,
    ROGUE,
    issuing,
    public,
    resigned,
    revocations,
)


def lists() -> dict[str, bytes]:
    """Build every list the cases name."""
    by, successor = issuing(), issuing("second issuing key")
    plain = revocations("plain", by=by)
    by_demo = issuing(root=DEMO, kind=Kind.DEMO)
    long_by = issuing(not_after_seconds=MIDNIGHT + 60 * DAY + 1)
    made = {
        "plain": plain,
        "by the root": revocations("by the root", REAL),
        "next": revocations("next", by=by, counter=8),
        "earlier": revocations("earlier", by=by, counter=6),
        "by the root, earlier": revocations("by the root, earlier", REAL, counter=6),
        "eight days old": revocations("eight days old", by=by, issued=NOON - 8 * DAY),
        "older": revocations("older", by=by, issued=NOON - 8 * DAY - 1),
        "sixty-five revoked": revocations("sixty-five revoked", by=by, revoked=tuple(f"gone {n}" for n in range(65))),
        "day key revoked": revocations("day key revoked", by=by, revoked=("day key",)),
        "day key revoked by the root": revocations("day key revoked by the root", REAL, revoked=("day key",)),
        "issuing key revoked by the root": revocations(
            "issuing key revoked by the root", REAL, counter=3, revoked=("issuing key",)
        ),
        "issuing key revoked by another": revocations(
            "issuing key revoked by another", "second issuing key", successor, revoked=("issuing key",)
        ),
        "at the highest counter": revocations("at the highest counter", by=by, counter=2**53 - 1),
        "by the second issuing key": revocations(
            "by the second issuing key", "second issuing key", successor, counter=4
        ),
        "demo": revocations("demo", by=by_demo),
        "demo by its root": revocations("demo by its root", DEMO),
        "by a rogue root": revocations("by a rogue root", ROGUE),
        "by an issuer of a rogue root": revocations("by an issuer of a rogue root", by=issuing(root=ROGUE)),
        "with another's certificate": revocations("with another's certificate", "rogue issuer", by),
        "under another label": resigned(plain, "issuing key", Label.DAY_CERTIFICATE),
        "by an issuing key of ninety days and a second": revocations("by a long issuing key", by=long_by),
        "before the issuing key began": revocations("before", by=issuing(not_before_seconds=NOON)),
        "after the issuing key ended": revocations("after", by=issuing(not_after_seconds=NOON - 2 * HOUR)),
        "signed by a key it revokes": resigned(
            plain, "issuing key", hashes=tuple(sorted((*plain.hashes[1:], key_hash(public("issuing key")))))
        ),
        "not sorted": resigned(plain, "issuing key", hashes=(plain.hashes[1], plain.hashes[0], *plain.hashes[2:])),
        "a hash twice": resigned(plain, "issuing key", hashes=(plain.hashes[0], *plain.hashes[:-1])),
        "not padded": resigned(plain, "issuing key", hashes=plain.hashes[:-1]),
    }
    return {name: found.encode() for name, found in made.items()} | _broken(plain)


def _broken(plain: RevocationList) -> dict[str, bytes]:
    good = plain.encode()
    flipped = bytearray(good)
    flipped[-1] ^= 1
    return {
        "version 2": uint(2, 2) + good[2:],
        "one byte too many": good + b"\0",
        "one byte too few": good[:-1],
        "one bit flipped": bytes(flipped),
        "nothing at all": b"",
    }


def list_cases() -> list[dict[str, Any]]:
    """Build the cases on which judge_list and useRevocationList agree: the lists come in this order."""
    return [
        _lists("a list of an issuing key's", "plain"),
        _lists("a list of the root's", "by the root"),
        _lists("the same list again", "plain", "plain"),
        _lists("a later list", "plain", "next"),
        _lists("a list of exactly eight days", "eight days old"),
        _lists(
            "an old list by the page's clock, fresh by the server's",
            "plain",
            page=NOON + 8 * DAY - HOUR,
            server=NOON + 7 * DAY,
        ),
        _lists("128 hashes", "sixty-five revoked"),
        _lists("the lowest counter that may be", "plain", lowest=7),
        _lists("the root's list over a higher counter", "at the highest counter", "issuing key revoked by the root"),
        _lists(
            "another issuing key goes on from the root's list",
            "at the highest counter",
            "issuing key revoked by the root",
            "by the second issuing key",
        ),
        _lists("a demo's list in a demo", "demo", root=DEMO, demo=True),
        _lists("a demo root's list in a demo", "demo by its root", root=DEMO, demo=True),
        _lists("older than eight days", "older", refused="list-old"),
        _lists(
            "older than eight days by both clocks",
            "plain",
            page=NOON + 9 * DAY,
            server=NOON + 9 * DAY,
            refused="list-old",
        ),
        _lists("the clocks are 26 hours apart", "plain", page=NOON + 26 * HOUR, refused="clock-wrong"),
        _lists("below the lowest counter", "plain", lowest=8, refused="list-below-lowest"),
        _lists("the root's, below the lowest counter", "by the root", lowest=8, refused="list-below-lowest"),
        _lists("a lower counter than before", "plain", "earlier", refused="list-rolled-back"),
        _lists("the root's own list goes back", "by the root", "by the root, earlier", refused="list-rolled-back"),
        _lists(
            "an issuing key's over a higher one of the root's", "by the root", "earlier", refused="list-rolled-back"
        ),
        _lists(
            "a revoked issuing key comes back",
            "issuing key revoked by the root",
            "at the highest counter",
            refused="list-signed-by-revoked",
        ),
        _lists("signed by a key on the same list", "signed by a key it revokes", refused="list-signed-by-revoked"),
        _lists("a root nobody knows", "by a rogue root", refused="list-rogue"),
        _lists("an issuing key of a root nobody knows", "by an issuer of a rogue root", refused="list-rogue"),
        _lists("another's certificate beside it", "with another's certificate", refused="list-rogue"),
        _lists("signed under another label", "under another label", refused="list-rogue"),
        _lists("one bit flipped", "one bit flipped", refused="list-rogue"),
        _lists("a demo's list in a real installation", "demo", root=DEMO, refused="demo-root"),
        _lists("a real list in a demo", "plain", demo=True, refused="real-root"),
        _lists(
            "an issuing key of more than ninety days",
            "by an issuing key of ninety days and a second",
            refused="certificate-too-long",
        ),
        _lists("issued before its signer's time", "before the issuing key began", refused="list-outside-issuing-key"),
        _lists("issued after its signer's time", "after the issuing key ended", refused="list-outside-issuing-key"),
        _lists("version 2", "version 2", refused="list-version"),
        _lists("63 hashes", "not padded", refused="list-not-padded"),
        _lists("hashes that are not sorted", "not sorted", refused="list-not-sorted"),
        _lists("a hash twice", "a hash twice", refused="list-not-sorted"),
        _lists("nothing at all", "nothing at all", refused="list-malformed"),
        _lists("one byte too many", "one byte too many", refused="list-malformed"),
        _lists("one byte too few", "one byte too few", refused="list-malformed"),
    ]


def _lists(
    name: str,
    *used: str,
    root: str = REAL,
    demo: bool = False,
    lowest: int = 1,
    page: int = NOON,
    server: int | None = NOON,
    refused: str | None = None,
) -> dict[str, Any]:
    return {
        "name": name,
        "root": public(root).hex(),
        "demo": demo,
        "lowest_counter": lowest,
        "page": page,
        "server": server,
        "lists": list(used),
        "refused": refused,
    }
