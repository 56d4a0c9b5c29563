"""The outermost layer of a program: what a request says that is not needed never comes in.

A list of what is kept, not of what is taken away: no address, forwarded address, agent, language, referer or cookie
can reach the program, its libraries, or a trace. It stands outside Socket.IO, which keeps what it is given for as
long as a connection lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from helpline.registry import Program
from helpline.runtime.handshake import asks_for_websocket
from helpline.runtime.kinds import App, Environ, Silence, StartResponse
from helpline.web.headers import ALWAYS

SOCKET_PATH = "/socket.io/"
SOCKET_QUERY = "EIO=4&transport=websocket"
SOCKET_ASKED: Mapping[str, list[str]] = parse_qs(SOCKET_QUERY)
ELSEWISE = frozenset({"sid", "j"})  # a connection that was, and one over no WebSocket
KEPT_ALWAYS = frozenset({
    "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "SERVER_PROTOCOL", "CONTENT_LENGTH",
    "wsgi.version", "wsgi.url_scheme", "wsgi.input", "wsgi.input_terminated", "wsgi.multithread",
    "wsgi.multiprocess", "wsgi.run_once",
    "eventlet.input", "eventlet.set_idle", "werkzeug.socket",
    "HTTP_ACCEPT_ENCODING",
})
KEPT_FOR_SOCKETS = frozenset({
    "HTTP_CONNECTION", "HTTP_UPGRADE", "HTTP_SEC_WEBSOCKET_KEY", "HTTP_SEC_WEBSOCKET_VERSION", "HTTP_ORIGIN",
})
KEPT_FOR_STAFF = frozenset({
    "CONTENT_TYPE", "HTTP_ACCEPT", "HTTP_COOKIE", "HTTP_ORIGIN", "HTTP_SEC_FETCH_SITE", "HTTP_X_CSRF",
})
BODY_MOST_BYTES = {Program.PERSON: 1024, Program.STAFF: 64 * 1024, Program.PRIVATE: 0}
LENGTH_DIGITS_MOST = 9
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one program's door keeps and whom it lets in. `origin` is the one that its pages have."""

    program: Program
    origin: str

    @property
    def host(self) -> str:
        """The host, with its port, that the origin names."""
        return urlsplit(self.origin).netloc

    def keeps(self, path: str) -> frozenset[str]:
        """Return what is kept of a request for this path."""
        sockets = KEPT_FOR_SOCKETS if path.startswith(SOCKET_PATH) else frozenset()
        staff = KEPT_FOR_STAFF if self.program is Program.STAFF else frozenset()
        return KEPT_ALWAYS | sockets | staff


class Door:
    """Put around a program once Socket.IO is inside it."""

    def __init__(self, app: App, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Let a request in, stripped, or refuse it."""
        refused = self._refused(environ)
        if refused:
            return _refuse(start, *refused)
        return self._app(self._stripped(environ), start)

    def _stripped(self, environ: Environ) -> Environ:
        keeps = self._rules.keeps(environ["PATH_INFO"])
        host, _, port = self._rules.host.partition(":")
        scheme = urlsplit(self._rules.origin).scheme
        clean = {name: value for name, value in environ.items() if name in keeps}
        return clean | {
            "wsgi.errors": Silence(),
            "wsgi.url_scheme": scheme,
            "SERVER_NAME": host,
            "SERVER_PORT": port or {"http": "80", "https": "443"}[scheme],
            "HTTP_HOST": self._rules.host,
        }

    def _refused(self, environ: Environ) -> tuple[str, str] | None:
        if _too_large(environ, BODY_MOST_BYTES[self._rules.program]):
            return "413 Content Too Large", "too_large"
        if self._rules.program is Program.STAFF and environ.get("HTTP_HOST") != self._rules.host:
            return "421 Misdirected Request", "bad_request"  # another name for this machine is not our origin
        if environ["PATH_INFO"].startswith(SOCKET_PATH.rstrip("/")):
            return self._refused_socket(environ)
        return None

    def _refused_socket(self, environ: Environ) -> tuple[str, str] | None:
        if environ.get("HTTP_ORIGIN") != self._rules.origin:
            return "403 Forbidden", "not_permitted"
        if environ["PATH_INFO"] != SOCKET_PATH or not _is_socket_query(environ.get("QUERY_STRING", "")):
            return "400 Bad Request", "bad_request"
        return None if asks_for_websocket(environ) else ("400 Bad Request", "bad_request")


def _is_socket_query(query: str) -> bool:
    """Whether a query asks for a new connection over a WebSocket, as our pages put it or in another order."""
    if query == SOCKET_QUERY:
        return True
    asked = parse_qs(query)
    return all(asked.get(name) == value for name, value in SOCKET_ASKED.items()) and asked.keys().isdisjoint(ELSEWISE)


def _too_large(environ: Environ, most_bytes: int) -> bool:
    """Whether a body is above the limit, or of unknown length: no page of ours sends one in chunks."""
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return True
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if len(length) > LENGTH_DIGITS_MOST or not (length.isascii() and length.isdecimal()):
        return True
    return int(length) > most_bytes


def _refuse(start: StartResponse, status: str, code: str) -> Iterable[bytes]:
    body = f"{code}\n".encode()
    headers = [("Content-Type", TEXT), ("Content-Length", str(len(body))), ("Connection", "close"), *ALWAYS.items()]
    start(status, headers)
    return [body]
