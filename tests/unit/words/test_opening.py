"""When somebody answers, in words and in the line's own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpline.words import Words, opening_words

NOW = datetime(2026, 10, 24, 20, 30, tzinfo=UTC)  # 22:30 in Paris, the evening before the clocks go back
WORDS = Words.load("person", ["fr", "en"])


def said(language: str, *, is_open: bool = False, opens_at: datetime | None = None):
    return opening_words(WORDS.of(language), is_open=is_open, opens_at=opens_at, zone="Europe/Paris", now=NOW)


def test_an_open_line_says_so():
    assert said("fr", is_open=True).kind == "open"


def test_a_closed_line_names_its_next_hour_today():
    assert "23:15" in said("fr", opens_at=NOW + timedelta(minutes=45)).words


def test_another_day_is_said_in_words_and_across_the_clock_change_in_local_time():
    opens_at = datetime(2026, 10, 25, 8, 0, tzinfo=UTC)

    assert said("fr", opens_at=opens_at).words.endswith("dimanche 25, 09:00.")
    assert "09:00" in said("en", opens_at=opens_at).words


def test_a_line_that_opens_within_a_quarter_of_an_hour_can_be_waited_for():
    assert said("fr", opens_at=NOW + timedelta(minutes=10)).kind == "soon"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_line_with_no_next_hour_is_only_closed(language):
    opening = said(language)

    assert (opening.kind, opening.words) == ("closed", WORDS.of(language).text("closed.title"))
