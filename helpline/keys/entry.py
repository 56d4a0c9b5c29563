"""The one judgement of time, line and revocation: when somebody enters a conversation.

Later updates of a leaf that is already in are never judged by time again.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpline.keys.certificates import Role
from helpline.keys.credential import Member
from helpline.keys.errors import Code, need
from helpline.keys.held import Held
from helpline.keys.limits import CLOCKS_APART_SECONDS, TOLERANCE_SECONDS

PROBE_LINE = "probe"


def moments(page_seconds: int, server_seconds: int | None) -> tuple[int, ...]:
    """Give the moments at which a certificate may be judged: our clock's and the server's.

    Raises RefusedError(clock-wrong) where the two are 26 hours apart or more.
    """
    if server_seconds is None:
        return (page_seconds,)
    need(abs(page_seconds - server_seconds) < CLOCKS_APART_SECONDS, Code.CLOCK_WRONG)
    return (page_seconds, server_seconds)


def may_enter(
    who: Member,
    *,
    line: str,
    revocations: Held,
    moments_seconds: Sequence[int],
    grace_seconds: int = TOLERANCE_SECONDS,
) -> None:
    """Judge whether `who` may enter a conversation on `line` now. A person always may.

    Args:
        who: as judge_credential gave it.
        line: the line of the conversation.
        revocations: as take_list gave them.
        moments_seconds: as moments gave them.
        grace_seconds: how long after the block's end she is still taken.

    Raises:
        RefusedError: no-revocation-list, revoked, list-not-by-root, other-line, not-yet-valid, expired.
    """
    if who.role is Role.PERSON:
        return
    _check_revocations(who, revocations)
    need(line == PROBE_LINE if who.role is Role.PROBE else line in who.lines, Code.OTHER_LINE)
    begun = [at for at in moments_seconds if at >= who.start_seconds - TOLERANCE_SECONDS]
    need(bool(begun), Code.NOT_YET_VALID)
    need(any(at <= who.end_seconds + grace_seconds for at in begun), Code.EXPIRED)


def _check_revocations(who: Member, held: Held) -> None:
    need(not held.is_empty(), Code.NO_REVOCATION_LIST)
    # Only the root revokes issuing keys: a list of another issuing key that names one counts for nothing.
    need(held.by_issuing is None or not held.by_issuing.names(who.issuing_key), Code.LIST_NOT_BY_ROOT)
    need(held.by_root is None or not held.by_root.names(who.issuing_key), Code.REVOKED)
    need(not held.names(who.key), Code.REVOKED)
