"""What we lean on of eventlet and Engine.IO is still there: a new version that moved it must not go unnoticed.

eventlet is looked at in a process of its own: nothing here may be patched by it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOOK = """
import inspect, warnings
warnings.filterwarnings("ignore")
from eventlet import hubs, websocket, wsgi
from eventlet.greenio import GreenSocket
for name in ("READ", "add", "remove", "switch", "schedule_call_global"):
    assert hasattr(hubs.get_hub(), name), name
assert set(inspect.signature(hubs.trampoline).parameters) >= {"read", "write", "timeout", "timeout_exc"}
assert "get_socket" in vars(wsgi.Input)
sock = GreenSocket()
assert sock.fd.gettimeout() == 0.0, "what lies under a green socket no longer waits"
wsgi.WSGI_LOCAL.already_handled = True
assert "already_handled" in inspect.getsource(wsgi.HttpProtocol.handle_one_response)
assert "get_environ" in vars(wsgi.HttpProtocol)

from helpline.runtime.frames import unmask
theirs = websocket.RFC6455WebSocket
mask = b"\\x01\\x02\\x03\\x04"
for size in (0, 1, 3, 4, 5, 125, 1000):
    data = bytes(at % 251 for at in range(size))
    assert unmask(data, mask) == theirs._apply_mask(data, mask, size, 0), size
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
def test_what_is_leant_on_is_where_it_was(program: str) -> None:
    assert run(program) == ""


def test_a_method_that_moved_would_be_named() -> None:
    moved = LOOK.replace('"remove", "switch"', '"remove", "was_here_before"')

    assert "was_here_before" in run(moved)
