"""Builds the person's program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import jinja2
from flask import Flask, Response, abort, render_template

from helpline.domain.ids import LineId
from helpline.domain.line import PublicLine
from helpline.logs import Log
from helpline.ports import Clock
from helpline.site import Site
from helpline.web.errors import answer_errors
from helpline.web.headers import protect
from helpline.web.person.facts import facts, json_for_script
from helpline.web.person.pages import MinutePages
from helpline.web.static import StaticFiles, stored
from helpline.words import Words, client_texts, opening_words, page_texts, tongue, tongues

TEMPLATES: Final = Path(__file__).parents[3] / "templates"
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
STYLE, SCRIPT = "person.css", "first.js"
CLEARED: Final = '"cookies", "storage"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """What the person's pages are made of, beside the words: all of it known to everybody.

    Args:
        lines: the state of the lines at a minute.
        revocations: the revocation list in force, in TLS presentation bytes.
    """

    site: Site
    lines: Callable[[datetime], Mapping[LineId, PublicLine]]
    revocations: Callable[[], bytes]


def create_person_app(
    *, public: Public, words: Words, files: StaticFiles, clock: Clock, origin: str, log: Log
) -> Flask:
    """Return the person's Flask app; sockets and the door are put around it by whoever serves it."""
    app = _flask()
    make = _Maker(app=app, public=public, words=words, files=files)
    pages = MinutePages(clock, make.page)
    texts = MinutePages(clock, make.texts)
    protect(app, origin)
    answer_errors(app, log, _error_page)
    files.serve(app)
    known = frozenset(words.languages)

    def page(language: str) -> Response:
        return stored(pages.get(language), HTML) if language in known else abort(404)

    app.add_url_rule("/", "first_language", lambda: page(words.languages[0]))
    app.add_url_rule("/<language>", "language", page)

    def client_texts(language: str) -> Response:
        return stored(texts.get(language), JSON) if language in known else abort(404)

    def gone() -> Response:
        return Response(status=204, headers={"Clear-Site-Data": CLEARED})

    app.add_url_rule("/words/<language>.json", "words", client_texts)
    app.add_url_rule("/gone", "gone", gone, methods=["POST"])
    return app


def _flask() -> Flask:
    app = Flask("person", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False, MAX_CONTENT_LENGTH=1024)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for name in ("config", "request", "session", "g"):
        app.jinja_env.globals.pop(name, None)  # a page cannot be made of what it cannot see
    app.template_context_processors.clear()
    app.template_context_processors[None] = []
    return app


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes pages from what is public."""

    app: Flask
    public: Public
    words: Words
    files: StaticFiles

    def page(self, language: str, minute: datetime) -> str:
        """Return the page of a language at a minute."""
        catalogue = self.words.of(language)
        lines = self.public.lines(minute)
        line = lines[self._line_of(language)]
        site = self.public.site
        known = facts(
            site=site.as_data(), revocations=self.public.revocations(), minute=minute, language=language,
            lines=lines, texts=client_texts(catalogue),
        )
        with self.app.app_context():
            return render_template(
                "person/page.html",
                t=catalogue.text,
                tongue=tongue(language),
                tongues=tongues(self.words.languages),
                opening=opening_words(
                    catalogue, is_open=line.is_open, opens_at=line.opens_at, zone=line.zone, now=minute
                ),
                site=site,
                assets={"css": self._asset(STYLE), "script": self._asset(SCRIPT)},
                facts=json_for_script(known),
            )

    def texts(self, language: str, _minute: datetime) -> str:
        """Return every text of the page as JSON, for a change of language in place."""
        return json_for_script(page_texts(self.words.of(language)))

    def _line_of(self, language: str) -> LineId:
        """Return the line a person who reads this language writes to: the page's script chooses alike."""
        lines = self.public.site.lines
        return LineId(next((line.id for line in lines if language in line.languages), lines[0].id))

    def _asset(self, name: str) -> dict[str, str]:
        file = self.files[name]
        return {"path": file.url, "integrity": file.integrity}


def _error_page(status: int, code: str) -> Response:
    return Response(f"{code}\n", status=status, content_type="text/plain; charset=utf-8")
