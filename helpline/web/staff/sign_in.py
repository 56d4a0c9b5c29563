"""The door: name and password in, a cookie out. Works without a script."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request

from helpline.domain.errors import BadRequest, BadSignIn, HelplineError, TooMany
from helpline.domain.staff import Account
from helpline.usecases.signing_in import SigningIn
from helpline.web.errors import status_of
from helpline.web.staff.cookie import StaffCookie
from helpline.web.staff.guard import account_here, may

NAME_MOST: Final = 64
PASSWORD_MOST: Final = 1024
HOMES: Final = (("answer", "/"), ("plan", "/rota/"))


def blueprint(signing_in: SigningIn, cookie: StaffCookie) -> Blueprint:
    """Return the routes of the door."""
    door = Blueprint("sign_in", __name__)

    @door.get("/sign-in")
    def page() -> Response:
        account = account_here()
        return _page() if account is None else _go_home(account)

    @door.post("/sign-in")
    def sign_in() -> Response:
        name, password = _field("name", NAME_MOST), _field("password", PASSWORD_MOST)
        try:
            signed_in = signing_in.with_password(name, password)
        except (BadSignIn, TooMany) as refused:  # the form stays, with what can be done
            return _page(refused, name)
        response = _go_home(signed_in.account)
        cookie.give(response, signed_in.token)
        return response

    @door.post("/sign-out")
    def sign_out() -> Response:
        signing_in.sign_out(cookie.read())
        response = redirect("/sign-in?out=1", 303)
        cookie.take(made := make_response(response))
        made.headers["Clear-Site-Data"] = '"cache"'
        return made

    return door


def _page(refused: HelplineError | None = None, name: str = "") -> Response:
    code = refused.code if refused else ""
    out = refused is None and request.args.get("out") == "1"
    body = render_template("staff/sign_in.html", code=code, name=name, out=out)
    return make_response(body, status_of(refused) if refused else 200)


def _go_home(account: Account) -> Response:
    home = next((path for permission, path in HOMES if may(account, permission)), "/")
    return make_response(redirect(home, 303))


def _field(name: str, most: int) -> str:
    """Return one field of the form. Raises BadRequest when it is missing, twice there, or longer than anybody's."""
    values = request.form.getlist(name)
    if len(values) != 1 or len(values[0]) > most or "\0" in values[0]:
        raise BadRequest
    return values[0]
