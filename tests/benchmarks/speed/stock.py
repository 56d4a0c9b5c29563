"""Flask-SocketIO as its documentation begins: rooms, and an answer to whoever sent.

`python -m tests.benchmarks.speed.stock MODE PORT [REDIS_URL]`, MODE eventlet or threading, serves until it is stopped.
"""

from __future__ import annotations

import sys


def serve(mode: str, port: int, redis_url: str = "") -> None:
    """Serve on one of its runtimes."""
    if mode == "eventlet":
        import eventlet
        import eventlet.wsgi

        eventlet.monkey_patch()
    from flask import Flask, request
    from flask_socketio import SocketIO, emit, join_room
    from socketio import RedisManager

    app = Flask("stock")
    shared = {"client_manager": RedisManager(redis_url)} if redis_url else {}  # as message_queue does for redis://
    stock = SocketIO(app, async_mode=mode, cors_allowed_origins="*", transports=["websocket"], **shared)
    rooms: dict[str, str] = {}

    @stock.on("join")  # type: ignore[misc]
    def join(room: str) -> bool:
        join_room(room)
        rooms[request.sid] = room  # type: ignore[attr-defined]
        return True

    @stock.on("msg")  # type: ignore[misc]
    def msg(said: object) -> bool:
        emit("msg", said, to=rooms[request.sid], include_self=False)  # type: ignore[attr-defined]
        return True

    if mode == "eventlet":
        listener = eventlet.listen(("127.0.0.1", port), backlog=4096, reuse_port=False)
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
        eventlet.wsgi.server(listener, app, log_output=False, max_size=20_000)
    else:
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
        stock.run(app, "127.0.0.1", port, allow_unsafe_werkzeug=True)


if __name__ == "__main__":
    import logging
    import warnings

    warnings.filterwarnings("ignore")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    serve(*sys.argv[1:2], int(sys.argv[2]), *sys.argv[3:])
