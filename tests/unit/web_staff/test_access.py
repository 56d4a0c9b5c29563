"""Deny by default: each declared route, each account role, allowed or refused as the registry says; nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Blueprint

from helpline.domain.ids import AccountRole
from helpline.registry import PERMISSIONS, ROUTES, Program, Route, Who
from tests.unit.web_staff.staff_program import NOT_FLASK, Browser, StaffProgram, words_of

STAFF_ROUTES = [route for route in ROUTES if route.program is Program.STAFF and route.path not in NOT_FLASK]
REFUSED, NOT_SIGNED_IN = {403}, {303, 401}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE_HEADERS = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def ask(browser: Browser, route: Route) -> int:
    path = re.sub(r"<[^>]+>", "x", route.path)
    return (browser.get(path) if route.method == "GET" else browser.post(path)).status_code


@pytest.mark.parametrize("role", AccountRole)
@pytest.mark.parametrize("route", STAFF_ROUTES, ids=name_of)
def test_each_role_may_do_what_the_registry_says_and_no_more(
    tmp_path: Path, route: Route, role: AccountRole
) -> None:
    program = StaffProgram(tmp_path)
    program.enrol("ada", role)
    browser = program.browser()
    browser.sign_in("ada")
    allowed = not route.permission or role in {name for each in PERMISSIONS if each.name == route.permission
                                               for name in each.roles}

    status = ask(browser, route)

    assert (status not in REFUSED) == allowed
    assert status < 500


@pytest.mark.parametrize("route", STAFF_ROUTES, ids=name_of)
def test_who_is_not_signed_in_may_use_only_what_is_open_to_anybody(browser: Browser, route: Route) -> None:
    browser.get("/sign-in")
    status = ask(browser, route)

    assert (status in NOT_SIGNED_IN) == (route.who is not Who.ANYBODY) or route.path == "/sign-in"


def test_an_undeclared_route_is_not_there_even_if_somebody_has_built_it(tmp_path: Path) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.add_url_rule("/export", "export", lambda: "everything")
    program = StaffProgram(tmp_path, extra=forgotten)
    program.enrol("ada", *AccountRole)
    browser = program.browser()
    browser.sign_in("ada")

    assert browser.get("/export").status_code == 404


def test_every_route_of_the_program_is_declared(program: StaffProgram) -> None:
    declared = {(route.method, route.path) for route in STAFF_ROUTES}
    built = {
        (method, rule.rule) for rule in program.app.url_map.iter_rules() for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }

    assert built == declared


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_does_anything(program: StaffProgram, browser: Browser, method: str) -> None:
    browser.sign_in("ada")

    answer = browser.client.open("/", base_url=browser.origin, method=method, headers={"Origin": browser.origin})

    assert answer.status_code in (403, 405)
    assert program.log.errors == []


@pytest.mark.parametrize("path", ["/sign-in", "/", "/nowhere", "/day-keys", "/s/staff.css"])
def test_every_answer_carries_its_headers(browser: Browser, path: str) -> None:
    browser.sign_in("ada")
    headers = browser.get(path).headers

    for name, value in HEADERS.items():
        assert headers[name] == value
    if headers["Content-Type"].startswith("text/html"):
        for name, value in PAGE_HEADERS.items():
            assert headers[name] == value
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "form-action 'self'" in policy
        assert "trusted-types 'none'" in policy
        assert "unsafe" not in policy


def test_an_error_is_coded_and_calm_and_says_nothing_of_what_was_asked(browser: Browser) -> None:
    answer = browser.get("/canary-of-a-path")

    assert answer.status_code == 404
    assert "not_found" in words_of(answer)
    assert "canary" not in answer.get_data(as_text=True)


def test_the_desk_holds_what_its_script_needs_and_cannot_be_broken_out_of(program: StaffProgram) -> None:
    from dataclasses import replace

    from helpline.domain.ids import StaffId

    program.accounts.add(replace(program.accounts.by_name("ada"), staff_id=StaffId("x"), name="eve",  # type: ignore[type-var]
                                 alias="</script><b>"))
    browser = program.browser()
    browser.sign_in("eve")
    page = browser.get("/").get_data(as_text=True)

    assert '<script type="application/json" id="facts">' in page
    assert page.count("</script>") == 2  # the program's and the facts'
    assert "</script><b>" not in page
