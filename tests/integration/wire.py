"""A WebSocket spoken by hand, so that a test can say what no honest page would."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

TEXT, BINARY, MORE, CLOSE = 1, 2, 0, 8
SOCKET_PATH = "/socket.io/?EIO=4&transport=websocket"
HELLO = '40{"v":1}'
PATIENCE_SECONDS = 5.0


def raw_request(port: int, path: str, headers: Mapping[str, str], method: str = "GET") -> tuple[str, bytes]:
    """Send one request as it stands and return the head and the body of what comes back."""
    head = {"Host": f"127.0.0.1:{port}", "Connection": "close", **headers}
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as link:
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        link.sendall(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode())
        answer = b""
        while piece := link.recv(65536):
            answer += piece
    top, _, body = answer.partition(b"\r\n\r\n")
    return top.decode("latin-1"), body


class Wire:
    """One WebSocket. `origin` None sends no Origin at all."""

    def __init__(
        self, port: int, origin: str | None, *, host: str = "127.0.0.1", path: str = SOCKET_PATH, **headers: str
    ) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        lines = {
            "Host": f"{host}:{port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Version": "13",
            **({"Origin": origin} if origin else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        asked = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\n{asked}\r\n".encode())
        self._buffer = b""
        self.head = self._head()
        self.over = not self.head.startswith("HTTP/1.1 101")

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return int(self.head.split(" ")[1])

    def body(self) -> bytes:
        """Return what a refused handshake says, up to the end of the connection."""
        self.over = False
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.over and time.monotonic() < until:
            self._fill(until)
        return self._buffer

    def connected(self) -> Wire:
        """Say what an honest page says first, and wait until it is answered."""
        self.say(HELLO)
        assert any(frame.startswith("40") for frame in self.hear_until("40"))
        return self

    def say(self, text: str) -> None:
        """Send one text frame."""
        self.frame(TEXT, text.encode())

    def event(self, name: str, payload: object, number: int = 7) -> Any:
        """Send an event and return its acknowledgement, or None if there is none."""
        self.say(f"42{number}" + json.dumps([name, payload]))
        for frame in self.hear_until(f"43{number}"):
            if frame.startswith(f"43{number}["):
                return json.loads(frame[len(f"43{number}"):])[0]
        return None

    def frame(self, opcode: int, data: bytes, *, last: bool = True) -> None:
        """Send one frame, masked with zeros."""
        size = len(data)
        length = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0x80 | 126, size)
        if size > 0xFFFF:
            length = struct.pack("!BQ", 0x80 | 127, size)
        self.socket.sendall(bytes([opcode | (0x80 if last else 0)]) + length + b"\0\0\0\0" + data)

    def hear_until(self, start: str, seconds: float = PATIENCE_SECONDS) -> list[str]:
        """Return the frames up to one that begins with `start`, or up to the end of the connection."""
        heard: list[str] = []
        until = time.monotonic() + seconds
        while not self.over and time.monotonic() < until:
            frame = self._next(until)
            if frame is None:
                break
            heard.append(frame)
            if start and frame.startswith(start):
                break
        return heard

    def is_closed_within(self, seconds: float = PATIENCE_SECONDS) -> bool:
        """Whether the server closes the connection itself; pings are answered meanwhile, as a browser would."""
        self.hear_until("", seconds)
        return self.over

    def codes(self, seconds: float = PATIENCE_SECONDS) -> list[str]:
        """Return the codes with which the server says goodbye, until it closes."""
        byes = [frame for frame in self.hear_until("", seconds) if frame.startswith('42["bye"')]
        return [json.loads(bye[2:])[1]["code"] for bye in byes]

    def _next(self, until: float) -> str | None:
        while not self.over:
            frame = self._whole_frame()
            if frame is None:
                self._fill(until)
                if time.monotonic() >= until:
                    return None
                continue
            opcode, data = frame
            if opcode == TEXT and data == b"2":
                with contextlib.suppress(OSError):
                    self.say("3")
            elif opcode == TEXT:
                return data.decode()
        return None

    def _whole_frame(self) -> tuple[int, bytes] | None:
        got = self._buffer
        if len(got) < 2:
            return None
        size, at = got[1] & 127, 2
        if size == 126:
            size, at = struct.unpack("!H", got[2:4])[0] if len(got) >= 4 else 1 << 40, 4
        elif size == 127:
            size, at = struct.unpack("!Q", got[2:10])[0] if len(got) >= 10 else 1 << 40, 10
        if len(got) < at + size:
            return None
        self._buffer = got[at + size:]
        return got[0] & 15, got[at:at + size]

    def _fill(self, until: float) -> None:
        self.socket.settimeout(max(0.01, until - time.monotonic()))
        try:
            piece = self.socket.recv(65536)
        except TimeoutError:
            return
        except OSError:
            piece = b""
        self._buffer += piece
        self.over = not piece

    def _head(self) -> str:
        until = time.monotonic() + PATIENCE_SECONDS
        self.over = False
        while b"\r\n\r\n" not in self._buffer and not self.over and time.monotonic() < until:
            self._fill(until)
        top, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        return top.decode("latin-1")
