"""Opening the two listeners, or saying in one sentence why not."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Sequence
from typing import TypeVar

from helpline.runtime.kinds import Listener

S = TypeVar("S")
REASONS = {
    errno.EADDRINUSE: "port {port} is taken; choose another with --port",
    errno.EADDRNOTAVAIL: "this machine has no address {host}; choose another with --host",
    errno.EACCES: "port {port} may not be opened by this account; choose another with --port",
}
ANY_OTHER = "port {port} of {host} cannot be opened; choose others with --port and --host"


class CannotListenError(Exception):
    """A listener that cannot be opened; its text is a sentence for whoever starts the helpline."""


def family_of(host: str) -> socket.AddressFamily:
    """Return the kind of address that `host` is."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def open_all(listeners: Sequence[Listener], open_one: Callable[[Listener], S]) -> list[S]:
    """Open every listener with `open_one`.

    Raises:
        CannotListenError: one of them cannot be opened.
    """
    opened = []
    for listener in listeners:
        try:
            opened.append(open_one(listener))
        except OSError as problem:
            said = ANY_OTHER if isinstance(problem, socket.gaierror) else REASONS.get(problem.errno or 0, ANY_OTHER)
            raise CannotListenError(said.format(host=listener.host, port=listener.port)) from problem
    return opened
