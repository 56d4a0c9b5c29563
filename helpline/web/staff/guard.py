"""Deny by default: only declared routes, only to whom they are open, and changes only from our own pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, abort, g, redirect, request

from helpline.domain.errors import NotPermitted, NotSignedIn
from helpline.domain.staff import Account
from helpline.registry import PERMISSIONS, ROUTES, Program, Route, Who
from helpline.usecases.signing_in import SigningIn
from helpline.web.staff.cookie import StaffCookie, form_token, is_form_token, new_token

SAFE: Final = frozenset({"GET", "HEAD"})
CSRF_FIELD: Final = "csrf"
JSON_PATHS: Final = frozenset({"/day-keys"})  # asked by a script, which cannot follow a page to the door
ROLES: Final[Mapping[str, frozenset[str]]] = {permission.name: permission.roles for permission in PERMISSIONS}
OPEN: Final[Mapping[tuple[str, str], Route]] = {
    (route.method, route.path): route for route in ROUTES if route.program is Program.STAFF
}


def may(account: Account | None, permission: str) -> bool:
    """Tell whether one of the account's roles holds a permission; nobody holds one that is not declared."""
    return account is not None and bool(ROLES.get(permission, frozenset()) & account.roles)


def account_here() -> Account | None:
    """Return who is signed in, on this request."""
    found: Account | None = g.get("account")
    return found


def signed_in() -> Account:
    """Return who is signed in. Raises NotSignedIn."""
    account = account_here()
    if account is None:
        raise NotSignedIn
    return account


def form_token_here() -> str:
    """Return the token that forms of this answer carry; the browser is given a cookie for it if it has none."""
    if not g.get("cookie"):
        g.cookie = g.new_cookie = new_token()
    return form_token(g.cookie)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Stands before every view of the staff's program.

    Args:
        origin: the exact origin of the staff pages, such as `https://desk.example.org`.
    """

    signing_in: SigningIn
    cookie: StaffCookie
    origin: str

    def protect(self, app: Flask) -> None:
        """Stand before every request of `app`."""
        app.before_request(self._check)
        app.after_request(self._give_cookie)

    def _check(self) -> Response | None:
        g.cookie = self.cookie.read()
        g.account = self.signing_in.who(g.cookie) if g.cookie and request.endpoint != "static_file" else None
        if request.method not in SAFE:
            self._check_own_page()
        if request.url_rule is None:
            return None  # the router answers: nothing here, or not by this method
        method = "GET" if request.method == "HEAD" else request.method
        route = OPEN.get((method, request.url_rule.rule))
        return abort(404) if route is None else self._check_who(route)

    def _check_who(self, route: Route) -> Response | None:
        if route.who is Who.ANYBODY:
            return None
        if g.account is None:
            if route.method == "GET" and route.path not in JSON_PATHS:
                return redirect("/sign-in", 303)  # type: ignore[return-value]
            raise NotSignedIn
        if route.permission and not may(g.account, route.permission):
            raise NotPermitted
        return None

    def _check_own_page(self) -> None:
        """Source: OWASP CSRF Prevention Cheat Sheet; under no-referrer a form's Origin is "null" (Fetch, 3.2)."""
        origin = request.headers.get("Origin", "null")
        same = request.headers.get("Sec-Fetch-Site") == "same-origin" if origin == "null" else origin == self.origin
        if not same or not is_form_token(_given_token(), g.cookie):
            raise NotPermitted

    def _give_cookie(self, response: Response) -> Response:
        if g.get("new_cookie"):
            self.cookie.give(response, g.new_cookie)
        return response


def json_here() -> object:
    """Return this request's JSON, None if there is none or it cannot be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        return None


def _given_token() -> str:
    body = json_here() if request.is_json else request.form
    given = body.get(CSRF_FIELD) if isinstance(body, Mapping) else None
    return given if isinstance(given, str) else ""
