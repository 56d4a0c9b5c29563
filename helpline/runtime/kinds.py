"""What a runtime gives the rest: spawn, sleep, offload, WebSockets, and two listeners with a tick between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from helpline.settings import RuntimeName

T = TypeVar("T")
Environ = MutableMapping[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

TICK_SECONDS = 1.0
STOP_POLL_SECONDS = 0.1
FAREWELL_SECONDS = 0.3  # for the last frames to leave
DRAIN_SECONDS = 4.0  # for what is under way to be finished
READ_SECONDS = 30  # a request that takes longer to arrive is dropped
BACKLOG = 4096  # a thousand come at once when a network is back


class WebSocket(Protocol):
    """One accepted WebSocket, the same under every runtime."""

    def wait(self) -> str | bytes | None:
        """Return the next whole message, or None once the connection is over, however it ended."""

    def send(self, frame: str) -> None:
        """Send one text frame. Raises OSError once the connection is over."""

    def post(self, frame: str) -> bool:
        """Send one text frame if that keeps nobody waiting, whatever the other end does; false if it would."""

    def close(self) -> None:
        """Say goodbye and end the connection, so that a wait in another thread returns. May be called twice."""

    def abort(self) -> None:
        """End the connection without a word."""


Talk = Callable[[WebSocket], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSocketLimits:
    """What one connection may use: the largest message in bytes, fragments included, and the longest silence."""

    message_most_bytes: int
    silence_most_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """One address and the program behind it. One that `lasts` goes on answering while the others are drained."""

    host: str
    port: int
    app: App
    lasts: bool = False


def nothing() -> None:
    """Do nothing."""


def never() -> bool:
    """Say no."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a runtime runs: `tick` once a second, `ready` when all listeners answer.

    When it is told to stop it calls `drain`, takes no more connections, calls `close`, which says goodbye to those who
    are connected, and waits a few seconds until no request is under way, and nothing else that keeps it busy.
    """

    listeners: Sequence[Listener]
    tick: Callable[[], None]
    ready: Callable[[], None]
    close: Callable[[], None]
    drain: Callable[[], None] = nothing
    is_busy: Callable[[], bool] = never


class Runtime(Protocol):
    """How the two programs are served."""

    name: RuntimeName

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        """Do `work` beside what is going on."""

    def sleep(self, seconds: float) -> None:
        """Wait without keeping anybody else waiting."""

    def offload(self, work: Callable[..., T], *args: object) -> T:
        """Do slow work on a native thread and return what it returns, keeping nobody else waiting."""

    def upgrade(self, environ: Environ, start: StartResponse, talk: Talk, limits: WebSocketLimits) -> Iterable[bytes]:
        """Turn a request into a WebSocket and let `talk` have it until it ends."""

    def serve(self, service: Service) -> int:
        """Serve until SIGTERM, SIGINT or the death of a listener; return the process's exit status."""


class Silence:
    """A stream that keeps nothing: where servers would write addresses and traces."""

    def write(self, text: str) -> int:
        """Forget `text`."""
        return len(text)

    def flush(self) -> None:
        """Do nothing."""
