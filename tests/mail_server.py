"""A mail server on this machine for tests: it takes every mail and remembers it. Source: RFC 5321."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class MailBox:
    """What arrived, to whom; `broken` refuses everything that begins, `unknown` are addresses that are refused."""

    port: int = 0
    broken: bool = False
    unknown: set[str] = field(default_factory=set)
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int, seconds: float = 15) -> list[tuple[str, EmailMessage]]:
        """Return the mails once so many have arrived."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.mails) >= count, seconds), f"{len(self.mails)} of {count}"
            return list(self.mails)


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    timeout = 10
    box: MailBox

    def handle(self) -> None:
        to: list[str] = []
        self._say("554 no" if self.box.broken else "220 here")
        while line := self.rfile.readline():
            said = line.decode().strip()
            verb = said.upper()
            if verb.startswith(("EHLO", "HELO")):
                self._say("250 here")
            elif verb.startswith("RCPT TO:"):
                address = said[8:].strip("<> ")
                known = address not in self.box.unknown
                to += [address] if known else []
                self._say("250 ok" if known else "550 nobody")
            elif verb == "DATA":
                self._say("354 go on")
                self._take(to)
                to = []
                self._say("250 taken")
            elif verb == "QUIT":
                return self._say("221 bye")
            else:
                self._say("250 ok")
        return None

    def _take(self, to: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        with self.box.arrived:
            self.box.mails += [(address, mail) for address in to]
            self.box.arrived.notify_all()

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextlib.contextmanager
def mail_server() -> Iterator[MailBox]:
    """Listen on a free port of this machine until the block ends."""
    box = MailBox()
    with _Server(("127.0.0.1", 0), type("Talk", (_Talk,), {"box": box})) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join(5)
