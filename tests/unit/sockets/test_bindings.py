from __future__ import annotations

import pytest

from helpline.domain.ids import StaffId
from helpline.sockets.bindings import Bindings

pytestmark = pytest.mark.unit

ADA = StaffId("ada")


def test_a_name_has_one_connection_and_the_former_one_is_told() -> None:
    desks: Bindings[StaffId] = Bindings()
    assert desks.bind(ADA, "first tab") is None

    assert desks.bind(ADA, "second tab") == "first tab"

    assert desks.connection_of(ADA) == "second tab"
    assert desks.name_of("first tab") is None


def test_the_former_connection_takes_nothing_with_it_when_it_goes() -> None:
    desks: Bindings[StaffId] = Bindings()
    desks.bind(ADA, "first tab")
    desks.bind(ADA, "second tab")

    assert desks.release("first tab") is None
    assert desks.connection_of(ADA) == "second tab"


def test_nothing_is_held_once_it_is_over() -> None:
    desks: Bindings[StaffId] = Bindings()
    desks.bind(ADA, "tab")

    assert desks.release("tab") == ADA
    assert list(desks.walk()) == []
