"""Builds the private program: three pages for this machine alone, the same for everybody who asks."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response

from helpline.logs import Log
from helpline.web.errors import answer_errors
from helpline.web.headers import protect
from helpline.web.private.figures import Figures
from helpline.web.private.health import Health

TEXT: Final = "text/plain; charset=utf-8"
PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
UNAVAILABLE: Final = 503


def create_private_app(*, health: Health, figures: Figures, origin: str, log: Log) -> Flask:
    """Return the private Flask app."""
    app = Flask("private", static_folder=None, template_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False, MAX_CONTENT_LENGTH=0)
    protect(app, origin)
    answer_errors(app, log, lambda status, code: Response(f"{code}\n", status=status, content_type=TEXT))

    def healthz() -> Response:
        return Response("alive\n", content_type=TEXT)

    def readyz() -> Response:
        troubles = health.troubles()
        said = "\n".join(troubles or ("ready",))
        return Response(f"{said}\n", status=UNAVAILABLE if troubles else 200, content_type=TEXT)

    def metrics() -> Response:
        return Response(figures.as_text(), content_type=PROMETHEUS)

    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", metrics)
    return app
