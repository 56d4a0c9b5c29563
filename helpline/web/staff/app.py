"""Builds the staff's program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import jinja2
from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from helpline.domain.ids import LineId
from helpline.logs import Log
from helpline.ports import Accounts, Clock
from helpline.usecases.day_keys import DayKeyKeeping
from helpline.usecases.signing_in import SigningIn
from helpline.web.errors import answer_errors
from helpline.web.headers import protect
from helpline.web.staff import day_keys, desk, sign_in
from helpline.web.staff.cookie import StaffCookie
from helpline.web.staff.guard import JSON_PATHS, Guard, account_here, form_token_here, may
from helpline.web.static import StaticFiles
from helpline.words import Catalogue, Words, tongue, tongues

TEMPLATES: Final = Path(__file__).parents[3] / "templates"
FORM_MOST_BYTES: Final = 64 * 1024
FORM_PARTS_MOST: Final = 64


def create_staff_app(
    *,
    signing_in: SigningIn,
    keeping: DayKeyKeeping,
    accounts: Accounts,
    clock: Clock,
    files: StaticFiles,
    words: Words,
    site: Callable[[], Mapping[str, object]],
    revocations: Callable[[], bytes],
    origin: str,
    log: Log,
    beside: Sequence[Blueprint] = (),
    called: Callable[[], Sequence[LineId]] = tuple,
) -> Flask:
    """Return the staff's Flask app; sockets are put around it by whoever serves it.

    Args:
        words: the catalogues of the program "staff"; the first language is the organisation's own.
        site: what site.json says.
        revocations: the revocation list in force, in TLS presentation bytes.
        origin: the exact origin of the staff pages; with https the cookie's name carries `__Host-`.
        beside: blueprints that live under this program's guard, such as the rota's.
        called: the lines for which those on call are being called: every page says so.
    """
    cookie = StaffCookie(secure=origin.startswith("https://"))
    app = _flask()
    _speak(app, words, files, called)
    Guard(signing_in=signing_in, cookie=cookie, origin=origin).protect(app)
    protect(app, origin, forms=True)
    answer_errors(app, log, _error_page(words))
    files.serve(app)
    app.register_blueprint(sign_in.blueprint(signing_in, cookie))
    app.register_blueprint(
        desk.blueprint(accounts=accounts, clock=clock, words=words, site=site, revocations=revocations)
    )
    app.register_blueprint(day_keys.blueprint(keeping))
    for blueprint in beside:
        app.register_blueprint(blueprint)
    return app


def _flask() -> Flask:
    app = Flask("staff", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=FORM_MOST_BYTES, MAX_FORM_MEMORY_SIZE=FORM_MOST_BYTES)
    app.config.update(MAX_FORM_PARTS=FORM_PARTS_MOST)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals.pop("config", None)
    return app


def _speak(app: Flask, words: Words, files: StaticFiles, called: Callable[[], Sequence[LineId]]) -> None:
    """Give every template its words, its language and what stands in the frame of each page."""

    def language_here() -> str:
        account = account_here()
        asked = account.language if account else _asked_language()
        return asked if asked in words.languages else words.languages[0]

    def context() -> dict[str, object]:
        catalogue: Catalogue = words.of(language_here())
        return {
            "t": catalogue.text,
            "tongue": tongue(catalogue.language),
            "tongues": tongues(words.languages),
            "account": account_here(),
            "may": lambda permission: may(account_here(), permission),
            "form_token": form_token_here,
            "called": lambda: called() if account_here() else (),
            "line_name": lambda line: name_of_line(catalogue, line),
            "files": files,
        }

    app.context_processor(context)


def name_of_line(catalogue: Catalogue, line: str) -> str:
    """Return what a line is called; one that nobody has named is called by its id."""
    key = f"line.{line}"
    return catalogue.text(key) if key in catalogue else line


def _asked_language() -> str:
    """Return the language that the door's address or form names; a form that cannot be read names none."""
    try:
        return request.values.get("language", "")
    except HTTPException:
        return ""


def _error_page(words: Words) -> Callable[[int, str], Response]:
    known = frozenset(key.removeprefix("error.") for key in words.of(words.languages[0]))

    def page(status: int, code: str) -> Response:
        if request.path in JSON_PATHS:
            return make_response(jsonify({"ok": False, "code": code}), status)
        said = f"error.{code if code in known else 'other'}"
        return make_response(render_template("staff/error.html", code=code, said=said), status)

    return page
