"""python-socketio on uvicorn, with uvloop, as its documentation begins.

`python -m tests.benchmarks.speed.asgi PORT [REDIS_URL]` serves until it is stopped.
"""

from __future__ import annotations

import sys
from typing import Any

import socketio
import uvicorn


class Announcing(uvicorn.Server):
    """Says when it is ready."""

    async def startup(self, sockets: Any = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this


def serve(port: int, redis_url: str = "") -> None:
    """Serve rooms, and answer whoever sent."""
    manager = socketio.AsyncRedisManager(redis_url) if redis_url else None
    server = socketio.AsyncServer(
        async_mode="asgi", cors_allowed_origins="*", transports=["websocket"], client_manager=manager
    )
    rooms: dict[str, str] = {}

    @server.event  # type: ignore[misc]
    async def join(sid: str, room: str) -> None:
        await server.enter_room(sid, room)
        rooms[sid] = room

    @server.event  # type: ignore[misc]
    async def msg(sid: str, said: object) -> None:
        await server.emit("msg", said, room=rooms[sid], skip_sid=sid)

    config = uvicorn.Config(
        socketio.ASGIApp(server), host="127.0.0.1", port=port, log_level="error", access_log=False, backlog=4096
    )
    Announcing(config).run()


if __name__ == "__main__":
    serve(int(sys.argv[1]), *sys.argv[2:])
