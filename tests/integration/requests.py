"""Requests over a raw socket, and what two answers to them must have in common."""

from __future__ import annotations

import functools
import gzip
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.servers import ROOT

PATIENCE_SECONDS = 10
TRIES = 3
OF_THE_FORM = ("date", "content-encoding", "content-length")  # may differ: when it was, and in which stored form
Lines = tuple[tuple[str, str], ...]
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its headers in their order, its body as it came."""

    status: str
    headers: Lines
    body: bytes

    def header(self, name: str) -> str:
        """Return a header, empty if there is none."""
        return dict(self.headers).get(name, "")

    @property
    def decoded(self) -> bytes:
        """The body without its encoding."""
        if self.header("content-encoding") == "gzip":
            return gzip.decompress(self.body)
        return _brotli_files()[self.body] if self.header("content-encoding") == "br" else self.body

    @property
    def essence(self) -> tuple[str, Lines, bytes]:
        """All that must be the same for everybody who asks for this path in the same minute."""
        return self.status, tuple(each for each in self.headers if each[0] not in OF_THE_FORM), self.decoded


def ask(port: int, path: str, headers: Headers, method: str = "GET") -> Answer:
    """Ask for a path with these headers, and a Host of our own unless they say another."""
    given = {"Host": f"127.0.0.1:{port}", "Connection": "close", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as link:
        link.sendall(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())
        answer = b"".join(iter(lambda: link.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *rest = head.decode("latin-1").split("\r\n")
    return Answer(status, tuple(_header(line) for line in rest), body)


def differing(port: int, path: str, variations: Sequence[tuple[str, Headers]]) -> Iterator[str]:
    """Yield the query and headers of every variation that is answered otherwise than a bare request."""
    for query, headers in variations:
        if not any(_same(port, path, query, headers) for _ in range(TRIES)):
            yield f"{query} {dict(headers)}"


def _same(port: int, path: str, query: str, headers: Headers) -> bool:
    """Compare with what is answered before and after: false also if a minute ended between them."""
    before, varied, after = ask(port, path, {}), ask(port, path + query, headers), ask(port, path, {})
    return before.essence == varied.essence == after.essence


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


@functools.cache
def _brotli_files() -> Mapping[bytes, bytes]:
    """Give what each stored brotli form stands for: only built files have one."""
    folder = ROOT / "static" / "dist"
    return {path.read_bytes(): path.with_suffix("").read_bytes() for path in folder.glob("*.br")}
