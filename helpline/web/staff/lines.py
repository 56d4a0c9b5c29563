"""The lines and how each stands; a button that closes one now, with a page in between that says what will happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, make_response, redirect, render_template, request

from helpline.domain.errors import NoSuchLine
from helpline.domain.ids import LineId
from helpline.usecases.closing_lines import ClosingLines, LineState
from helpline.web.staff.guard import signed_in

PAGE = "/lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One line as the page shows it. `state` is open, closed_plan or closed_hand; `since`, `opens` are clock times."""

    id: str
    state: str
    since: str
    opens: str
    at_desk: int
    has_waiting: bool
    is_called: bool


def blueprint(closing: ClosingLines) -> Blueprint:
    """Return the routes. Who may use them is settled by the guard."""
    lines = Blueprint("lines", __name__)

    @lines.get(PAGE)
    def page() -> Response:
        return _page(closing.states())

    @lines.get(f"{PAGE}/<line_id>")
    def ask(line_id: str) -> Response:
        try:
            row = _row(closing.state(LineId(line_id)))
        except NoSuchLine:
            return _gone()
        return make_response(render_template("staff/line_close.html", row=row))

    @lines.post(f"{PAGE}/<line_id>/close")
    def close(line_id: str) -> Response:
        try:
            closing.close(LineId(line_id), signed_in().staff_id)
        except NoSuchLine:
            return _gone()
        return make_response(redirect(f"{PAGE}?done=closed", 303))

    @lines.post(f"{PAGE}/<line_id>/open")
    def reopen(line_id: str) -> Response:
        try:
            closing.open(LineId(line_id))
        except NoSuchLine:
            return _gone()
        return make_response(redirect(f"{PAGE}?done=opened", 303))

    return lines


def _page(states: Sequence[LineState]) -> Response:
    done = request.args.get("done", "")
    said = done if done in ("closed", "opened") else ""
    return make_response(render_template("staff/lines.html", rows=[_row(state) for state in states], done=said))


def _gone() -> Response:
    return make_response(redirect(PAGE, 303))


def _row(state: LineState) -> LineRow:
    zone = ZoneInfo(state.planned.zone)
    by_plan = "open" if state.planned.is_open else "closed_plan"
    return LineRow(
        id=state.line, state=by_plan if state.closure is None else "closed_hand",
        since="" if state.closure is None else f"{state.closure.at.astimezone(zone):%d.%m. %H:%M}",
        opens="" if state.planned.opens_at is None else f"{state.planned.opens_at.astimezone(zone):%d.%m. %H:%M}",
        at_desk=state.at_desk, has_waiting=state.has_waiting, is_called=state.is_called,
    )
