"""What both runtimes' HTTP handlers have in common: they name no software and log nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler as Handler
else:
    Handler = object  # eventlet has its own copy of http.server; this must stand before either


class Discreet(Handler):
    """Put before a server's own handler: no Server header, no access line, no page that repeats the request."""

    protocol_version = "HTTP/1.1"
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "bad_request\n"

    def send_response(self, code: int, message: str | None = None) -> None:
        """Start an answer with its status and date alone."""
        self.send_response_only(code, message)
        self.send_header("Date", self.date_time_string())

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that could not be read, without repeating any of it."""
        del message, explain
        super().send_error(code, "Bad Request")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep nothing."""
