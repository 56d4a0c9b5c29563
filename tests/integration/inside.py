"""A helpline in this process, on native threads and with a clock moved by hand, whose whole memory can be searched."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
import types
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TypeVar

from helpline.bootstrap import Helpline, build
from helpline.logs import make_log
from helpline.runtime.kinds import App, Silence
from helpline.runtime.threading_serve import Handler, Server, ThreadingRuntime
from helpline.settings import Settings
from tests.fakes import HandClock
from tests.servers import Demo, free_port

T = TypeVar("T")
SETTLES_WITHIN_SECONDS = 5.0
LEAVES = (str, bytes, bytearray)
NOT_OURS = (types.ModuleType, type, types.FrameType, types.CodeType, threading.Thread)


class Inside:
    """A demo that a test lives in and can look into."""

    def __init__(self, home: Path) -> None:
        self.clock = HandClock()
        port = free_port()
        settings = Settings.from_environment({"HELPLINE_HOME": str(home)}, port=port, runtime="threading")
        log = make_log(Silence(), self.clock.now)  # type: ignore[arg-type]
        self.helpline: Helpline = build(settings, ThreadingRuntime(), clock=self.clock, log=log)
        self.demo = Demo(
            person=settings.person_origin + "/", staff=settings.staff_origin + "/",
            sign_ins=self.helpline.installation.sign_ins, home=home, pid=0, said=home,
        )

    @contextlib.contextmanager
    def served(self) -> Iterator[Demo]:
        """Serve both programs until the block ends."""
        with contextlib.ExitStack() as stack:
            for app, port in ((self.helpline.person, self.demo.person_port), (self.helpline.staff, self._staff_port)):
                stack.enter_context(_serving(app, port))
            stack.callback(self.helpline.close)
            yield self.demo

    def passes(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass, and the heart beat once."""
        self.clock.advance(minutes=minutes, seconds=seconds)
        self.helpline.tick()

    def in_stores(self, secrets: Collection[bytes]) -> set[str]:
        """Return the places in the declared stores where one of the secrets is."""
        walks = ((name, each) for name, store in self.helpline.stores.items() for each in store.walk())
        return {f"{name}: {place}" for name, (place, value) in walks if _holds(value, secrets)}

    def anywhere(self, secrets: Collection[bytes]) -> set[str]:
        """Return what kinds of things, of all that can be reached from the helpline, hold one of the secrets."""
        return {kind for kind, value in _reachable(self.helpline) if _holds(value, secrets)}

    @property
    def _staff_port(self) -> int:
        return self.demo.person_port + 1


def settles(found: Callable[[], set[str]], expected: Collection[str] = ()) -> set[str]:
    """Wait until what is found is no more than expected, or time is up; return what is found."""
    until = time.monotonic() + SETTLES_WITHIN_SECONDS
    while (now := found()) - set(expected) and time.monotonic() < until:
        time.sleep(0.05)
    return now


@contextlib.contextmanager
def _serving(app: App, port: int) -> Iterator[None]:
    with Server("127.0.0.1", port, app, handler=Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _holds(value: object, secrets: Collection[bytes]) -> bool:
    data = value.encode() if isinstance(value, str) else value
    return isinstance(data, bytes | bytearray) and any(secret in data for secret in secrets)


def instances_of(kind: type[T], start: object) -> list[T]:
    """Return everything of a kind that can be reached; what only pretends to be of it is left out."""
    return [each for _, each in _everything(start) if issubclass(type(each), kind)]


def _reachable(start: object) -> Iterator[tuple[str, object]]:
    """Yield every string and every piece of bytes that can be reached, with the kind of thing that holds it."""
    return ((holder, each) for holder, each in _everything(start) if isinstance(each, LEAVES))


def _everything(start: object) -> Iterator[tuple[str, object]]:
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        holder = waiting.pop()
        for each in _held_by(holder):
            if isinstance(each, LEAVES):
                yield type(holder).__qualname__, each
            elif id(each) not in seen and not isinstance(each, NOT_OURS):
                seen.add(id(each))
                waiting.append(each)
                yield type(holder).__qualname__, each


def _held_by(holder: object) -> list[object]:
    """Return what an object refers to; of a function what it closes over, not the module it was written in."""
    if isinstance(holder, types.FunctionType):
        return [holder.__closure__, holder.__defaults__, holder.__kwdefaults__]
    return gc.get_referents(holder)
