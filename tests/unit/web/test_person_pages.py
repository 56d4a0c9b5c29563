"""The person's page: a function of path, site and minute."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask

from helpline.domain.ids import Language, LineId
from helpline.domain.line import PublicLine
from helpline.logs import make_log
from helpline.registry import ROUTES, Program
from helpline.runtime.kinds import Silence
from helpline.site import Site, SiteLine
from helpline.web.person.app import Public, create_person_app
from helpline.web.person.facts import json_for_script
from helpline.web.person.pages import MinutePages
from helpline.web.static import StaticFile, StaticFiles
from helpline.words import Words
from tests.fakes import NOON, HandClock

pytestmark = pytest.mark.unit

ORIGIN = "http://127.0.0.1:8000"
SITE = Site(
    demo=True, root=b"r" * 32, lowest_counter=1, lines=(SiteLine(id="adults", languages=("fr", "en")),),
    languages=("fr", "en"), neutral="http://127.0.0.1:9/", numbers={"danger": "112"},
)


@dataclass
class World:
    """A person's program whose line a test opens and closes."""

    clock: HandClock = field(default_factory=HandClock)
    is_open: bool = True
    opens_at: datetime | None = None

    def lines(self, _at: datetime) -> Mapping[LineId, PublicLine]:
        spoken = (Language("fr"), Language("en"))
        state = PublicLine(is_open=self.is_open, opens_at=self.opens_at, zone="Europe/Paris", languages=spoken)
        return {LineId("adults"): state}

    def app(self) -> Flask:
        files = {
            name: StaticFile(url=f"/s/{name}", integrity="sha384-x", content_type="text/plain", forms={"": b"built"})
            for name in ("person.css", "first.js", "mark.svg")
        }
        return create_person_app(
            public=Public(site=SITE, lines=self.lines, revocations=lambda: b"list"),
            words=Words.load("person", SITE.languages), files=StaticFiles(files, files), clock=self.clock,
            origin=ORIGIN, log=make_log(Silence(), self.clock.now),  # type: ignore[arg-type]
        )


def facts_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    facts: dict[str, object] = json.loads(found[1])
    return facts


def test_every_route_of_the_person_is_declared_and_every_declared_one_is_there() -> None:
    here = {
        (method, rule.rule)
        for rule in World().app().url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD"}
    }
    declared = {(route.method, route.path) for route in ROUTES if route.program is Program.PERSON}

    assert here == declared - {("GET", "/socket.io/")}, "the sockets answer in front of Flask"


def test_the_page_is_the_same_within_a_minute_and_made_anew_with_the_next() -> None:
    world = World()
    browser = world.app().test_client()
    first = browser.get("/").data
    world.is_open = False
    world.clock.advance(seconds=59)
    assert browser.get("/").data == first

    world.clock.advance(seconds=1)

    assert facts_of(browser.get("/").text)["lines"] == {
        "adults": {"open": False, "opens_at": None, "zone": "Europe/Paris"}
    }


def test_the_compressed_form_is_the_same_page_and_says_that_it_is_compressed() -> None:
    browser = World().app().test_client()
    plain, packed = browser.get("/"), browser.get("/", headers={"Accept-Encoding": "br, gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Content-Encoding" not in plain.headers


def test_the_facts_are_what_the_scripts_need_at_full_minutes() -> None:
    world = World(is_open=False, opens_at=NOON + timedelta(hours=6))
    world.clock.advance(seconds=30)

    facts = facts_of(world.app().test_client().get("/en").text)

    assert facts["minute"] == int(NOON.timestamp())
    assert facts["language"] == "en"
    assert facts["revocations"] == "bGlzdA=="
    assert facts["lines"] == {
        "adults": {"open": False, "opens_at": int(NOON.timestamp()) + 6 * 3600, "zone": "Europe/Paris"}
    }
    assert facts["texts"]["en"]["app.title"]  # type: ignore[index]


def test_each_language_has_its_path_and_its_words() -> None:
    browser = World().app().test_client()

    assert '<html lang="fr"' in browser.get("/").text
    assert '<html lang="en"' in browser.get("/en").text
    assert browser.get("/words/en.json").json.keys() == browser.get("/words/fr.json").json.keys()
    assert browser.get("/zz").status_code == browser.get("/words/zz.json").status_code == 404


def test_nothing_in_the_data_can_end_the_element_it_stands_in() -> None:
    said = json_for_script({"x": "</script><!--\u2028"})

    assert "<" not in said
    assert json.loads(said) == {"x": "</script><!--\u2028"}


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/nothing/here", 404), ("POST", "/", 405), ("OPTIONS", "/", 405), ("GET", "/gone", 404),
    ("GET", "/s/nothing.js", 404), ("GET", "/s/../app.py", 404), ("HEAD", "/", 200),
])
def test_other_paths_and_methods_are_answered_plainly(method: str, path: str, status: int) -> None:
    answer = World().app().test_client().open(path, method=method)

    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert path not in answer.text or method == "HEAD"


def test_leaving_clears_cookies_and_storage() -> None:
    answer = World().app().test_client().post("/gone")

    assert answer.status_code == 204
    assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'


def test_the_page_carries_the_whole_policy() -> None:
    headers = World().app().test_client().get("/").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))

    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
        "connect-src": "'self' ws://127.0.0.1:8000", "base-uri": "'none'", "form-action": "'none'",
        "frame-ancestors": "'none'", "require-trusted-types-for": "'script'", "trusted-types": "'none'",
    }
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Integrity-Policy"] == "blocked-destinations=(script)"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


def test_a_template_cannot_see_the_request() -> None:
    seen = World().app().jinja_env.globals

    assert not {"request", "session", "g", "config"} & seen.keys()


def test_pages_of_a_minute_that_is_over_are_not_kept() -> None:
    clock = HandClock()
    pages = MinutePages(clock, lambda key, minute: f"{key} {minute}")
    pages.get("fr")
    clock.advance(minutes=1)
    pages.get("en")

    assert {value for place, value in pages.walk() if place == "page"} == {"en"}
