"""Starts many processes, or says why not."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from helpline.proxies import HAPROXY, PORTS_EACH, PRIVATE, STAFF, Ports, rendered
from helpline.settings import PORT_MOST, BadSettings, Settings
from helpline.workers.supervisor import Supervisor
from helpline.workers.worker import Worker

PROGRAM: Final = Path(__file__).resolve().parents[2] / "wsgi.py"
WORKERS_MOST: Final = 64


def supervise(
    settings: Settings, count: str, environ: Mapping[str, str], say: Callable[[str], None], *, as_json: bool
) -> int:
    """Serve with so many processes, and say their addresses and the proxy's configuration once all are ready.

    Raises:
        BadSettings: the processes cannot share what they hold, or there are no ports for so many.
    """
    ports = Ports.of(settings.port, _checked(settings, count))

    def ready(told: Mapping[str, Any]) -> None:
        proxy = rendered(HAPROXY.read_text(encoding="utf-8"), ports)
        workers = [{"person": port, "staff": port + STAFF, "private": port + PRIVATE} for port in ports.workers]
        if as_json:
            say(json.dumps({**told, "workers": workers, "proxy": proxy}, ensure_ascii=False))
            return
        lines = [f"person: {told['person']}", f"staff: {told['staff']}"]
        lines += [f"sign-in: {name} {password}" for name, password in told["sign_ins"].items()]
        lines += [f"process: {each['person']} {each['staff']} {each['private']}" for each in workers]
        say("\n".join([*lines, "", proxy]))

    return Supervisor([_worker(settings, port, environ) for port in ports.workers]).serve(ready)


def _checked(settings: Settings, count: str) -> int:
    problems = []
    good = count.isascii() and count.isdecimal() and len(count) <= len(str(WORKERS_MOST)) and int(count) > 0
    number = int(count) if good else 0
    if not 1 <= number <= WORKERS_MOST:
        problems.append(f"--workers is a whole number from 1 to {WORKERS_MOST}")
    elif settings.port + PORTS_EACH * number > PORT_MOST:
        problems.append("--port leaves no room for so many processes: each has the next four ports")
    if settings.redis_url is None:
        problems.append("--workers needs HELPLINE_REDIS_URL: without a Redis, processes share nothing")
    if problems:
        raise BadSettings(tuple(problems))
    return number


def _worker(settings: Settings, port: int, environ: Mapping[str, str]) -> Worker:
    command = (
        sys.executable, str(PROGRAM), "--port", str(port), "--host", settings.host, "--runtime", settings.runtime,
        "--json", "--under", str(os.getpid()),
    )
    origins = {"HELPLINE_PERSON_ORIGIN": settings.person_origin, "HELPLINE_STAFF_ORIGIN": settings.staff_origin}
    return Worker(command, {**environ, **origins})
