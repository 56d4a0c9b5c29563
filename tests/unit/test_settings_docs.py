"""The table of the settings is what the example says, and the example is held to the settings themselves."""

from __future__ import annotations

import re

import pytest

from helpline.settings_docs import DOCUMENT, EXAMPLE, filled

pytestmark = pytest.mark.unit


def test_the_document_is_what_the_example_says() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert filled(text, EXAMPLE.read_text(encoding="utf-8")) == text, "make it again: python -m helpline.settings_docs"


def test_a_document_that_fell_behind_is_noticed() -> None:
    text, example = DOCUMENT.read_text(encoding="utf-8"), EXAMPLE.read_text(encoding="utf-8")

    assert filled(text, example.replace("HELPLINE_PORT=8000", "HELPLINE_PORT=9000")) != text


def test_every_setting_of_the_example_has_a_row_that_says_something() -> None:
    row = re.compile(r"^\| `(HELPLINE_\w+)` \| `[^`]+` \| \S.+ \|$", re.MULTILINE)
    rows = row.findall(DOCUMENT.read_text(encoding="utf-8"))

    assert rows == re.findall(r"^# (HELPLINE_\w+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
