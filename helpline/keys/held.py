"""Which revocation lists are in force, and whether the next one may be taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpline.keys.certificates import IssuingCertificate, Kind
from helpline.keys.credential import check_issuing
from helpline.keys.errors import Code, RefusedError, need
from helpline.keys.limits import LIST_AGE_SECONDS
from helpline.keys.revocation import RevocationList, read_list
from helpline.keys.signing import Label, is_signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The lists that are in force: the root's last one, and the last one of an issuing key."""

    by_root: RevocationList | None = None
    by_issuing: RevocationList | None = None

    def is_empty(self) -> bool:
        """Say whether no list has been taken yet."""
        return self.by_root is None and self.by_issuing is None

    def names(self, key: bytes) -> bool:
        """Say whether either list names a public key."""
        return any(found is not None and found.names(key) for found in (self.by_root, self.by_issuing))


def take_list(
    data: bytes, held: Held, *, root: bytes, kind: Kind, lowest_counter: int, moments_seconds: Sequence[int]
) -> Held:
    """Judge a list and take it into what is held.

    A list of the root's stands whatever the counter of an issuing key's says, and what it revokes stays revoked: a
    stolen issuing key could jump to the highest counter there is.

    Args:
        data: the list as it came.
        held: what was taken before.
        root: the public half that this installation trusts.
        kind: what this installation is.
        lowest_counter: the lowest counter that `site.json` allows.
        moments_seconds: the moments at which it may be judged, unix seconds.

    Raises:
        RefusedError: list-version, list-malformed, list-not-padded, list-not-sorted, list-rogue, demo-root, real-root,
            certificate-too-long, list-signed-by-revoked, list-outside-issuing-key, list-old, list-below-lowest,
            list-rolled-back.
    """
    found = read_list(data)
    signer = root if found.by is None else _judge_signer(found, found.by, root=root, kind=kind)
    need(is_signed(signer, Label.REVOCATION_LIST, found.body(), found.signature), Code.LIST_ROGUE)
    need(any(at - found.issued_seconds <= LIST_AGE_SECONDS for at in moments_seconds), Code.LIST_OLD)
    need(found.counter >= lowest_counter, Code.LIST_BELOW_LOWEST)
    need(_goes_on_from(found, held.by_root), Code.LIST_ROLLED_BACK)
    if found.by is None:
        return _with_root_list(held, found)
    need(_goes_on_from(found, held.by_issuing), Code.LIST_ROLLED_BACK)
    need(held.by_root is None or not held.by_root.names(signer), Code.LIST_SIGNED_BY_REVOKED)
    return replace(held, by_issuing=found)


def _with_root_list(held: Held, found: RevocationList) -> Held:
    before = held.by_issuing
    signer_is_gone = before is not None and before.by is not None and found.names(before.by.key)
    return Held(by_root=found, by_issuing=None if signer_is_gone else before)


def _goes_on_from(found: RevocationList, before: RevocationList | None) -> bool:
    return before is None or found.counter >= before.counter


def _judge_signer(found: RevocationList, by: IssuingCertificate, *, root: bytes, kind: Kind) -> bytes:
    try:
        check_issuing(by, root=root, kind=kind)
    except RefusedError as error:
        raise RefusedError(Code.LIST_ROGUE if error.code is Code.ROGUE_ROOT else error.code) from error
    need(not found.names(by.key), Code.LIST_SIGNED_BY_REVOKED)
    in_time = by.not_before_seconds <= found.issued_seconds <= by.not_after_seconds
    need(in_time, Code.LIST_OUTSIDE_ISSUING_KEY)
    return by.key
