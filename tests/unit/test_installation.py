"""A demo and a real installation never take each other's place."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from helpline.demo.installation import refuse_the_world
from helpline.home import Home
from helpline.installation import is_demo, real_installation
from helpline.keys.revocation import sign_list
from helpline.keys.roots import new_root
from helpline.settings import BadSettings, Settings
from helpline.site import Site, SiteLine, write_site
from tests.fakes import NOON

ROOT = Path(__file__).parents[2]
ROOT_KEY = new_root()
REVOCATIONS = sign_list(ROOT_KEY, by=None, counter=1, issued=NOON, revoked=()).encode()
SITE = Site(
    demo=False, root=ROOT_KEY.public_key().public_bytes_raw(), lowest_counter=1,
    lines=(SiteLine(id="adults", languages=("fr",)),),
    languages=("fr",), neutral="https://weather.example/", numbers={"danger": "112"},
)
REAL_START = """
import sys
from helpline.bootstrap import build
from helpline.settings import Settings
build(Settings.from_environment({"HELPLINE_HOME": sys.argv[1]}))
print(*sorted(name for name in sys.modules if name.startswith("helpline.demo")))
"""


def settings(home: Path, **environment: str) -> Settings:
    return Settings.from_environment({"HELPLINE_HOME": str(home), **environment})


def installed(home: Path, *, demo: bool) -> Path:
    """Put a site.json and a revocation list into a folder."""
    write_site(replace(SITE, demo=demo), Home(home).site)
    Home(home).keys.mkdir()
    Home(home).revocations.write_bytes(REVOCATIONS)
    return home


def test_an_empty_folder_is_a_demo_unless_that_was_denied(tmp_path: Path) -> None:
    assert is_demo(settings(tmp_path))
    with pytest.raises(BadSettings):
        is_demo(settings(tmp_path, HELPLINE_DEMO="no"))


@pytest.mark.parametrize("demo", [True, False])
def test_what_stands_in_the_folder_decides_and_may_not_be_contradicted(tmp_path: Path, demo: bool) -> None:
    home = installed(tmp_path, demo=demo)

    assert is_demo(settings(home)) is demo
    with pytest.raises(BadSettings):
        is_demo(settings(home, HELPLINE_DEMO="no" if demo else "yes"))


def test_a_real_installation_refuses_a_demos_root(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        real_installation(settings(installed(tmp_path, demo=True)))


@pytest.mark.parametrize("broken", [b"", b"list", REVOCATIONS[:-1], REVOCATIONS[:-1] + b"x"])
def test_a_revocation_list_that_is_not_the_roots_own_is_refused(tmp_path: Path, broken: bytes) -> None:
    Home(installed(tmp_path, demo=False)).revocations.write_bytes(broken)

    with pytest.raises(BadSettings, match="do not fit"):
        real_installation(settings(tmp_path))


def test_a_real_installation_signs_nothing_by_itself_and_tells_no_password(tmp_path: Path) -> None:
    real = real_installation(settings(installed(tmp_path, demo=False)))

    assert real.sign_ins == {}
    assert real.revocations() == REVOCATIONS


@pytest.mark.parametrize("environment", [
    {"HELPLINE_HOST": "0.0.0.0"}, {"HELPLINE_HOST": "192.0.2.1"}, {"HELPLINE_PERSON_ORIGIN": "https://help.example"},
    {"HELPLINE_STAFF_ORIGIN": "http://127.0.0.1.example.org"},
])
def test_a_demo_serves_this_machine_alone(tmp_path: Path, environment: dict[str, str]) -> None:
    refuse_the_world(settings(tmp_path))
    with pytest.raises(BadSettings):
        refuse_the_world(settings(tmp_path, **environment))


def test_a_real_installation_never_loads_the_demo(tmp_path: Path) -> None:
    home = installed(tmp_path, demo=False)

    said = subprocess.run(
        [sys.executable, "-c", REAL_START, str(home)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    assert said.stdout.strip() == ""


def test_a_demo_does_load_it_so_the_look_above_can_find_it(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", REAL_START, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True,
        timeout=60,
    )

    assert "helpline.demo.installation" in said.stdout
