"""One registry: nothing declared twice, nothing undeclared, and the documents made from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpline.domain.ids import AccountRole
from helpline.registry import COLUMNS, EVENTS, LOG_FIELDS, PERMISSIONS, ROUTES, STORES, Way
from helpline.registry_docs import PROTOCOL, filled
from helpline.registry_kinds import NAME_PATTERN

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
SOCKETS = ROOT / "helpline" / "sockets"


def test_nothing_is_declared_twice() -> None:
    for names in (
        [(each.program, each.way, each.name) for each in EVENTS],
        [(each.program, each.method, each.path) for each in ROUTES],
        [each.name for each in STORES],
        [(each.table, each.name) for each in COLUMNS],
        [each.name for each in LOG_FIELDS],
        [each.name for each in PERMISSIONS],
    ):
        assert len(set(names)) == len(names)


def test_every_permission_is_held_by_known_roles_and_every_route_asks_for_a_known_one() -> None:
    known = {role.value for role in AccountRole}
    assert all(permission.roles <= known for permission in PERMISSIONS)
    assert {route.permission for route in ROUTES} - {""} <= {permission.name for permission in PERMISSIONS}


def test_no_event_goes_out_without_a_meaning_or_with_a_field_twice() -> None:
    for event in EVENTS:
        assert event.means.endswith(".")
        assert NAME_PATTERN.fullmatch(event.name)
        for fields in (event.fields, event.answer):
            names = [field.name for field in fields]
            assert len(set(names)) == len(names)
        assert event.way is Way.OUT or not event.answer


def test_the_protocol_document_is_what_the_registry_says() -> None:
    text = PROTOCOL.read_text(encoding="utf-8")

    assert filled(text) == text, "make it again: python -m helpline.registry_docs"


def test_a_document_that_fell_behind_is_noticed() -> None:
    text = PROTOCOL.read_text(encoding="utf-8").replace("Join the queue", "Stand in line")

    assert filled(text) != text


@pytest.mark.parametrize("word", ["remote_addr", "user_agent"])
def test_no_log_line_names_an_address_or_an_agent(word: str) -> None:
    calls = re.compile(r"log\.(info|warning|error)\([^)]*", re.IGNORECASE)
    for path in (ROOT / "helpline").rglob("*.py"):
        for call in calls.finditer(path.read_text(encoding="utf-8")):
            assert word not in call[0].lower(), path.name
