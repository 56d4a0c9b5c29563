"""The staff's program on real tables, with a clock moved by hand and a browser that keeps its cookie."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from helpline.adapters.memory.attempts import MemoryAttempts
from helpline.adapters.memory.sign_ins import MemorySignIns
from helpline.adapters.passwords import Argon2Passwords
from helpline.adapters.sql.accounts import SqlAccounts
from helpline.adapters.sql.day_keys import SqlDayKeys
from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.upgrade import upgrade
from helpline.domain.ids import AccountRole, CertificateRole, Language, LineId, StaffId
from helpline.domain.staff import Account
from helpline.registry import ROUTES, Program
from helpline.usecases.day_keys import DayKeyKeeping
from helpline.usecases.signing_in import SigningIn
from helpline.web.staff.app import create_staff_app
from helpline.web.staff.cookie import form_token
from helpline.web.static import StaticFile, StaticFiles
from helpline.words import Words
from tests.fakes import HandClock

ORIGIN = "http://localhost:8001"
PASSWORD = "a window over three gardens"
SITE = {"version": 1, "demo": True, "root": "AA==", "lowest_counter": 1, "lines": []}
BUILT = ("staff.css", "desk.js", "mark.svg")
NOT_FLASK = {"/socket.io/"}  # answered by the sockets' own server, in front of Flask


class SilentLog:
    """Notes how often something was wrong."""

    def __init__(self) -> None:
        self.errors: list[Mapping[str, object]] = []

    def info(self, event: str, **fields: object) -> None: ...

    def warning(self, event: str, **fields: object) -> None: ...

    def error(self, event: str, **fields: object) -> None:
        self.errors.append({"event": event, **fields})


def built_files() -> StaticFiles:
    files = {
        name: StaticFile(url=f"/s/{name}", integrity="sha384-x", content_type="text/plain", forms={"": b"built"})
        for name in BUILT
    }
    return StaticFiles(files, files)


def beside(app_rules: set[tuple[str, str]]) -> Blueprint:
    """Stand in for every declared route that other parts bring."""
    others = Blueprint("others", __name__)
    for number, route in enumerate(ROUTES):
        if route.program is not Program.STAFF or route.path in NOT_FLASK | {path for _, path in app_rules}:
            continue
        others.add_url_rule(route.path, f"other{number}", lambda **_: "ok", methods=[route.method])
    return others


OWN = {("GET", "/"), ("GET", "/s/<name>"), ("GET", "/sign-in"), ("POST", "/sign-in"), ("POST", "/sign-out"),
       ("POST", "/language"), ("GET", "/day-keys"), ("POST", "/day-keys")}


@dataclass
class StaffProgram:
    folder: Path
    origin: str = ORIGIN
    extra: Blueprint | None = None
    called: Callable[[], Sequence[LineId]] = tuple
    clock: HandClock = field(default_factory=HandClock)
    waited: list[float] = field(default_factory=list)
    signed_out: list[StaffId] = field(default_factory=list)
    log: SilentLog = field(default_factory=SilentLog)

    def __post_init__(self) -> None:
        url = f"sqlite:///{self.folder / 'helpline.db'}"
        upgrade(url)
        engine = make_engine(url)
        self.accounts, self.day_keys = SqlAccounts(engine), SqlDayKeys(engine)
        self.sign_ins, self.passwords = MemorySignIns(), Argon2Passwords(memory_kib=8)
        signing_in = SigningIn(
            accounts=self.accounts, sign_ins=self.sign_ins, attempts=MemoryAttempts(), passwords=self.passwords,
            clock=self.clock, pause=self.waited.append, signed_out=self.signed_out.append,
        )
        self.app: Flask = create_staff_app(
            signing_in=signing_in,
            keeping=DayKeyKeeping(day_keys=self.day_keys, accounts=self.accounts, clock=self.clock),
            accounts=self.accounts, clock=self.clock, files=built_files(), words=Words.load("staff", ["fr", "en"]),
            site=lambda: SITE, revocations=lambda: b"list", origin=self.origin, log=self.log,
            called=self.called, beside=[beside(OWN), *([self.extra] if self.extra else [])],
        )

    def enrol(self, name: str, *roles: AccountRole) -> Account:
        role = CertificateRole.PSYCHOLOGIST if AccountRole.COUNSELLOR in roles else None
        account = Account(
            staff_id=StaffId(f"id-{name}"), name=name, alias=name.title(), password_hash=self.passwords.hash(PASSWORD),
            roles=frozenset(roles), certificate_role=role, language=Language("fr"),
        )
        self.accounts.add(account)
        return account

    def browser(self) -> Browser:
        return Browser(self.app.test_client(), self.origin)


@dataclass
class Browser:
    """Sends what a browser on our own page sends, unless a test says otherwise."""

    client: FlaskClient
    origin: str
    csrf: str = ""

    def get(self, path: str, **said: Any) -> TestResponse:
        answer = self.client.get(path, base_url=self.origin, **said)
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', answer.get_data(as_text=True))
        self.csrf = found[1] if found else self.csrf
        return answer

    def post(
        self, path: str, data: Any = None, *, headers: Mapping[str, str] | None = None, **said: Any
    ) -> TestResponse:
        sent = {"csrf": self.csrf, **(data or {})} if data is None or isinstance(data, Mapping) else data
        own = {"Origin": self.origin} if headers is None else headers
        return self.client.post(path, base_url=self.origin, data=None if "json" in said else sent, headers=own, **said)

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        self.get("/sign-in")
        answer = self.post("/sign-in", {"name": name, "password": password})
        if answer.status_code == 303:
            self.csrf = form_token(self.cookie())
        return answer

    def cookie(self) -> str:
        held = (self.client.get_cookie(name, domain="localhost") for name in ("staff", "__Host-staff"))
        return next((cookie.value for cookie in held if cookie), "")


def words_of(answer: TestResponse) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
