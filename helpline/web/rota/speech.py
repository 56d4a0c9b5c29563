"""How the page says days, hours and roles in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_date

from helpline.words import Catalogue
from rota.domain.cover import Hole
from rota.domain.ids import Language, LineId, Role
from rota.domain.wall import wall_of

DAYS_LEFT_OUT = timedelta(days=6)  # a weekday alone is clear only within a week


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One language of the page."""

    catalogue: Catalogue

    def text(self, key: str, /, **slots: object) -> str:
        """Return a text of the catalogue."""
        return self.catalogue.text(f"rota.{key}", **slots)

    @property
    def locale(self) -> Locale:
        """The language as Babel knows it."""
        return Locale.parse(self.catalogue.language, sep="-")

    def day(self, day: date) -> str:
        """Return "monday 23 november"."""
        return format_date(day, "EEEE d MMMM", locale=self.locale)

    def short_day(self, day: date) -> str:
        """Return "mon. 23"."""
        return format_date(day, "EEE d", locale=self.locale)

    def week(self, monday: date) -> str:
        """Return the days of a week, with the year once."""
        sunday = monday + timedelta(days=6)
        same_month = (monday.year, monday.month) == (sunday.year, sunday.month)
        pattern = "d" if same_month else "d MMMM" if monday.year == sunday.year else "d MMMM y"
        first = format_date(monday, pattern, locale=self.locale)
        return self.text("week", first=first, last=format_date(sunday, "d MMMM y", locale=self.locale))

    def clock(self, starts_at: datetime, ends_at: datetime, zone: str) -> str:
        """Return "08:00-16:00" with a dash, by the clock on the wall; an end at midnight is 24:00."""
        return f"{wall_of(starts_at, zone):%H:%M}\u2013{_end(wall_of(ends_at, zone))}"

    def span(self, starts_at: datetime, ends_at: datetime, zone: str) -> str:
        """Return the day and the hours; the second day too where it is not simply the night after."""
        starts, ends = wall_of(starts_at, zone), wall_of(ends_at, zone)
        if ends_at - starts_at < timedelta(days=1):
            return f"{self.short_day(starts.date())}, {self.clock(starts_at, ends_at, zone)}"
        return f"{self.short_day(starts.date())}, {starts:%H:%M} \u2013 {self.short_day(ends.date())}, {ends:%H:%M}"

    def near(self, day: date) -> str:
        """Return "12 oct."."""
        return format_date(day, "d MMM", locale=self.locale)

    def moment(self, at: datetime, zone: str, now: datetime) -> str:
        """Return a coming moment: a time today, else with its day, else with its date."""
        wall, today = wall_of(at, zone), wall_of(now, zone).date()
        if wall.date() == today:
            return f"{wall:%H:%M}"
        near = wall.date() - today <= DAYS_LEFT_OUT
        said = format_date(wall.date(), "EEE d" if near else "EEE d MMM", locale=self.locale)
        return f"{said}, {wall:%H:%M}"

    def hours(self, length: timedelta) -> str:
        """Return a length in hours that really pass, with minutes if there are any."""
        hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
        return self.text("hours.minutes", n=hours, m=f"{minutes:02}") if minutes else self.text("hours", n=hours)

    def missing(self, hole: Hole) -> str:
        """Return who is missing in a hole: somebody at all, or somebody who speaks certain languages."""
        if hole.empty:
            return self.text("gap.nobody")
        return self.text("gap.language", language=", ".join(self.language(tag) for tag in hole.missing))

    def language(self, tag: Language) -> str:
        """Return the name of a language."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self.locale) or tag
        except ValueError:
            return tag

    def line(self, line: LineId) -> str:
        """Return the name of a line, or its id where it has none here."""
        return self.text(f"line.{line}") if f"rota.line.{line}" in self.catalogue else line

    def role(self, role: Role) -> str:
        """Return the name of a role."""
        return self.text(f"role.{role.value}")


def _end(wall: datetime) -> str:
    return f"{wall:%H:%M}" if wall.hour or wall.minute else "24:00"
