"""Every command in docs/operating.md can be typed as it stands there, and every file it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

import pytest

from helpline.cli.__main__ import parser

ROOT: Final = Path(__file__).resolve().parents[2]
DOCUMENT: Final = ROOT / "docs/operating.md"
COMMAND: Final = re.compile(r"^.*\.venv/bin/python -m helpline\.cli (?P<words>.+)$", re.MULTILINE)
FILE: Final = re.compile(r"`((?:config|helpline|tests)/[\w./-]+)`")
LEAST_COMMANDS: Final = 9
WHOLE: Final = (
    "root new", "root show", "init", "issue key", "issue days", "issue revocations", "--issuing-key", "--staff",
    "doctor",
)


def commands(document: str) -> list[str]:
    return COMMAND.findall(document)


@pytest.mark.parametrize("command", commands(DOCUMENT.read_text(encoding="utf-8")))
def test_a_command_can_be_typed_as_it_stands(command):
    asked = parser().parse_args(shlex.split(command))

    assert callable(asked.run)


def test_the_whole_set_up_is_there():
    said = " ".join(commands(DOCUMENT.read_text(encoding="utf-8")))

    assert len(commands(DOCUMENT.read_text(encoding="utf-8"))) >= LEAST_COMMANDS
    assert [each for each in WHOLE if each not in said] == []


def test_every_file_that_is_named_is_there():
    assert [name for name in FILE.findall(DOCUMENT.read_text(encoding="utf-8")) if not (ROOT / name).exists()] == []


def test_a_command_that_does_not_exist_is_seen(capsys):
    with pytest.raises(SystemExit):
        test_a_command_can_be_typed_as_it_stands("account new somebody")
    assert "invalid choice: 'account'" in capsys.readouterr().err
