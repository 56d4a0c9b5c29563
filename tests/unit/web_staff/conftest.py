"""One staff program a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.domain.ids import AccountRole
from tests.unit.web_staff.staff_program import Browser, StaffProgram


@pytest.fixture
def program(tmp_path: Path) -> StaffProgram:
    made = StaffProgram(tmp_path)
    made.enrol("ada", AccountRole.COUNSELLOR)
    made.enrol("cora", AccountRole.COORDINATOR)
    return made


@pytest.fixture
def browser(program: StaffProgram) -> Browser:
    return program.browser()
