"""What was typed, kept as it was typed, and read into a wish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from werkzeug.datastructures import MultiDict

from helpline.domain.errors import BadRequest
from helpline.web.staff.guard import CSRF_FIELD
from rota.domain.ids import LineId, Role, ShiftId, StaffId
from rota.domain.shift import Shift, Wish
from rota.domain.wall import wall_of
from rota.errors import RotaError

SHIFT_FIELDS = ("line", "who", "day", "from", "to")
VERSION = "version"
LONGEST_VALUE = 100
WHO = re.compile(r"(?P<role>[a-z]+)/(?P<staff>.+)", re.DOTALL)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"\s*(?P<hour>[0-9]{1,2})\s*[:.hH]?\s*(?P<minute>[0-9]{2})?\s*")
MIDNIGHT_AFTER = 24  # hours
MINUTES = 60
YEARS = range(2000, 2100)  # beyond these neither calendars nor zones are sure
WHOLE = re.compile(r"[1-9][0-9]{0,8}")

#: Where on the form a refusal stands; any other stands above it.
FIELD_OF_CODE: Mapping[str, str] = {
    "no_such_line": "line",
    "no_such_staff": "who",
    "role_not_held": "who",
    "no_common_language": "who",
    "overlap": "who",
    "too_far_ahead": "day",
    "already_over": "day",
    "ends_before_start": "to",
    "too_long": "to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields of the form as they are shown: typed, proposed, or taken from a shift."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    refused: RotaError | None = None


class Unreadable(RotaError):  # noqa: N818 - read as a sentence
    """Fields that cannot be read; `problems` says which, each with a code."""

    code = "unreadable"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = problems


def only(form: MultiDict[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return the fields of a form. Raises BadRequest for one that is unknown, given twice, too long or unprintable."""
    known = {CSRF_FIELD, *names}
    values: dict[str, str] = {}
    for name, given in form.lists():
        if name not in known or len(given) != 1 or not _plain(given[0]):
            raise BadRequest
        values[name] = given[0]
    return values


def shift_id_of(text: str) -> ShiftId:
    """Return the id of a shift as an address gives it. Raises BadRequest."""
    if not _plain(text):
        raise BadRequest
    return ShiftId(text)


def version_of(values: Mapping[str, str]) -> int:
    """Return the version of the shift that was looked at. Raises BadRequest."""
    given = values.get(VERSION, "")
    if not WHOLE.fullmatch(given):
        raise BadRequest
    return int(given)


def wish_of(values: Mapping[str, str]) -> Wish:
    """Return what is wished for. An end that is not after the start is on the next day. Raises Unreadable."""
    who, role = WHO.fullmatch(values.get("who", "")), None
    if who is not None:
        role = next((known for known in Role if known.value == who["role"]), None)
    day, starts, ends = day_of(values.get("day", "")), time_of(values.get("from", "")), time_of(values.get("to", ""))
    if who is None or role is None or day is None or starts is None or ends is None or not values.get("line"):
        read = {"line": values.get("line"), "who": role, "day": day, "from": starts, "to": ends}
        raise Unreadable({name: f"bad_{name}" for name, value in read.items() if value in (None, "")})
    starts_at, ends_at = datetime.combine(day, starts), datetime.combine(day, ends)
    return Wish(
        line=LineId(values["line"]),
        staff=StaffId(who["staff"]),
        role=role,
        starts=starts_at,
        ends=ends_at if ends_at > starts_at else ends_at + timedelta(days=1),
    )


def shown(shift: Shift) -> dict[str, str]:
    """Return a shift as the values of the form."""
    span = span_shown(shift.starts_at, shift.ends_at, shift.zone)
    return {"line": shift.line, "who": f"{shift.role.value}/{shift.staff}", **span}


def span_shown(starts_at: datetime, ends_at: datetime, zone: str) -> dict[str, str]:
    """Return a time from when to when as the values of the form; an end at midnight is 24:00."""
    starts, ends = wall_of(starts_at, zone), wall_of(ends_at, zone)
    to = "24:00" if ends.time() == time() else f"{ends:%H:%M}"
    return {"day": starts.date().isoformat(), "from": f"{starts:%H:%M}", "to": to}


def refused(values: Mapping[str, str], problem: RotaError) -> Typed:
    """Return the form as it was typed, with what is wrong beside the field that it is about."""
    if isinstance(problem, Unreadable):
        return Typed(values=values, problems=problem.problems, refused=problem)
    where = FIELD_OF_CODE.get(problem.code)
    return Typed(values=values, problems={where: problem.code} if where else {}, refused=problem)


def day_of(text: str) -> date | None:
    """Return a day as a date field gives it, or None where it is none, or none that anybody plans."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None


def time_of(text: str) -> time | None:
    """Return a time as people type it: 22, 22:30, 22h30, 2230; 24:00 is midnight. None if it is none."""
    found = TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if (hour, minute) == (MIDNIGHT_AFTER, 0):
        return time()
    return time(hour, minute) if hour < MIDNIGHT_AFTER and minute < MINUTES else None


def _plain(text: str) -> bool:
    return len(text) <= LONGEST_VALUE and text.isprintable()
