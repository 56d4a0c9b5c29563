"""Lay one week out for one reader, with the form beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from helpline.domain.errors import BadRequest
from helpline.web.rota.forms import SHIFT_FIELDS, Typed, day_of, only, refused, shown
from helpline.web.rota.needs import Needs
from helpline.web.rota.page import monday_of, today_in
from helpline.web.rota.reader import Asked, Reader
from helpline.web.rota.speech import Speech
from helpline.web.staff.guard import may, signed_in
from rota.domain.ids import ShiftId
from rota.domain.shift import Shift
from rota.domain.wall import wall_of
from rota.errors import NoSuchShift, RotaError

DONE = ("added", "moved", "removed")
ASKED = ("week", "shift", "done", *SHIFT_FIELDS)
FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Makes the page."""

    needs: Needs

    def asked(self, args: MultiDict[str, str]) -> str:
        """Return the page that an address asks for. Raises BadRequest, NoSuchShift."""
        values = only(args, ASKED)
        done = values.get("done", "")
        if done and done not in DONE:
            raise BadRequest
        shift = self._shift(ShiftId(values["shift"])) if "shift" in values else None
        typed = {name: values[name] for name in SHIFT_FIELDS if name in values} if shift is None else shown(shift)
        day = _asked_day(values) or self._day_of(typed)
        return self._page(Asked(monday=monday_of(day), typed=Typed(values=typed), shift=shift, done=done))

    def done(self, what: str, shift: Shift) -> Response:
        """Go back to the week of a shift that was kept; after a new one the form proposes the same a day later."""
        values = shown(shift)
        day = wall_of(shift.starts_at, shift.zone).date()
        following = {**values, "day": (day + timedelta(days=1)).isoformat()} if what == "added" else {}
        return _back(day, what, following)

    def removed(self, day: str) -> Response:
        """Go back to the week of a shift that was taken out."""
        return _back(self._day_of({"day": day}), "removed", {})

    def again(self, values: Mapping[str, str], problem: RotaError, shift_id: ShiftId | None = None) -> str:
        """Return the page with what was typed and what is wrong with it."""
        typed, shift = refused(values, problem), None
        if shift_id is not None and not isinstance(problem, NoSuchShift):
            shift = self._shift(shift_id)
            typed = typed if "who" in values else replace(typed, values=shown(shift))
        monday = monday_of(self._day_of(typed.values))
        return self._page(Asked(monday=monday, typed=typed, shift=shift))

    def _shift(self, shift: ShiftId) -> Shift:
        return self.needs.offload(lambda: self.needs.weeks.shift(shift))

    def _day_of(self, values: Mapping[str, str]) -> date:
        """Return the day that the form is about, today if it says none."""
        day = day_of(values.get("day", ""))
        if day is not None:
            return day
        return today_in(self.needs.offload(self.needs.weeks.zone), self.needs.clock.now())

    def _page(self, asked: Asked) -> str:
        account, needs = signed_in(), self.needs
        week = needs.offload(lambda: needs.weeks.week(asked.monday))
        shift = asked.shift
        left = () if shift is None else needs.offload(lambda: needs.weeks.holes_without(shift))
        words, languages = needs.words, needs.words.languages
        language = account.language if account.language in languages else languages[0]
        reader = Reader(
            speech=Speech(catalogue=words.of(language)),
            openings=needs.openings,
            now=needs.clock.now(),
            may_plan=may(account, "plan"),
        )
        return render_template("rota/week.html", **reader.context(asked, week, left))


def _asked_day(values: Mapping[str, str]) -> date | None:
    if "week" not in values:
        return None
    day = day_of(values["week"])
    if day is None:
        raise BadRequest
    return day


def _back(day: date, what: str, values: Mapping[str, str]) -> Response:
    query = urlencode({"week": monday_of(day).isoformat(), "done": what, **values})
    return redirect(f"{url_for('rota.week')}?{query}#{FORM}", code=303)
