"""What every store of routes does: each name at one process, and none at a process that is dead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.ports import Routes
from tests.contract.adapters import ROUTES
from tests.fakes import NOON

pytestmark = pytest.mark.unit

ANNE, BELL, ADA = "p:anne", "p:bell", "s:ada"
FIRST, SECOND = "first", "second"
SECOND_LATER = NOON + timedelta(seconds=1)


@pytest.fixture(params=ROUTES)
def routes(request: pytest.FixtureRequest) -> Routes:
    store = ROUTES[request.param]()
    for worker in (FIRST, SECOND):
        store.beat(worker, NOON)
    return store


def test_a_name_is_where_it_came_last(routes: Routes) -> None:
    assert routes.worker_of(ANNE) is None
    routes.bind(ANNE, FIRST)
    routes.bind(ANNE, SECOND)

    assert routes.worker_of(ANNE) == SECOND


def test_only_the_process_that_has_it_can_release_it(routes: Routes) -> None:
    routes.bind(ANNE, FIRST)
    routes.bind(ANNE, SECOND)

    assert not routes.release(ANNE, FIRST)
    assert routes.worker_of(ANNE) == SECOND
    assert routes.release(ANNE, SECOND)
    assert not routes.release(ANNE, SECOND)
    assert routes.worker_of(ANNE) is None


def test_what_a_dead_process_held_is_given_to_one_caller_once(routes: Routes) -> None:
    for name, worker in ((ANNE, FIRST), (BELL, SECOND), (ADA, FIRST)):
        routes.bind(name, worker)
    routes.beat(SECOND, SECOND_LATER)

    assert list(routes.reap(NOON)) == []
    assert sorted(routes.reap(SECOND_LATER)) == [ANNE, ADA]
    assert list(routes.reap(SECOND_LATER)) == []
    assert [routes.worker_of(name) for name in (ANNE, BELL, ADA)] == [None, SECOND, None]


def test_what_moved_away_in_time_is_not_lost_with_the_process(routes: Routes) -> None:
    routes.bind(ANNE, FIRST)
    routes.bind(ANNE, SECOND)
    routes.beat(SECOND, SECOND_LATER)

    assert list(routes.reap(SECOND_LATER)) == []
    assert routes.worker_of(ANNE) == SECOND


def test_a_process_that_is_heard_of_again_holds_what_comes_to_it(routes: Routes) -> None:
    routes.bind(ANNE, FIRST)
    routes.reap(SECOND_LATER)
    routes.beat(FIRST, SECOND_LATER)
    routes.bind(ANNE, FIRST)

    assert list(routes.reap(SECOND_LATER)) == []
    assert routes.worker_of(ANNE) == FIRST


def test_walking_finds_everything_until_nobody_is_there(routes: Routes) -> None:
    routes.bind(ANNE, FIRST)
    assert {ANNE, FIRST, SECOND, NOON} <= {value for _, value in routes.walk()}

    routes.reap(SECOND_LATER)

    assert list(routes.walk()) == []
