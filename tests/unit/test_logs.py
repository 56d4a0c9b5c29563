from __future__ import annotations

import io
import json
from typing import Any

import pytest

from helpline.logs import WORDS_MOST, make_log, report
from helpline.registry import LOG_FIELDS, LogField
from tests.fakes import HandClock

pytestmark = pytest.mark.unit

PLANTED = "PLANTED-7f3a"


def logged(*, fields: tuple[LogField, ...] = LOG_FIELDS, **said: object) -> dict[str, Any]:
    """Log one line and read it back."""
    stream, clock = io.StringIO(), HandClock()
    clock.advance(seconds=42)
    make_log(stream, clock.now, fields).warning("Something happened.", **said)
    line: dict[str, Any] = json.loads(stream.getvalue())
    return line


def test_declared_fields_are_written_and_the_time_to_the_minute() -> None:
    assert logged(code="full", count=3) == {
        "event": "Something happened.", "level": "warning", "minute": "2026-11-24T12:00:00+00:00", "code": "full",
        "count": 3,
    }


def test_anything_else_is_left_out_and_counted() -> None:
    line = logged(address=PLANTED, agent=PLANTED, text=PLANTED, conversation=PLANTED, code="full")

    assert PLANTED not in json.dumps(line)
    assert line["dropped"] == 4


def test_a_declared_field_is_short_and_plain_or_left_out() -> None:
    line = logged(code={"words": PLANTED}, kind=PLANTED * WORDS_MOST)

    assert PLANTED not in json.dumps(line)
    assert line["dropped"] == 2


def test_a_field_that_should_not_be_declared_would_come_out() -> None:
    careless = (*LOG_FIELDS, LogField(name="address", holds="planted"))

    assert PLANTED in json.dumps(logged(fields=careless, address=PLANTED))


def test_an_unexpected_error_shows_its_class_and_our_line_and_never_its_text() -> None:
    stream = io.StringIO()
    try:
        raise ValueError(PLANTED)
    except ValueError as error:
        report(make_log(stream, HandClock().now), "An event failed.", error)

    line = json.loads(stream.getvalue())
    assert PLANTED not in stream.getvalue()
    assert (line["kind"], line["code"]) == ("ValueError", "internal")
    assert line["where"].startswith("tests/unit/test_logs.py:")
