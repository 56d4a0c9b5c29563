"""What is under way: requests and events that have begun and not ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from helpline.runtime.kinds import App, Environ, StartResponse

LANDING_SECONDS: Final = 0.02  # between two looks whether all have landed
T = TypeVar("T")


class Flights:
    """Knows what is under way, without a lock: adding to a set and taking away are whole in every thread."""

    def __init__(self) -> None:
        self._begun: set[object] = set()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is under way."""
        return not self._begun

    def during(self, work: Callable[..., T]) -> Callable[..., T]:
        """Return `work`, which is under way from when it is called until it returns or raises."""
        begun = self._begun

        def flying(*args: Any) -> T:
            this = object()
            begun.add(this)
            try:
                return work(*args)
            finally:
                begun.discard(this)

        return flying

    def around(self, app: App) -> App:
        """Return `app`, whose requests are known; a WebSocket stays open while nothing is under way."""
        counted: App = self.during(app)

        def answer(environ: Environ, start: StartResponse) -> Iterable[bytes]:
            return (app if "HTTP_UPGRADE" in environ else counted)(environ, start)

        return answer
