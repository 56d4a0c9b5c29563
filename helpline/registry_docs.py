"""Writes the tables of docs/protocol.md from the registry: `python -m helpline.registry_docs`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from helpline.registry import (
    ALARMS,
    COLUMNS,
    COUNTERS,
    EVENTS,
    LOG_FIELDS,
    PERMISSIONS,
    ROUTES,
    STORES,
    WITH_PAGES,
    Event,
    Program,
    Way,
)
from helpline.registry_kinds import Field, describe

PROTOCOL: Final = Path(__file__).parent.parent / "docs" / "protocol.md"
BEGIN, END = "<!-- from helpline/registry.py: begin -->", "<!-- from helpline/registry.py: end -->"


def tables() -> str:
    """Return every table, in Markdown."""
    parts = [_events(program, way) for program in WITH_PAGES for way in Way]
    parts += [_routes(), _permissions(), _stores(), _columns(), _log(), _figures()]
    return "\n\n".join(parts)


def filled(text: str) -> str:
    """Return a document with the tables between its two marks made anew. Raises ValueError without the marks."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{after}"


def _events(program: Program, way: Way) -> str:
    events = [event for event in EVENTS if event.program == program and event.way is way]
    title = f"### {program.value.capitalize()}'s page, {way.value}"
    if way is Way.IN:
        return _table(title, ("event", "means", "fields"), (_event(event)[:3] for event in events))
    return _table(title, ("event", "means", "fields", "answer beside `ok`"), map(_event, events))


def _event(event: Event) -> tuple[str, ...]:
    answer = _fields(event.answer)
    if event.refused:
        answer += f"; refused with {_fields(event.refused)}"
    return f"`{event.name}`", event.means, _fields(event.fields), answer


def _fields(fields: Sequence[Field]) -> str:
    return "; ".join(f"`{field.name}` {describe(field)}" for field in fields) or "nothing"


def _routes() -> str:
    rows = (
        (route.program.value, f"`{route.method} {route.path}`", route.permission or route.who.value)
        for route in ROUTES
    )
    return _table("### Routes", ("program", "route", "who"), rows)


def _permissions() -> str:
    rows = ((f"`{each.name}`", ", ".join(sorted(each.roles))) for each in PERMISSIONS)
    return _table("### Permissions", ("permission", "account roles"), rows)


def _stores() -> str:
    rows = ((f"`{store.name}`", store.holds, _life(store.life), store.ends) for store in STORES)
    return _table("### Held in memory", ("store", "holds", "at most", "ends"), rows)


def _columns() -> str:
    rows = ((f"`{column.table}.{column.name}`", column.holds) for column in COLUMNS)
    return _table("### Kept on disk", ("column", "holds"), rows)


def _log() -> str:
    rows = ((f"`{field.name}`", field.holds) for field in LOG_FIELDS)
    return _table("### Written to the log", ("field", "holds"), rows)


def _figures() -> str:
    rows = [(f"`{each.name}`", "counter", each.holds) for each in COUNTERS]
    rows += [(f'`helpline_alarm{{kind="{each.name}"}}`', "yes or no", each.holds) for each in ALARMS]
    return _table("### Told to those who run it", ("figure", "kind", "holds"), rows)


def _life(life: timedelta | None) -> str:
    if life is None:
        return "as long as it is needed"
    minutes, seconds = divmod(int(life.total_seconds()), 60)
    if not minutes:
        return f"{seconds} s"
    return f"{minutes} min" if minutes % 60 else f"{minutes // 60} h"


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [title, "", _row(heads), _row(["---"] * len(heads)), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PROTOCOL.write_text(filled(PROTOCOL.read_text(encoding="utf-8")), encoding="utf-8")
