"""The staff's program with the rota's pages beside it, and a browser that knows its forms."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from werkzeug.test import TestResponse

from helpline.adapters.roster import RotaRoster
from helpline.domain.ids import AccountRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.logs import make_log
from helpline.web.rota.blueprint import blueprint
from helpline.web.rota.needs import Needs
from helpline.web.staff.app import create_staff_app
from helpline.web.staff.cookie import form_token
from helpline.web.static import StaticFile, StaticFiles
from helpline.words import Words
from rota.domain.snapshot import Snapshot
from tests.unit.rota.fakes import PlanWorld

ORIGIN = "http://localhost:5001"
LANGUAGES = ("fr", "en")
BUILT = ("staff.css", "mark.svg", "desk.js", "person.css")


class KnownTokens:
    """A sign-in that is a dictionary of tokens."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}

    def who(self, token: str) -> Account | None:
        return self.accounts.get(token)


def account(*roles: AccountRole, language: str = "fr") -> Account:
    return Account(
        staff_id=StaffId("sofia"), name="coordinator", alias="Sofia", password_hash="", roles=frozenset(roles),
        certificate_role=None, language=Language(language),
    )  # fmt: skip


@dataclass
class Browser:
    """One signed-in browser."""

    client: Any
    token: str

    def get(self, path: str = "/rota/", **asked: str) -> TestResponse:
        return self.client.get(path, query_string=asked or None, headers={"Accept": "text/html"})

    def post(self, path: str, values: dict[str, str], *, csrf: str | None = None, **more: Any) -> TestResponse:
        data = {"csrf": form_token(self.token) if csrf is None else csrf, **values}
        return self.client.post(path, data=data, headers={"Origin": ORIGIN}, **more)


@dataclass
class StaffProgram:
    """A world with pages. Sign in with `browser`."""

    world: PlanWorld = field(default_factory=PlanWorld)

    def __post_init__(self) -> None:
        self.roster, self.tokens, self.log = RotaRoster(), KnownTokens(), io.StringIO()
        self.world.publishing.refresh()
        self.roster.publish(self.world.live)
        self.app = create_staff_app(
            signing_in=self.tokens, keeping=None, accounts=None, clock=self.world.clock, files=_files(),  # type: ignore[arg-type]
            words=Words.load("staff", LANGUAGES), site=dict, revocations=bytes, origin=ORIGIN,
            log=make_log(self.log, self.world.clock.now), beside=(blueprint(self._needs()),),
        )  # fmt: skip

    def _needs(self) -> Needs:
        def at_once(work: Callable[[], Any], /) -> Any:
            return work()

        world = self.world
        return Needs(
            plan=world.plan, weeks=world.weeks, openings=self, words=Words.load("rota", LANGUAGES), clock=world.clock,
            offload=at_once,
        )  # fmt: skip

    def opening(self, line: Any, at: datetime) -> Any:
        """Answer from the latest picture, as the roster does once it is told."""
        self.roster.publish(self.live)
        return self.roster.opening(line, at)

    @property
    def live(self) -> Snapshot:
        return self.world.live

    def browser(self, *roles: AccountRole, language: str = "fr") -> Browser:
        token = f"token-{len(self.tokens.accounts)}"
        self.tokens.accounts[token] = account(*roles, language=language)
        client = self.app.test_client()
        client.set_cookie("staff", token, domain="localhost")
        return Browser(client=client, token=token)


def _files() -> StaticFiles:
    built = {
        name: StaticFile(url=f"/s/{name}", integrity="sha384-x", content_type="text/plain", forms={"": b""})
        for name in BUILT
    }
    return StaticFiles(built, built)


def words_of(response: TestResponse) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", response.text)))


def values_of(response: TestResponse) -> dict[str, str]:
    """Return what the form of a page holds."""
    found = dict(re.findall(r'<input class="field"[^>]*name="(\w+)"[^>]*value="([^"]*)"', response.text))
    lists = re.compile(r'<select class="field"[^>]*name="(\w+)".*?>(.*?)</select>', re.DOTALL)
    for name, options in lists.findall(response.text):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: unescape(value) for name, value in found.items()}
