"""More counsellors than a demo has: made before it starts, by the same use cases, on duty day and night, signed in.

`python -m tests.load.staff HOME COUNT` prints their cookies, one a line. Signing in by the form takes a while on
purpose; where that is not what is measured, sign-ins are opened as the form would open them.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpline.adapters.passwords import Argon2Passwords
from helpline.adapters.system import SystemClock
from helpline.data import Data, open_data
from helpline.demo.installation import LANGUAGES, LINE, Database, prepare
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.runtime.threading_serve import ThreadingRuntime
from helpline.settings import Settings
from helpline.web.staff.cookie import StaffCookie
from rota.domain.ids import Language as RotaLanguage
from rota.domain.ids import LineId, Role
from rota.domain.ids import StaffId as RotaStaff
from rota.domain.staff import Qualification, StaffMember
from rota.usecases.enrolling import Enrolling
from rota.usecases.keep_covered import KeepCovered, Standing

ROOT = Path(__file__).resolve().parents[2]
MOST = 400
PREPARING_SECONDS = 240
DAYS_AHEAD = 1
ROLE = CertificateRole.PSYCHOLOGIST


def prepared_staff(home: Path, count: int, environment: Mapping[str, str] | None = None) -> Sequence[str]:
    """Make a demo in `home` with `count` counsellors more, in a process of its own, and return their cookies."""
    command = [sys.executable, "-m", "tests.load.staff", str(home), str(count)]
    given = {**os.environ, **(environment or {}), "HELPLINE_HOME": str(home)}
    done = subprocess.run(
        command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True, timeout=PREPARING_SECONDS, check=True
    )
    return done.stdout.split("\n")[:count]


def main(arguments: Sequence[str]) -> int:
    """Make them and print their cookies."""
    settings = Settings.from_environment(os.environ, home=arguments[0])
    count = min(int(arguments[1]), MOST)
    clock = SystemClock()
    data = open_data(settings, clock, ThreadingRuntime())
    prepare(settings, Database(accounts=data.accounts, publishing=data.publishing), clock)
    names = [f"driven-{place}" for place in range(count)]
    _open_accounts(data, names)
    _plan(data, names, clock)
    sign_ins, cookie = data.sign_ins(lambda _: True), StaffCookie(secure=settings.secure)
    for name in names:
        print(f"{cookie.name}={sign_ins.open(StaffId(name), clock.now())}")  # noqa: T201 - this is how it answers
    return 0


def _open_accounts(data: Data, names: Sequence[str]) -> None:
    """One password for all, that nobody knows."""
    kept = Argon2Passwords().hash(secrets.token_urlsafe(16))
    for name in names:
        if data.accounts.by_name(name) is None:
            data.accounts.add(Account(
                staff_id=StaffId(name), name=name, alias=name, password_hash=kept,
                roles=frozenset({AccountRole.COUNSELLOR}), certificate_role=ROLE, language=Language(LANGUAGES[0]),
            ))


def _plan(data: Data, names: Sequence[str], clock: SystemClock) -> None:
    enrolling = Enrolling(publishing=data.publishing)
    spoken = frozenset(RotaLanguage(language) for language in LANGUAGES)
    role = Role(ROLE.value)
    for name in names:
        enrolling.member(StaffMember(
            id=RotaStaff(name), alias=name, languages=spoken, qualifications=(Qualification(role=role),)
        ))
    standing = [Standing(line=LineId(LINE), staff=RotaStaff(name), role=role) for name in names]
    covered = KeepCovered(publishing=data.publishing, clock=clock, new_id=lambda: secrets.token_hex(8))
    covered.keep_covered(standing, DAYS_AHEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
