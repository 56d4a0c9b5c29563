"""Opening the two listeners, or saying in one sentence why not."""

from __future__ import annotations

import errno
import resource
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from helpline.runtime.kinds import Listener

S = TypeVar("S")
REASONS = {
    errno.EADDRINUSE: "port {port} is taken; choose another with --port",
    errno.EADDRNOTAVAIL: "this machine has no address {host}; choose another with --host",
    errno.EACCES: "port {port} may not be opened by this account; choose another with --port",
}
NO_ROOM = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
NO_ROOM_PAUSE_SECONDS = 0.1
DESCRIPTORS_WANTED = 32_768
DESCRIPTORS_KEPT = 256  # for the database, the files and the work of the process itself
CROWDED_SHARE = 0.8
CONNECTIONS_MOST = 10_000
ANY_OTHER = "port {port} of {host} cannot be opened; choose others with --port and --host"


class CannotListenError(Exception):
    """A listener that cannot be opened; its text is a sentence for whoever starts the helpline."""


def room_for_connections() -> int:
    """Raise the process's own limit of descriptors as far as it may; return how many connections a listener takes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS_WANTED if hard == resource.RLIM_INFINITY else min(DESCRIPTORS_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    room = CONNECTIONS_MOST if soft == resource.RLIM_INFINITY else (soft - DESCRIPTORS_KEPT) // 2
    return max(16, min(CONNECTIONS_MOST, room))


def is_crowded() -> bool:
    """Tell whether four fifths of the descriptors that this process may have are open; no where nobody can say."""
    try:
        used = sum(1 for _ in Path("/proc/self/fd").iterdir())
        return used > resource.getrlimit(resource.RLIMIT_NOFILE)[0] * CROWDED_SHARE
    except OSError:
        return False


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
