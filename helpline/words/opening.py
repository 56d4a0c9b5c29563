"""When a line answers, in words: open, opening soon, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from helpline.words.catalogue import Catalogue

SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningWords:
    """What the first screen says about a line; `kind` chooses the shape beside it."""

    kind: Literal["open", "soon", "closed"]
    words: str


def opening_words(
    catalogue: Catalogue, *, is_open: bool, opens_at: datetime | None, zone: str, now: datetime
) -> OpeningWords:
    """Say whether a line is open, or when it will be, in the line's own time zone."""
    if is_open:
        return OpeningWords(kind="open", words=catalogue.text("land.open"))
    if opens_at is None:
        return OpeningWords(kind="closed", words=catalogue.text("closed.title"))
    hour = said_when(opens_at, now=now, zone=zone, language=catalogue.language)
    if opens_at - now < SOON:
        return OpeningWords(kind="soon", words=catalogue.text("land.soon", time=hour))
    next_time = catalogue.text("closed.next", time=hour)
    return OpeningWords(kind="closed", words=f"{catalogue.text('closed.title')} {next_time}")


def said_when(at: datetime, *, now: datetime, zone: str, language: str) -> str:
    """Return a clock time in digits, with the day in words unless it is today."""
    here = at.astimezone(ZoneInfo(zone))
    hour = format_time(here, "HH:mm", locale=language)
    if here.date() == now.astimezone(ZoneInfo(zone)).date():
        return hour
    return f"{format_date(here, 'EEEE d', locale=language)}, {hour}"
