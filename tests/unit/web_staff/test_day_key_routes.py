"""Day keys over HTTP: what is taken, what is given, what is refused."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest
from werkzeug.test import TestResponse

from helpline.domain.ids import StaffId
from tests.fakes import NOON
from tests.unit.web_staff.staff_program import Browser, StaffProgram

ADA = StaffId("id-ada")
KEY = b"\1" * 32
TODAY = NOON.date()


def to64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def hand_in(browser: Browser, keys: object, **more: object) -> TestResponse:
    return browser.post("/day-keys", json={"csrf": browser.csrf, "keys": keys, **more})


@pytest.fixture
def hers(browser: Browser) -> Browser:
    browser.sign_in("ada")
    return browser


def test_keys_of_the_coming_days_are_taken_and_wait(program: StaffProgram, hers: Browser) -> None:
    keys = {(TODAY + timedelta(days=n)).isoformat(): to64(bytes([n]) * 32) for n in range(14)}

    answer = hand_in(hers, keys)

    assert answer.get_json() == {"certificates": []}
    assert len(program.day_keys.pending()) == 14


def test_handing_in_forgets_keys_that_are_of_no_use_any_more(program: StaffProgram, hers: Browser) -> None:
    program.day_keys.request(ADA, TODAY - timedelta(days=3), KEY)

    hand_in(hers, {TODAY.isoformat(): to64(KEY)})

    assert [request.day for request in program.day_keys.pending()] == [TODAY]


def test_certificates_are_given_to_their_owner_alone(program: StaffProgram, hers: Browser) -> None:
    hand_in(hers, {TODAY.isoformat(): to64(KEY)})
    program.day_keys.certify(ADA, TODAY, b"for " + KEY)

    expected = {"day": TODAY.isoformat(), "key": to64(KEY), "certificate": to64(b"for " + KEY)}
    assert hers.get("/day-keys").get_json() == {"certificates": [expected]}


@pytest.mark.parametrize(
    "keys",
    [
        None, [], "", {}, 7,
        {"today": to64(KEY)},
        {"20261124": to64(KEY)},
        {TODAY.isoformat(): 7},
        {TODAY.isoformat(): "not base64!"},
        {TODAY.isoformat(): to64(KEY[:31])},
        {TODAY.isoformat(): to64(KEY + b"\1")},
        {(TODAY - timedelta(days=2)).isoformat(): to64(KEY)},
        {(TODAY + timedelta(days=16)).isoformat(): to64(KEY)},
        {(date(2000, 1, 1) + timedelta(days=n)).isoformat(): to64(KEY) for n in range(17)},
    ],
)
def test_what_is_no_key_for_a_coming_day_is_refused(program: StaffProgram, hers: Browser, keys: object) -> None:
    answer = hand_in(hers, keys)

    assert (answer.status_code, answer.get_json()) == (400, {"ok": False, "code": "bad_request"})
    assert list(program.day_keys.pending()) == []
    assert program.log.errors == []


def test_a_field_nobody_knows_is_refused(hers: Browser) -> None:
    assert hand_in(hers, {TODAY.isoformat(): to64(KEY)}, staff_id="id-cora").status_code == 400


@pytest.mark.parametrize("body", [b"", b"[", b"[]", b"null", b'"x"', b"[" * 5000, b'{"csrf": 7}', b"\xff"])
def test_a_body_that_is_no_object_with_our_token_is_refused(program: StaffProgram, hers: Browser, body: bytes) -> None:
    answer = hers.post("/day-keys", body, content_type="application/json")

    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_permitted")
    assert program.log.errors == []


def test_an_oversized_body_is_refused(hers: Browser) -> None:
    answer = hers.post("/day-keys", b"x" * 70_000, content_type="application/json")

    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")


def test_who_answers_nobody_hands_in_no_keys(browser: Browser) -> None:
    browser.sign_in("cora")

    assert browser.get("/day-keys").get_json() == {"ok": False, "code": "not_permitted"}


def test_who_is_not_signed_in_is_told_so_in_json(browser: Browser) -> None:
    answer = browser.get("/day-keys")

    assert (answer.status_code, answer.get_json()["code"]) == (401, "not_signed_in")
