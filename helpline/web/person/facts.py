"""What the person's page knows as data: the organisation, its lines at this minute, the texts its scripts need."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime

from helpline.domain.ids import LineId
from helpline.domain.line import PublicLine


def facts(
    *, site: Mapping[str, object], revocations: bytes, minute: datetime, language: str,
    lines: Mapping[LineId, PublicLine], texts: Mapping[str, str],
) -> dict[str, object]:
    """Return the data that stands in the page. Times are whole seconds since 1970, at full minutes."""
    return {
        "site": site,
        "revocations": base64.b64encode(revocations).decode(),
        "minute": int(minute.timestamp()),
        "language": language,
        "lines": {line: _public(state) for line, state in lines.items()},
        "texts": {language: texts},
    }


def json_for_script(value: object) -> str:
    """Return JSON that may stand inside a script element: nothing in it can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _public(state: PublicLine) -> dict[str, object]:
    opens_at = None if state.opens_at is None else int(state.opens_at.timestamp())
    return {"open": state.is_open, "opens_at": opens_at, "zone": state.zone}
