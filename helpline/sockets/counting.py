"""What an end says of itself when it comes back, as both programs' events carry it."""

from __future__ import annotations

from helpline.domain.conversation import Counts
from helpline.sockets.parsing import Said


def counts_of(said: Said) -> Counts:
    """Return what an end says of itself."""
    return Counts(
        have=said.number("have"), acked=said.number("acked"), epoch=said.number("epoch"), floor=said.number("floor")
    )
