"""One demo for each runtime, and two who talk in it whatever else happens."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.people import Pair, sign_in
from tests.servers import Demo, running_demo

HERE = Path(__file__).parent
SENT_MOST = 50  # below what one connection may send at once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("integration")


@pytest.fixture(scope="session", params=["eventlet", "threading"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("home"), runtime=request.param) as running:
        yield running


@pytest.fixture(scope="session")
def cookies(demo: Demo) -> Callable[[str], str]:
    """Sign-ins that tests share, by name: each takes a while on purpose."""
    return functools.cache(lambda name: sign_in(demo, name))


@pytest.fixture(scope="session")
def pairs(demo: Demo) -> Iterator[list[Pair]]:
    talking: list[Pair] = []
    yield talking
    for each in talking:
        each.close()


@pytest.fixture
def pair(demo: Demo, pairs: list[Pair]) -> Iterator[Pair]:
    """Two who talk before and after a test, on the same two connections."""
    if pairs and (pairs[0].over or pairs[0].sent > SENT_MOST):
        pairs.pop().close()
    if not pairs:
        pairs.append(Pair(demo))
        assert pairs[0].still_talk()
    yield pairs[0]
    assert pairs[0].over or pairs[0].still_talk(), "others were disturbed"
