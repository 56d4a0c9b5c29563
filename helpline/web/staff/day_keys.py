"""Day keys as JSON: the device hands in public halves and fetches certificates."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Final

from flask import Blueprint, Response, jsonify

from helpline.domain.errors import BadRequest
from helpline.domain.ids import StaffId
from helpline.usecases.day_keys import DayKeyKeeping
from helpline.web.staff.guard import CSRF_FIELD, json_here, signed_in

KEYS_MOST: Final = 16


def blueprint(keeping: DayKeyKeeping) -> Blueprint:
    """Return the two routes: GET gives the certificates, POST asks for them.

    A request is `{"csrf": token, "keys": {"2026-03-01": base64}}`.
    """
    day_keys = Blueprint("day_keys", __name__)

    @day_keys.get("/day-keys")
    def certificates() -> Response:
        return _certificates(keeping, signed_in().staff_id)

    @day_keys.post("/day-keys")
    def hand_in() -> Response:
        staff_id = signed_in().staff_id
        keeping.hand_in(staff_id, _keys(json_here()))
        return _certificates(keeping, staff_id)

    return day_keys


def _certificates(keeping: DayKeyKeeping, staff_id: StaffId) -> Response:
    records = keeping.certified(staff_id)
    return jsonify({
        "certificates": [
            {"day": record.day.isoformat(), "key": _to64(record.public_key), "certificate": _to64(record.certificate)}
            for record in records
        ]
    })


def _keys(body: object) -> dict[date, bytes]:
    """Read the body. Raises BadRequest."""
    keys = body.get("keys") if isinstance(body, dict) and body.keys() == {"keys", CSRF_FIELD} else None
    if not isinstance(keys, dict) or not 1 <= len(keys) <= KEYS_MOST:
        raise BadRequest
    return {_day(day): _from64(key) for day, key in keys.items()}


def _day(said: str) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise BadRequest from None
    if day.isoformat() != said:
        raise BadRequest
    return day


def _from64(said: object) -> bytes:
    if not isinstance(said, str):
        raise BadRequest
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        raise BadRequest from None


def _to64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
