"""A demo: its site, keys, staff and round-the-clock shifts, made at the first start and found again ever after."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpline.adapters.passwords import Argon2Passwords
from helpline.adapters.sql.accounts import SqlAccounts
from helpline.demo.keys import DemoKeys, make_demo_keys
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.home import Home
from helpline.installation import Installation
from helpline.keys.errors import RefusedError
from helpline.keys.private_files import write_new
from helpline.ports import Accounts, Clock, DayKeys
from helpline.settings import BadSettings, Settings, loopback
from helpline.signing_day_keys import certifying
from helpline.site import BadSite, Site, SiteLine, read_site, write_site
from rota.domain.ids import Language as RotaLanguage
from rota.domain.ids import LineId as RotaLine
from rota.domain.ids import Role
from rota.domain.ids import StaffId as RotaStaff
from rota.domain.line import Line
from rota.domain.staff import Qualification, StaffMember
from rota.usecases.enrolling import Enrolling
from rota.usecases.keep_covered import KeepCovered, Standing
from rota.usecases.publishing import Publishing

LINE: Final = "adults"
ZONE: Final = "Europe/Paris"
LANGUAGES: Final = ("fr", "en")
NUMBERS: Final = {"danger": "112", "bed": "115"}
SIGN_INS_FILE: Final = "demo-sign-ins.json"
PASSWORD_BYTES: Final = 12  # sixteen characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who works in every demo."""

    name: str
    alias: str
    role: AccountRole
    certificate_role: CertificateRole | None


ACTORS: Final = (
    Actor(name="psychologist", alias="Amal", role=AccountRole.COUNSELLOR,
          certificate_role=CertificateRole.PSYCHOLOGIST),
    Actor(name="survivor", alias="Inès", role=AccountRole.COUNSELLOR, certificate_role=CertificateRole.PEER),
    Actor(name="coordinator", alias="Sofia", role=AccountRole.COORDINATOR, certificate_role=None),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """What a demo writes to, its tables made."""

    accounts: SqlAccounts
    publishing: Publishing


def refuse_the_world(settings: Settings) -> None:
    """A demo's keys and passwords lie beside it: it serves this machine alone.

    Raises:
        BadSettings: it was asked to serve others.
    """
    origins = (settings.person_origin, settings.staff_origin)
    hosts = [origin.split("://", 1)[1].rsplit(":", 1)[0] for origin in origins]
    if not all(loopback(host) for host in (settings.host, *hosts)):
        raise BadSettings(("HELPLINE_HOST of a demo is this machine alone: 127.0.0.1",))


def prepare(settings: Settings, database: Database, clock: Clock) -> Installation:
    """Make what is missing of a demo and return it.

    Raises:
        BadSettings: what lies in the folder is broken, or another demo's.
    """
    try:
        return _prepare(settings, database, clock)
    except (RefusedError, BadSite, OSError, ValueError, KeyError) as problem:
        raise BadSettings(("HELPLINE_HOME holds a demo that is not whole: name an empty folder",)) from problem


def _prepare(settings: Settings, database: Database, clock: Clock) -> Installation:
    home = Home(settings.home)
    keys = _Keys(home, clock)
    site = _site(home, keys.held, settings.demo_neutral)
    sign_ins = _sign_ins(home.secrets / SIGN_INS_FILE)
    _open_accounts(database.accounts, sign_ins)
    _plan(database.publishing, clock)

    def issue(day_keys: DayKeys, accounts: Accounts) -> None:
        certifying(issuer=keys.held.issuer, site=site, day_keys=day_keys, accounts=accounts).sign_pending()

    def keep_up() -> None:
        keys.renew()
        _plan(database.publishing, clock)

    return Installation(
        site=site, revocations=home.revocations.read_bytes, issue=issue, keep_up=keep_up, sign_ins=sign_ins
    )


class _Keys:
    """A demo's keys, opened once: opening them is slow on purpose."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self.held = make_demo_keys(home.path, clock.now())

    def renew(self) -> None:
        """Renew those that are near their end."""
        self.held = make_demo_keys(self._home.path, self._clock.now())


def _site(home: Home, keys: DemoKeys, neutral: str) -> Site:
    if not home.site.exists():
        site = Site(
            demo=True, root=keys.root, lowest_counter=1, lines=(SiteLine(id=LINE, languages=LANGUAGES),),
            languages=LANGUAGES, neutral=neutral, numbers=NUMBERS,
        )
        write_site(site, home.site)
    return read_site(home.site)


def _sign_ins(path: Path) -> Mapping[str, str]:
    if not path.exists():
        made = {actor.name: secrets.token_urlsafe(PASSWORD_BYTES) for actor in ACTORS}
        write_new(path, json.dumps(made, indent=1).encode())
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return known


def _open_accounts(accounts: SqlAccounts, sign_ins: Mapping[str, str]) -> None:
    missing = [actor for actor in ACTORS if accounts.by_name(actor.name) is None]
    if not missing:
        return
    passwords = Argon2Passwords()
    for actor in missing:
        accounts.add(Account(
            staff_id=StaffId(f"demo-{actor.name}"), name=actor.name, alias=actor.alias,
            password_hash=passwords.hash(sign_ins[actor.name]), roles=frozenset({actor.role}),
            certificate_role=actor.certificate_role, language=Language(LANGUAGES[0]),
        ))


def _plan(publishing: Publishing, clock: Clock) -> None:
    """Enrol the line and those who answer on it, and keep both on duty day and night."""
    enrolling = Enrolling(publishing=publishing)
    spoken = tuple(RotaLanguage(language) for language in LANGUAGES)
    standing = []
    enrolling.line(Line(id=RotaLine(LINE), zone=ZONE, languages=spoken))
    for actor in ACTORS:
        if actor.certificate_role is None:
            continue
        staff, role = RotaStaff(f"demo-{actor.name}"), Role(actor.certificate_role.value)
        enrolling.member(StaffMember(
            id=staff, alias=actor.alias, languages=frozenset(spoken), qualifications=(Qualification(role=role),)
        ))
        standing.append(Standing(line=RotaLine(LINE), staff=staff, role=role))
    covered = KeepCovered(publishing=publishing, clock=clock, new_id=lambda: secrets.token_hex(8))
    covered.keep_covered(standing)
