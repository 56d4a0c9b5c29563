"""On a bare machine: a fresh clone, the system's own Python, no Node and no Redis within reach; `./run` serves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import ROOT, free_port

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SYSTEM_PYTHON = Path("/usr/bin/python3")
TOOLS = ("sh", "dirname", "cat", "uname", "env")
INSTALL_SECONDS = 280


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with the few tools that every machine has, and Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or f"/usr/bin/{tool}")
    (folder / "python3").symlink_to(SYSTEM_PYTHON if SYSTEM_PYTHON.exists() else Path(shutil.which("python3") or ""))
    return str(folder)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What is committed, with nothing that was installed or made beside it."""
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    return folder


@pytest.fixture
def started(clone: Path, bare_path: str) -> Iterator[subprocess.Popen[str]]:
    kept = {name: value for name, value in os.environ.items() if name in ("HOME", "LANG", "PIP_CONFIG_FILE", "TMPDIR")}
    process = subprocess.Popen(
        ["./run", "--port", str(free_port()), "--json"],
        cwd=clone,
        env={**kept, "PATH": bare_path},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield process
    process.send_signal(signal.SIGINT)
    process.wait(15)
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.timeout(INSTALL_SECONDS + 60)
def test_run_serves_the_demo_from_a_fresh_clone_on_a_bare_machine(
    started: subprocess.Popen[str], clone: Path, bare_path: str
) -> None:
    assert started.stdout is not None
    told = json.loads(started.stdout.readline())

    assert set(told) == {"person", "staff", "sign_ins", "home"}
    assert set(told["sign_ins"]) == {"psychologist", "survivor", "coordinator"}
    assert Path(told["home"]) == clone / "var"
    assert not any(shutil.which(tool, path=bare_path) for tool in ("node", "npm", "redis-server", "git", "gcc"))
    for address in (told["person"], told["staff"]):
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200


def test_what_is_missing_is_named(clone: Path, bare_path: str) -> None:
    (Path(bare_path) / "python3").unlink()

    told = subprocess.run(["./run"], cwd=clone, env={"PATH": bare_path}, capture_output=True, text=True, check=False)

    assert told.returncode == 2
    assert "Missing: Python 3.11.2 or newer" in told.stderr
