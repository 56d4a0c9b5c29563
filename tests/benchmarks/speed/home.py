"""An installation with many counsellors on duty day and night, each signed in."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from helpline.adapters.system import SystemClock
from helpline.data import Data, open_data
from helpline.demo.installation import LANGUAGES, LINE, Database, prepare
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.runtime.threading_serve import ThreadingRuntime
from helpline.settings import Settings
from rota.domain.ids import Language as RotaLanguage
from rota.domain.ids import LineId, Role
from rota.domain.ids import StaffId as RotaStaff
from rota.domain.staff import Qualification, StaffMember
from rota.usecases.enrolling import Enrolling
from rota.usecases.keep_covered import KeepCovered, Standing

DAYS = 2
NO_PASSWORD = "nobody signs in with it"  # their sign-ins are opened below


def make_home(home: Path, counsellors: int) -> Sequence[str]:
    """Make a demo in `home` with so many counsellors more; return a Cookie header for each."""
    settings = Settings.from_environment({"HELPLINE_HOME": str(home)})
    clock = SystemClock()
    data = open_data(settings, clock, ThreadingRuntime())
    prepare(settings, Database(accounts=data.accounts, publishing=data.publishing), clock)
    names = [StaffId(f"many-{place}") for place in range(counsellors)]
    for name in names:
        data.accounts.add(_account(name))
    _plan(data, names, clock)
    opened = data.sign_ins(lambda _staff_id: True)
    return [f"staff={opened.open(name, clock.now())}" for name in names]


def _account(name: StaffId) -> Account:
    return Account(
        staff_id=name, name=name, alias=name, password_hash=NO_PASSWORD, roles=frozenset({AccountRole.COUNSELLOR}),
        certificate_role=CertificateRole.PEER, language=Language(LANGUAGES[0]),
    )


def _plan(data: Data, names: Sequence[StaffId], clock: SystemClock) -> None:
    spoken, role = frozenset(RotaLanguage(each) for each in LANGUAGES), Role(CertificateRole.PEER.value)
    enrolling = Enrolling(publishing=data.publishing)
    for name in names:
        qualified = (Qualification(role=role),)
        enrolling.member(StaffMember(id=RotaStaff(name), alias=name, languages=spoken, qualifications=qualified))
    covered = KeepCovered(publishing=data.publishing, clock=clock, new_id=lambda: secrets.token_hex(8))
    covered.keep_covered([Standing(line=LineId(LINE), staff=RotaStaff(name), role=role) for name in names], DAYS)
