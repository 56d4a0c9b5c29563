"""All that one reader's page is filled with: the week, the form, and what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from helpline.web.rota.forms import SHIFT_FIELDS, Typed
from helpline.web.rota.needs import Openings
from helpline.web.rota.page import Weaver, monday_of, who_can
from helpline.web.rota.speech import Speech
from rota.domain.cover import Hole
from rota.domain.shift import Shift
from rota.domain.wall import wall_of
from rota.errors import Overlap
from rota.usecases.week import Week

WEEK = timedelta(days=7)
HOURS_SHOWN = range(0, 24, 2)
QUARTERS_PER_HOUR_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of the page is asked for."""

    monday: date
    typed: Typed = field(default_factory=Typed)
    shift: Shift | None = None
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One signed-in staff member looking at the rota."""

    speech: Speech
    openings: Openings
    now: datetime
    may_plan: bool

    def context(self, asked: Asked, week: Week, left: Sequence[Hole]) -> dict[str, object]:
        """Return what the template is filled with. `left` are the holes that taking out the shift would leave."""
        shift = asked.shift
        weaver = Weaver(
            speech=self.speech,
            openings=self.openings,
            now=self.now,
            monday=asked.monday,
            may_plan=self.may_plan,
            chosen=shift.id if shift else "",
        )
        return {
            "r": self.speech.text,
            "week": self._around(asked.monday, week),
            "hours": tuple(self.speech.text("hour", n=hour) for hour in HOURS_SHOWN),
            "hour_width": QUARTERS_PER_HOUR_SHOWN,
            "lines": weaver.lines(week),
            "plans": self.may_plan,
            "done": asked.done,
            "form": self._form(asked, week),
            "shift": self._shift(shift, left),
        }

    def _around(self, monday: date, week: Week) -> dict[str, object]:
        zone = week.lines[0].line.zone if week.lines else "UTC"
        this_monday = monday_of(wall_of(self.now, zone).date())
        return {
            "words": self.speech.week(monday),
            "day": monday.isoformat(),
            "before": self._neighbour(monday - WEEK),
            "after": self._neighbour(monday + WEEK),
            "is_this": monday == this_monday,
            "this": this_monday.isoformat(),
        }

    def _neighbour(self, monday: date) -> dict[str, str]:
        return {"day": monday.isoformat(), "near": self.speech.near(monday), "words": self.speech.week(monday)}

    def _form(self, asked: Asked, week: Week) -> dict[str, object]:
        typed = asked.typed
        values = {name: typed.values.get(name, "") for name in SHIFT_FIELDS}
        if not values["line"] and len(week.lines) == 1:
            values["line"] = week.lines[0].line.id
        return {
            "typed": values,
            "problems": {name: self._problem(code, typed) for name, code in typed.problems.items()},
            "refused": self._refused(typed),
            "lines": tuple((line.line.id, self.speech.line(line.line.id)) for line in week.lines),
            "who": who_can(week.staff, self.speech),
        }

    def _problem(self, code: str, typed: Typed) -> str:
        if isinstance(typed.refused, Overlap):
            other = typed.refused.other
            return self.speech.text("error.overlap", time=self.speech.span(other.starts_at, other.ends_at, other.zone))
        return self.speech.text(f"error.{code}")

    def _refused(self, typed: Typed) -> str:
        """Return what is wrong where no field is to blame."""
        if typed.refused is None or typed.problems:
            return ""
        return self.speech.text(f"error.{typed.refused.code}")

    def _shift(self, shift: Shift | None, left: Sequence[Hole]) -> dict[str, object] | None:
        if shift is None:
            return None
        nobody = [hole for hole in left if hole.empty and hole.ends_at > self.now]
        return {
            "id": shift.id,
            "version": shift.version,
            "day": wall_of(shift.starts_at, shift.zone).date().isoformat(),
            "words": self.speech.span(shift.starts_at, shift.ends_at, shift.zone),
            "is_over": shift.ends_at <= self.now,
            "leaves": tuple(self.speech.span(hole.starts_at, hole.ends_at, shift.zone) for hole in nobody),
        }
