"""What every answer and every page carries."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from helpline.web.headers import ALWAYS, FEATURES_OFF, content_security_policy, page_headers, protect

pytestmark = pytest.mark.unit

ORIGIN = "https://help.example.org"
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "connect-src": "'self' wss://help.example.org", "base-uri": "'none'", "form-action": "'none'",
    "frame-ancestors": "'none'", "require-trusted-types-for": "'script'", "trusted-types": "'none'",
}


def directives(policy: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_her_page_loads_from_itself_alone_and_sends_no_form() -> None:
    assert directives(content_security_policy(ORIGIN, forms=False)) == POLICY


def test_a_staff_page_may_post_to_itself_and_is_else_the_same() -> None:
    assert directives(content_security_policy(ORIGIN, forms=True)) == {**POLICY, "form-action": "'self'"}


def test_nothing_in_a_policy_is_unsafe_or_inline_or_a_wildcard() -> None:
    policy = content_security_policy(ORIGIN, forms=True)

    assert not {word for word in ("unsafe", "nonce", "*", "data:", "blob:", "eval") if word in policy}


def test_over_plain_http_the_socket_is_a_plain_one_too() -> None:
    assert "ws://127.0.0.1:8000" in content_security_policy("http://127.0.0.1:8000", forms=False)


def test_every_feature_is_off_and_named_once() -> None:
    features = page_headers(ORIGIN)["Permissions-Policy"].split(", ")

    assert all(feature.endswith("=()") for feature in features)
    assert len(set(features)) == len(FEATURES_OFF)


def test_answers_carry_what_all_carry_and_pages_their_own_besides() -> None:
    app = Flask("headers")
    app.add_url_rule("/page", "page", lambda: Response("", content_type="text/html; charset=utf-8"))
    app.add_url_rule("/file", "file", lambda: Response("", content_type="text/css"))
    protect(app, ORIGIN)
    browser = app.test_client()

    page, file = browser.get("/page").headers, browser.get("/file").headers

    assert ALWAYS.items() <= dict(page).items()
    assert ALWAYS.items() <= dict(file).items()
    assert page_headers(ORIGIN).items() <= dict(page).items()
    assert "Content-Security-Policy" not in file


def test_a_view_cannot_weaken_them() -> None:
    app = Flask("careless")
    careless = {"Cache-Control": "public", "Content-Security-Policy": "default-src *"}
    app.add_url_rule("/", "page", lambda: Response("", headers=careless, content_type="text/html"))
    protect(app, ORIGIN)

    headers = app.test_client().get("/").headers

    assert headers.getlist("Cache-Control") == ["no-store"]
    assert headers.getlist("Content-Security-Policy") == [content_security_policy(ORIGIN, forms=False)]
