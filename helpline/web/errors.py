"""One table from stable error codes to HTTP statuses. Sockets answer with the code itself: helpline/sockets/acks.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from helpline.domain.errors import HelplineError
from helpline.logs import Log, report

INTERNAL = "internal"
STATUS: Mapping[str, int] = {
    "bad_request": 400,
    "out_of_order": 409,
    "not_signed_in": 401,
    "bad_sign_in": 401,
    "not_permitted": 403,
    "forbidden_message": 403,
    "not_on_duty_by_rota": 403,
    "no_such_line": 404,
    "no_such_conversation": 404,
    "unknown_event": 404,
    "not_waiting": 409,
    "already_waiting": 409,
    "offer_gone": 409,
    "stale_epoch": 409,
    "elsewhere": 409,
    "full": 409,
    "line_closed": 409,
    "nobody_speaks_language": 409,
    "too_large": 413,
    "too_many": 429,
    INTERNAL: 500,
    "shutting_down": 503,
}
STATUS_UNKNOWN = 400
CODES_OF_STATUS = {404: "not_found", 405: "bad_request", 413: "too_large", 429: "too_many"}

ErrorPage = Callable[[int, str], Response]


def status_of(error: HelplineError) -> int:
    """Return the HTTP status of a deliberate error."""
    return STATUS.get(error.code, STATUS_UNKNOWN)


def answer_errors(app: Flask, log: Log, page: ErrorPage) -> None:
    """Answer every error of a program with its code; `page(status, code)` gives the body. Views catch nothing."""

    def deliberate(error: HelplineError) -> Response:
        return page(status_of(error), error.code)

    def http(error: HTTPException) -> Response:
        status = error.code or 500
        answer = page(status, CODES_OF_STATUS.get(status, "bad_request" if status < 500 else INTERNAL))
        allowed = dict(error.get_headers()).get("Allow")
        if allowed:
            answer.headers["Allow"] = allowed
        return answer

    def unexpected(error: Exception) -> Response:
        report(log, "A request failed.", error)
        return page(500, INTERNAL)

    app.register_error_handler(HelplineError, deliberate)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)
