"""The routes of the rota: look at a week, add, move and remove shifts.

Who may do what, and that a form is our own, is settled before a view by the staff program's guard.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from helpline.web.rota.forms import SHIFT_FIELDS, VERSION, only, shift_id_of, version_of, wish_of
from helpline.web.rota.needs import Needs
from helpline.web.rota.showing import Showing
from rota.errors import Busy, Conflict, NotFound, RotaError

NOT_FOUND, CONFLICT, UNPROCESSABLE, UNAVAILABLE = 404, 409, 422, 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """One method for each route."""

    needs: Needs
    showing: Showing

    def week(self) -> ResponseReturnValue:
        """Show a week, with the form empty, proposing, or holding a shift."""
        return _answer(
            lambda: self.showing.asked(request.args),
            lambda problem: self.showing.again({}, problem),
        )

    def add(self) -> ResponseReturnValue:
        """Plan a new shift."""
        values = only(request.form, SHIFT_FIELDS)
        plan, work = self.needs.plan, self.needs.offload
        return _answer(
            lambda: self.showing.done("added", work(lambda: plan.add_shift(wish_of(values)))),
            lambda problem: self.showing.again(values, problem),
        )

    def move(self, shift_id: str) -> ResponseReturnValue:
        """Plan a shift anew."""
        values = only(request.form, (*SHIFT_FIELDS, VERSION))
        seen, shift = version_of(values), shift_id_of(shift_id)
        plan, work = self.needs.plan, self.needs.offload
        return _answer(
            lambda: self.showing.done("moved", work(lambda: plan.move_shift(shift, seen, wish_of(values)))),
            lambda problem: self.showing.again(values, problem, shift),
        )

    def remove(self, shift_id: str) -> ResponseReturnValue:
        """Take a shift out."""
        values = only(request.form, ("day", VERSION))
        seen, shift = version_of(values), shift_id_of(shift_id)
        plan, work = self.needs.plan, self.needs.offload

        def removed() -> ResponseReturnValue:
            work(lambda: plan.remove_shift(shift, seen))
            return self.showing.removed(values.get("day", ""))

        return _answer(removed, lambda problem: self.showing.again(values, problem, shift))


def blueprint(needs: Needs) -> Blueprint:
    """Return the rota's pages, to be mounted beside the staff program's own."""
    pages = Pages(needs=needs, showing=Showing(needs=needs))
    bp = Blueprint("rota", __name__, url_prefix="/rota")
    bp.add_url_rule("/", "week", pages.week)
    bp.add_url_rule("/shifts", "add", pages.add, methods=["POST"])
    bp.add_url_rule("/shifts/<shift_id>", "move", pages.move, methods=["POST"])
    bp.add_url_rule("/shifts/<shift_id>/remove", "remove", pages.remove, methods=["POST"])
    return bp


def _answer(do: Callable[[], ResponseReturnValue], again: Callable[[RotaError], str]) -> ResponseReturnValue:
    """Do it; what the rota refuses is said on the page, beside what was typed."""
    try:
        return do()
    except RotaError as problem:
        return make_response(again(problem), _status(problem))


def _status(problem: RotaError) -> int:
    if isinstance(problem, Busy):
        return UNAVAILABLE
    if isinstance(problem, Conflict):
        return CONFLICT
    return NOT_FOUND if isinstance(problem, NotFound) else UNPROCESSABLE
