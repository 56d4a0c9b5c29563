"""What every store's epoch does."""

from __future__ import annotations

import pytest

from tests.contract.adapters import EPOCHS

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("name", EPOCHS)
def test_it_stays_while_the_stores_live_and_is_another_when_they_begin_anew(name: str) -> None:
    first = EPOCHS[name]()
    known = first.current()

    assert first.current() == known
    assert len(known) >= 22
    assert EPOCHS[name]().current() != known
