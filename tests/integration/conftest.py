"""One demo for each runtime, and two who talk in it whatever else happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.people import Pair
from tests.servers import Demo, running_demo

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("integration")


@pytest.fixture(scope="session", params=["eventlet", "threading"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("home"), runtime=request.param) as running:
        yield running


@pytest.fixture
def pair(demo: Demo) -> Iterator[Pair]:
    talking = Pair(demo)
    assert talking.still_talk()
    yield talking
    assert talking.still_talk(), "others were disturbed"
    talking.close()
