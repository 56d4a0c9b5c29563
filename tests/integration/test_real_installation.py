"""A real installation, set up as an organisation would: no demo in it, and no demo's keys."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.envelopes import KEY_PACKAGE
from tests.integration.people import to64
from tests.integration.requests import ask
from tests.integration.wire import Wire
from tests.servers import ROOT, free_port, running_demo

LINE = ("--line", "adults:fr,en", "--neutral", "https://www.example.org", "--number", "danger:112")
IMPORTS = {"PYTHONPROFILEIMPORTTIME": "1"}


class Office:
    """Somebody who types commands, with the root on another disk."""

    def __init__(self, folder: Path) -> None:
        self.home, self.root = folder / "home", folder / "offline" / "root.key"
        self._passphrase = folder / "passphrase"
        self._passphrase.write_text("a passphrase of some length\n", encoding="utf-8")

    def sets_up(self, *, demo: bool = False) -> None:
        kind = ("--demo",) if demo else ()
        typed = ("--passphrase-file", self._passphrase)
        self.types("root", "new", self.root, *kind, *typed)
        self.types("init", "--root", self.root, *LINE, *kind)
        self.types("issue", "key", "--root", self.root, "--root-passphrase-file", self._passphrase, *typed)
        self.types("issue", "revocations", *typed)

    def types(self, *words: object) -> None:
        command = [sys.executable, "-m", "helpline.cli", "--home", str(self.home), *map(str, words)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("real"))
    office.sets_up()
    return office


def start(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a helpline that cannot start, and return what it said."""
    command = [sys.executable, str(ROOT / "wsgi.py"), "--port", str(free_port()), *arguments]
    given = {**os.environ, "HELPLINE_HOME": str(home), **environment}
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=60, env=given, check=False)


def refused(home: Path, **environment: str) -> str:
    """Return what a start that fails says."""
    ended = start(home, **environment)
    assert ended.returncode == 2, ended.stderr
    return ended.stderr


def changed(office: Office, folder: Path, **fields: object) -> Path:
    """Return a copy of an installation whose site.json says otherwise."""
    shutil.copytree(office.home, folder)
    site: Mapping[str, object] = json.loads((folder / "site.json").read_text())
    (folder / "site.json").write_text(json.dumps({**site, **fields}))
    return folder


@pytest.mark.parametrize("runtime", ["eventlet", "threading"])
def test_it_serves_without_sign_ins_without_a_banner_and_without_the_demo(office: Office, runtime: str) -> None:
    with running_demo(office.home, runtime=runtime, HELPLINE_DEMO="0", **IMPORTS) as real:
        page = ask(real.person_port, "/", {})
        door = ask(real.person_port + 1, "/sign-in", {"Host": f"localhost:{real.person_port + 1}"})
        imported = real.said.read_text()
        with Wire(real.person_port, real.person.rstrip("/")).connected() as wire:
            fields = {"line": "adults", "language": "fr", "wish": "whoever", "key_package": to64(KEY_PACKAGE)}
            assert wire.event("wait", fields) == {"ok": False, "code": "line_closed"}, "nobody is planned yet"

    assert page.status.startswith("HTTP/1.1 200")
    assert b'"demo":false' in page.body
    assert door.status.startswith("HTTP/1.1 200")
    assert real.sign_ins == {}
    assert "helpline.bootstrap" in imported
    assert "helpline.demo" not in imported
    assert not (office.home / "secrets").exists()


def test_the_same_look_finds_the_demo_in_a_demo(tmp_path: Path) -> None:
    with running_demo(tmp_path, runtime="threading", **IMPORTS) as demo:
        assert "helpline.demo.installation" in demo.said.read_text()


def test_a_root_of_a_demo_is_refused_by_the_command_line(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.types("root", "new", office.root, "--demo", "--passphrase-file", tmp_path / "passphrase")

    with pytest.raises(subprocess.CalledProcessError) as refusal:
        office.types("init", "--root", office.root, *LINE)

    assert b"demo" in refusal.value.stderr


def test_keys_of_a_demo_are_refused_even_if_site_json_was_made_to_say_otherwise(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.sets_up(demo=True)
    home = changed(office, tmp_path / "lied", demo=False)

    assert refused(home) == "the keys in HELPLINE_HOME do not fit site.json: demo-root\n"
    (home / "keys" / "issuing.key").unlink()
    assert refused(home) == "the keys in HELPLINE_HOME do not fit site.json: demo-root\n", "and by what they signed"


def test_a_revocation_list_of_another_root_is_refused(office: Office, tmp_path: Path) -> None:
    other = Office(tmp_path)
    other.sets_up()
    home = changed(office, tmp_path / "mixed")
    shutil.copy(other.home / "keys" / "revocations.bin", home / "keys" / "revocations.bin")

    assert refused(home).startswith("the keys in HELPLINE_HOME do not fit site.json: ")


def test_what_is_missing_is_said_with_the_command_that_makes_it(office: Office, tmp_path: Path) -> None:
    home = changed(office, tmp_path / "home")
    (home / "keys" / "revocations.bin").unlink()

    assert refused(home).endswith("run python -m helpline.cli issue revocations\n")
    assert refused(tmp_path / "nothing", HELPLINE_DEMO="0").endswith("run python -m helpline.cli init\n")


@pytest.mark.parametrize("said", ["1", "0"])
def test_what_is_said_and_what_is_installed_must_fit(office: Office, tmp_path: Path, said: str) -> None:
    home = office.home
    if said == "0":
        with running_demo(tmp_path, runtime="threading"):
            pass
        home = tmp_path

    assert "HELPLINE_DEMO says otherwise" in refused(home, HELPLINE_DEMO=said)


@pytest.mark.parametrize("name", ["HELPLINE_HOST", "HELPLINE_PERSON_ORIGIN", "HELPLINE_STAFF_ORIGIN"])
def test_a_demo_serves_this_machine_alone(tmp_path: Path, name: str) -> None:
    value = "0.0.0.0" if name == "HELPLINE_HOST" else "https://help.example.org"

    assert refused(tmp_path / "home", **{name: value}) == (
        "HELPLINE_HOST of a demo is this machine alone: 127.0.0.1\n"
    )
    assert not (tmp_path / "home").exists(), "and leaves nothing behind"
