from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from helpline.runtime.collecting import YOUNG_MOST, collect_seldom

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_is_there_is_left_alone_and_the_rest_is_looked_at_seldom() -> None:
    collect_seldom()

    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == YOUNG_MOST
    assert gc.isenabled()
