"""A small neutral site: where a person lands when she leaves. Below /slow it takes its time."""

from __future__ import annotations

import contextlib
import http.server
import time

from tests.loopback import serving

TITLE = "Meteo"
PAGE = f"<!doctype html><meta charset=utf-8><title>{TITLE}</title><h1>{TITLE}</h1>".encode()
SLOW_SECONDS = 3


class _Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/slow"):
            time.sleep(SLOW_SECONDS)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            self.wfile.write(PAGE)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def neutral_site() -> contextlib.AbstractContextManager[str]:
    """Serve until the block ends; gives the address, with a slash at its end."""
    return serving(_Site)
