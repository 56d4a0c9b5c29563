"""What an organisation is given to edit is complete and can be used; the service keeps memory off the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path
from typing import Final

import pytest

from helpline import settings
from helpline.settings import BadSettings, Reader, Settings

CONFIG: Final = Path(__file__).resolve().parents[2] / "config"
EXAMPLE: Final = CONFIG / "helpline.example.env"
SERVICE: Final = CONFIG / "systemd/helpline.service"
SETTING: Final = re.compile(r"^# (HELPLINE_\w+)=(.+)$", re.MULTILINE)
READ_FROM_FILES: Final = "_FILE"
SAID_OR_IN_A_FILE: Final = {"HELPLINE_REDIS_URL"}  # most have no password

MUST_STAND: Final = {
    "MemorySwapMax": "0",
    "LimitCORE": "0",
    "DynamicUser": "yes",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "PrivateTmp": "yes",
    "IPAddressDeny": "any",
    "StateDirectoryMode": "0700",
    "UMask": "0077",
}


def said_in(text: str) -> dict[str, str]:
    return dict(SETTING.findall(text))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Fill with every name that the settings look for."""
    names: set[str] = set()
    finish = Reader.finish

    def noted(reader: Reader) -> None:
        names.update(reader._known)
        finish(reader)

    monkeypatch.setattr(Reader, "finish", noted)
    return names


def settable(names: set[str]) -> set[str]:
    """Leave out the secrets that are refused when they are said themselves."""
    return {name for name in names if name + READ_FROM_FILES not in names or name in SAID_OR_IN_A_FILE}


def test_the_example_shows_every_setting_and_no_other(read):
    Settings.from_environment({})

    assert said_in(EXAMPLE.read_text(encoding="utf-8")).keys() == settable(read)


def test_a_setting_that_the_example_forgets_is_seen(read):
    Settings.from_environment({})
    forgetful = EXAMPLE.read_text(encoding="utf-8").replace("# HELPLINE_PORT=", "# ")

    assert settable(read) - said_in(forgetful).keys() == {"HELPLINE_PORT"}


def test_the_example_can_be_used_as_it_stands(tmp_path):
    said = said_in(EXAMPLE.read_text(encoding="utf-8"))
    for name, text in {"DATABASE_URL": "sqlite:///x.db", "SMTP_PASSWORD": "a window over three gardens"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        said[f"HELPLINE_{name}_FILE"] = str(tmp_path / name)

    used = Settings.from_environment(said)

    assert (used.demo, used.secure, used.port) == (False, True, settings.PORT_DEFAULT)
    assert used.person_origin != used.staff_origin


def test_a_setting_nobody_knows_stops_the_start():
    with pytest.raises(BadSettings, match="HELPLINE_PROT is not a setting"):
        Settings.from_environment({"HELPLINE_PROT": "8000"})


def service(text: str) -> Mapping[str, str]:
    unit = RawConfigParser(strict=False, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    return unit["Service"]


def missing(text: str) -> set[str]:
    return {name for name, value in MUST_STAND.items() if service(text).get(name) != value}


def test_the_service_writes_no_memory_to_disk_and_reaches_nobody():
    assert missing(SERVICE.read_text(encoding="utf-8")) == set()


def test_a_service_that_may_swap_or_leave_a_core_file_is_seen():
    text = SERVICE.read_text(encoding="utf-8").replace("MemorySwapMax=0", "").replace("LimitCORE=0", "LimitCORE=1")

    assert missing(text) == {"MemorySwapMax", "LimitCORE"}


def test_the_service_opens_the_ports_that_the_settings_choose():
    ports = re.findall(r"^SocketBindAllow=tcp:(\d+)$", SERVICE.read_text(encoding="utf-8"), re.MULTILINE)
    used = Settings.from_environment({})

    assert ports == [str(used.port), str(used.staff_port), str(used.private_port)]
