"""The door: who gets in, what is said to who does not, and what no other site can do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from helpline.adapters.memory.sign_ins import AT_MOST, IDLE_OFF_DUTY
from helpline.domain.ids import AccountRole, StaffId
from helpline.web.staff.guard import Guard
from tests.unit.web_staff.staff_program import ORIGIN, PASSWORD, Browser, StaffProgram, words_of


def test_the_right_name_and_password_open_the_desk(browser: Browser) -> None:
    answer = browser.sign_in("ada")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert browser.get("/").status_code == 200


def test_a_coordinator_comes_to_the_rota_and_gets_no_desk(browser: Browser) -> None:
    assert browser.sign_in("cora").headers["Location"] == "/rota/"
    assert browser.get("/").headers["Location"] == "/rota/"


def test_who_is_not_signed_in_is_led_to_the_door(browser: Browser) -> None:
    answer = browser.get("/")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_a_wrong_password_and_an_unknown_name_get_the_same_calm_page(browser: Browser) -> None:
    browser.get("/sign-in")
    wrong = browser.post("/sign-in", {"name": "ada", "password": "x" * 20})
    unknown = browser.post("/sign-in", {"name": "eve", "password": "x" * 20})

    assert wrong.status_code == unknown.status_code == 401
    assert words_of(wrong) == words_of(unknown)
    assert "ne vont pas ensemble" in words_of(wrong)
    assert "bad_sign_in" in words_of(wrong)
    assert 'value="ada"' in wrong.get_data(as_text=True)
    assert "x" * 20 not in wrong.get_data(as_text=True)


def test_every_further_try_waits_alike_for_both(program: StaffProgram, browser: Browser) -> None:
    browser.get("/sign-in")
    for name in ("ada", "eve"):
        for _ in range(5):
            browser.post("/sign-in", {"name": name, "password": "x" * 20})

    assert program.waited == [1, 2, 1, 2]


def test_a_sign_in_gives_a_new_cookie_that_scripts_and_other_sites_cannot_use(browser: Browser) -> None:
    browser.get("/sign-in")
    before = browser.cookie()
    answer = browser.post("/sign-in", {"name": "ada", "password": PASSWORD})
    said = answer.headers["Set-Cookie"]

    assert browser.cookie() != before
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(said.split("; "))
    assert "Domain" not in said
    assert "Secure" not in said  # http://localhost, in a demo


def test_over_https_the_cookie_carries_a_name_no_other_host_can_set(tmp_path: Path) -> None:
    program = StaffProgram(tmp_path, origin="https://localhost")
    program.enrol("ada", AccountRole.COUNSELLOR)
    browser = program.browser()

    said = browser.sign_in("ada").headers["Set-Cookie"]

    assert said.startswith("__Host-staff=")
    assert "Secure" in said.split("; ")
    assert browser.get("/").status_code == 200


def test_a_cookie_from_before_the_sign_in_opens_nothing(program: StaffProgram, browser: Browser) -> None:
    browser.get("/sign-in")
    planted = browser.cookie()
    browser.sign_in("ada")
    thief = program.browser()
    thief.client.set_cookie("staff", planted, domain="localhost")

    assert thief.get("/").headers["Location"] == "/sign-in"


def test_signing_out_ends_it_for_good(program: StaffProgram, browser: Browser) -> None:
    browser.sign_in("ada")
    token = browser.cookie()

    answer = browser.post("/sign-out")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?out=1")
    assert program.signed_out == [StaffId("id-ada")]
    browser.client.set_cookie("staff", token, domain="localhost")
    assert browser.get("/").headers["Location"] == "/sign-in"


@pytest.mark.parametrize("passed", [IDLE_OFF_DUTY, AT_MOST])
def test_a_sign_in_grows_too_old(program: StaffProgram, browser: Browser, passed: timedelta) -> None:
    browser.sign_in("ada")
    program.clock.advance(seconds=passed.total_seconds())

    assert browser.get("/").headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN + ".elsewhere.example"},
        {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/language", "/day-keys"])
def test_a_form_of_another_site_changes_nothing(
    program: StaffProgram, browser: Browser, path: str, headers: dict[str, str]
) -> None:
    browser.sign_in("ada")
    answer = browser.post(path, {"name": "ada", "password": PASSWORD, "language": "en"}, headers=headers)

    assert answer.status_code == 403
    assert browser.get("/").status_code == 200
    assert program.accounts.by_id(StaffId("id-ada")).language == "fr"  # type: ignore[union-attr]
    assert program.signed_out == []


def test_the_test_above_would_see_a_guard_that_does_not_look(
    browser: Browser, program: StaffProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in("ada")
    monkeypatch.setattr(Guard, "_check_own_page", lambda _self: None)

    browser.post("/sign-out", headers={"Origin": "https://elsewhere.example"})

    assert program.signed_out == [StaffId("id-ada")]


def test_a_form_without_origin_is_ours_when_the_browser_says_same_origin(browser: Browser) -> None:
    browser.get("/sign-in")
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}

    assert browser.post("/sign-in", {"name": "ada", "password": PASSWORD}, headers=headers).status_code == 303


@pytest.mark.parametrize("csrf", ["", "0" * 64, "ä\udcff", "x" * 10_000])
def test_a_form_without_its_token_changes_nothing(browser: Browser, csrf: str) -> None:
    browser.sign_in("ada")

    answer = browser.post("/sign-out", {"csrf": csrf.encode("utf-8", "surrogatepass")})

    assert answer.status_code == 403
    assert browser.get("/").status_code == 200


def test_the_token_of_another_browser_is_worth_nothing(program: StaffProgram, browser: Browser) -> None:
    browser.sign_in("ada")
    other = program.browser()
    other.get("/sign-in")

    assert browser.post("/sign-out", {"csrf": other.csrf}).status_code == 403


def test_a_form_without_a_cookie_is_refused(program: StaffProgram, browser: Browser) -> None:
    browser.get("/sign-in")
    bare = program.browser()

    answer = bare.post("/sign-in", {"csrf": browser.csrf, "name": "ada", "password": PASSWORD})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"name": "ada"}, 400),
        ({"password": PASSWORD}, 400),
        ({"name": ["ada", "eve"], "password": PASSWORD}, 400),
        ({"name": "a" * 65, "password": PASSWORD}, 400),
        ({"name": "ada", "password": "x" * 1025}, 400),
        ({"name": "a\0da", "password": PASSWORD}, 400),
        ({"name": "", "password": ""}, 401),
        ({"name": "ada", "password": "x" * 70_000}, 413),
        ({f"field{n}": "x" for n in range(100)}, 403),  # more fields than a form of ours has: not even read
    ],
)
def test_malformed_and_oversized_forms_are_refused_calmly(
    program: StaffProgram, browser: Browser, form: dict[str, object], status: int
) -> None:
    browser.get("/sign-in")
    answer = browser.post("/sign-in", form, **({"content_type": "multipart/form-data"} if len(form) > 50 else {}))

    assert answer.status_code in (status, 413)
    assert "Code" in words_of(answer)
    assert program.log.errors == []
    assert browser.sign_in("ada").status_code == 303


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=", "x"])
def test_a_body_that_is_no_form_is_refused(program: StaffProgram, browser: Browser, content_type: str) -> None:
    browser.get("/sign-in")

    answer = browser.post("/sign-in", b'{"csrf": 1, "name": {}}', content_type=content_type)

    assert answer.status_code == 403
    assert program.log.errors == []


def test_the_language_of_the_door_is_in_its_address_and_comes_along(browser: Browser) -> None:
    page = browser.get("/sign-in?language=en")
    assert "Password" in words_of(page)
    assert '<html lang="en"' in page.get_data(as_text=True)

    wrong = browser.post("/sign-in", {"name": "ada", "password": "x" * 20, "language": "en"})
    assert "do not fit together" in words_of(wrong)
    assert browser.get("/sign-in?language=<script>").status_code == 200


def test_the_language_of_the_pages_is_the_accounts(program: StaffProgram, browser: Browser) -> None:
    browser.sign_in("ada")

    assert browser.post("/language", {"language": "en", "back": "https://elsewhere.example"}).headers["Location"] == "/"
    assert '<html lang="en"' in browser.get("/").get_data(as_text=True)
    assert browser.post("/language", {"language": "fr", "here": "1"}).status_code == 204
    assert browser.post("/language", {"language": "xx"}).status_code == 400
    assert program.accounts.by_id(StaffId("id-ada")).language == "fr"  # type: ignore[union-attr]
