"""What we override of eventlet and Engine.IO is still there: a new version that moved it must not go unnoticed.

eventlet is looked at in a process of its own: nothing here may be patched by it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOOK = """
import warnings
warnings.filterwarnings("ignore")
from eventlet import websocket, wsgi
from helpline.runtime.eventlet_websocket import GreenWebSocket, Upgrade, unmask
theirs = websocket.RFC6455WebSocket
for name in ("_apply_mask", "_recv_frame", "_send_closing_frame", "close", "wait"):
    assert name in vars(theirs), name
    assert name == "_send_closing_frame" or name in vars(GreenWebSocket), name
assert "_handle_hybi_request" in vars(websocket.WebSocketWSGI) and "_handle_hybi_request" in vars(Upgrade)
assert issubclass(websocket.FailedConnectionError, Exception) and issubclass(websocket.BadRequest, Exception)
assert "get_environ" in vars(wsgi.HttpProtocol)
mask = b"\\x01\\x02\\x03\\x04"
for size in (0, 1, 3, 4, 5, 125, 1000):
    for offset in range(4):
        data = bytes(at % 251 for at in range(size))
        assert unmask(data, mask, size, offset) == theirs._apply_mask(data, mask, size, offset), (size, offset)
"""
DRIVERS = """
import engineio, socketio
server = socketio.Server(async_mode="threading")
assert set(server.eio._async) >= {"websocket", "sleep", "thread"}
assert "connect" in server.eio.handlers
assert callable(server.manager.eio_sid_from_sid)
assert callable(engineio.Server.send)
"""


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    return done.stderr


@pytest.mark.parametrize("program", [LOOK, DRIVERS], ids=["eventlet", "engine.io"])
def test_what_is_overridden_is_where_it_was(program: str) -> None:
    assert run(program) == ""


def test_a_method_that_moved_would_be_named() -> None:
    moved = LOOK.replace('"close", "wait"', '"close", "wait", "was_here_before"')

    assert "was_here_before" in run(moved)
