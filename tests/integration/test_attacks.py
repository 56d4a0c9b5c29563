"""What an unguarded server suffers and ours does not: the same attack, on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.attacks import ATTACKS
from tests.integration.stock import Target, stock_server
from tests.servers import Demo


@pytest.fixture(scope="module")
def stock() -> Iterator[Target]:
    with stock_server() as target:
        yield target


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.usefixtures("pair")
def test_ours_withstands(demo: Demo, name: str) -> None:
    assert ATTACKS[name](Target(demo.person_port, demo.person.rstrip("/"), demo.pid))


@pytest.mark.parametrize("name", ATTACKS)
def test_the_same_attack_on_an_unguarded_server_succeeds(stock: Target, name: str) -> None:
    assert not ATTACKS[name](stock)
