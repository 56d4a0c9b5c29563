"""One helpline as the plan sees it."""

from __future__ import annotations

from dataclasses import dataclass

from rota.domain.ids import Language, LineId


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the languages it promises and the IANA zone its shifts are planned in."""

    id: LineId
    zone: str
    languages: tuple[Language, ...]
