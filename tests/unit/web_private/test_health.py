"""A process is ready while all it stands on answers, and until it is told to stop."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from helpline.domain.errors import StoreAway
from helpline.logs import make_log
from helpline.runtime.kinds import Silence
from helpline.web.private.app import create_private_app
from helpline.web.private.figures import Figures
from helpline.web.private.health import Health
from tests.fakes import HandClock

pytestmark = pytest.mark.unit


class Ground:
    """Something to stand on that can be taken away, and counts how often it was asked."""

    def __init__(self):
        self.is_away = False
        self.asked = 0

    def __call__(self):
        self.asked += 1
        if self.is_away:
            raise StoreAway


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def stores():
    return Ground()


@pytest.fixture
def health(clock, stores):
    return Health(checks={"stores": stores, "database": lambda: None}, steady=clock.steady)


@pytest.fixture
def browser(health, clock):
    figures = Figures(clock.now, dict.fromkeys(("nobody", "failing", "crowded", "away"), lambda: False))
    log = make_log(Silence(), clock.now)
    return Client(create_private_app(health=health, figures=figures, origin="http://127.0.0.1:8003", log=log))


def test_it_is_ready_while_everything_answers(browser):
    answer = browser.get("/readyz")

    assert (answer.status_code, answer.data) == (200, b"ready\n")


def test_what_does_not_answer_is_named_and_nothing_more(browser, stores):
    stores.is_away = True

    answer = browser.get("/readyz")

    assert (answer.status_code, answer.data) == (503, b"stores\n")


def test_it_is_ready_again_as_soon_as_it_answers(browser, stores, clock):
    stores.is_away = True
    browser.get("/readyz")
    stores.is_away = False
    clock.advance(seconds=1)

    assert browser.get("/readyz").status_code == 200


def test_told_to_stop_it_is_alive_and_not_ready(browser, health):
    health.drain()

    assert (browser.get("/readyz").status_code, browser.get("/readyz").data) == (503, b"draining\n")
    assert (browser.get("/healthz").status_code, browser.get("/healthz").data) == (200, b"alive\n")


def test_many_who_ask_at_once_cause_one_look(browser, stores):
    for _ in range(20):
        browser.get("/readyz")

    assert stores.asked == 1


@pytest.mark.parametrize("path", ["/", "/metrics/", "/healthz?verbose", "/../readyz", "/debug", "/s/first.js"])
def test_there_is_nothing_else(browser, path):
    assert browser.get(path).status_code in ({200} if "?" in path else {404})


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_nobody_can_tell_it_anything(browser, path):
    assert {browser.open(path, method=method).status_code for method in ("POST", "PUT", "DELETE", "PATCH")} == {405}
