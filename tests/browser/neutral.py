"""A small neutral site on a free port: where a person lands when she leaves. It can be slow on purpose."""

from __future__ import annotations

import contextlib
import http.server
import threading
import time
from collections.abc import Iterator

PAGE = b"<!doctype html><meta charset=utf-8><title>Meteo</title><h1>Meteo</h1>"
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


@contextlib.contextmanager
def neutral_site() -> Iterator[str]:
    """Serve until the block ends; gives the address, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
