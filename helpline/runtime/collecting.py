"""The garbage collector, told what serving is like: what was built stays, and what comes goes by itself.

Left alone it looks through everything whenever there are a quarter more connections than before, and everybody waits.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG_MOST: Final = 50_000  # objects made since it last looked; a connection is about a hundred
GENERATIONS: Final = (10, 10)


def collect_seldom() -> None:
    """Leave alone all that is there now, and look for what is new only once there is much of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MOST, *GENERATIONS)
