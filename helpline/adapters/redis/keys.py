"""Every key there is. Each begins with `h:`, and each ends by itself when no process looks after it any more.

What stands in braces decides the place in a cluster: the keys of one script share it.
"""

from __future__ import annotations

from typing import Final

from helpline.domain.retention import UNATTENDED

LIFE_SECONDS: Final = int(UNATTENDED.total_seconds())

EPOCH: Final = b"h:epoch"

PEOPLE: Final = b"h:{room}:people"  # by ticket, all but the key package
PACKAGES: Final = b"h:{room}:packages"  # by ticket
OFFERS: Final = b"h:{room}:offers"  # by offer, to whose ticket it belongs
DESKS: Final = b"h:{room}:desks"  # by counsellor
SERVED: Final = b"h:{room}:served"  # by line
QUEUE: Final = b"h:{room}:queue"  # tickets by number
COUNTS: Final = b"h:{room}:counts"  # the last number given, and how many wait on each line
ROOM: Final = (PEOPLE, PACKAGES, QUEUE, OFFERS, DESKS, SERVED, COUNTS)

PRESENT: Final = b"h:{presence}:present"  # by counsellor

TALKS: Final = b"h:{talks}:by_id"
BY_TICKET: Final = b"h:{talks}:by_ticket"
ORDER: Final = b"h:{talks}:order"
OF_STAFF: Final = b"h:{talks}:of_staff"
CLOSED: Final = b"h:{talks}:closed"  # by the SHA-256 of a ticket
CONVERSATIONS: Final = (TALKS, BY_TICKET, ORDER, OF_STAFF, CLOSED)

TRIES: Final = b"h:{attempts}:count"  # by keyed hash of a name
TRIED_AT: Final = b"h:{attempts}:last"
ATTEMPTS: Final = (TRIES, TRIED_AT)

WORKER_OF: Final = b"h:{routes}:worker_of"
BEATS: Final = b"h:{routes}:beats"
ROUTES: Final = (WORKER_OF, BEATS)

ALARMS: Final = b"h:{alarms}:lines"  # by line
ASKED: Final = b"h:{crowd}:asked:"  # and the minute and the line: how many asked for a place, for two minutes
SPENT: Final = b"h:{crowd}:spent:"  # and the hash of a challenge, for two minutes
LET_IN: Final = b"h:{crowd}:let_in:"  # and the line: the slow lane is closed for five seconds

KEEPER: Final = b"h:keeper"  # which process looks after the rest, for less than a minute

CHANNEL: Final = b"h:w:"  # and the worker's name: the doorbell, which keeps nothing

HALVES: Final = b"h:{halves}:kept"  # by conversation

BOXES: Final = b"h:{*}:box"  # a pattern that finds every mailbox
FROM_PERSON: Final = b":p"
FROM_COUNSELLOR: Final = b":c"


def box(conversation: str) -> tuple[bytes, bytes, bytes]:
    """Return the keys of a mailbox: its state, what the person sent, what the counsellor sent."""
    tag = b"h:{%b}" % conversation.encode()
    return tag + b":box", tag + FROM_PERSON, tag + FROM_COUNSELLOR


def boxed(key: bytes) -> str:
    """Return of which conversation this mailbox's key is."""
    return key.removeprefix(b"h:{").removesuffix(b"}:box").decode()
