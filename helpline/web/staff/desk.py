"""The desk's page, and the language it is read in."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Final

from flask import Blueprint, Response, make_response, redirect, render_template, request

from helpline.domain.errors import BadRequest
from helpline.domain.ids import Language
from helpline.domain.staff import Account
from helpline.ports import Accounts, Clock
from helpline.web.staff.guard import form_token_here, may, signed_in
from helpline.words import Words

MINUTE_SECONDS: Final = 60


def blueprint(
    *,
    accounts: Accounts,
    clock: Clock,
    words: Words,
    site: Callable[[], Mapping[str, object]],
    revocations: Callable[[], bytes],
) -> Blueprint:
    """Return the routes of the desk.

    Args:
        site: what site.json says.
        revocations: the revocation list in force.
    """
    desk = Blueprint("desk", __name__)

    @desk.get("/")
    def page() -> Response:
        account = signed_in()
        if not may(account, "answer"):
            return _elsewhere(account)
        facts = {
            "site": site(),
            "revocations": base64.b64encode(revocations()).decode(),
            "minute": int(clock.now().timestamp()) // MINUTE_SECONDS * MINUTE_SECONDS,
            "language": account.language,
            "me": {"staff": account.staff_id, "alias": account.alias, "role": account.certificate_role},
            "csrf": form_token_here(),
            "texts": {language: _texts(words, language) for language in words.languages},
        }
        return make_response(render_template("staff/desk.html", facts=facts))

    @desk.post("/language")
    def language() -> Response:
        chosen = request.form.get("language", "")
        if chosen not in words.languages:
            raise BadRequest
        accounts.change_language(signed_in().staff_id, Language(chosen))
        if request.form.get("here"):
            return Response(status=204)  # the desk's script changes the words in place
        return make_response(redirect(_back(request.form.get("back", "/")), 303))

    return desk


def _elsewhere(account: Account) -> Response:
    """Lead somebody who answers nobody to where she works."""
    if may(account, "plan"):
        return make_response(redirect("/rota/", 303))
    return make_response(render_template("staff/none.html"))


def _back(path: str) -> str:
    """Return a path of this site, whatever the form said."""
    return path if path in ("/", "/rota/", "/lines") else "/"


def _texts(words: Words, language: str) -> dict[str, str]:
    catalogue = words.of(language)
    return {key: catalogue.raw(key) for key in catalogue}
