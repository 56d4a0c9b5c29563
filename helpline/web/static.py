"""The built files in static/dist, held in memory with their compressed forms and their hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

from helpline.web.encoding import choose

PREFIX = "/s/"
SUFFIXES = {"": "", "br": ".br", "gzip": ".gz"}
TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}


class BadBuild(ValueError):  # noqa: N818 - said as a finding
    """static/dist does not hold what its manifest names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """One built file: its stored forms by coding, its type, and the hash that pages demand of it."""

    url: str
    integrity: str
    content_type: str
    forms: Mapping[str, bytes]


class StaticFiles:
    """What static/dist holds, by the name it was built from and by the name it is served under."""

    def __init__(self, named: Mapping[str, StaticFile], served: Mapping[str, StaticFile]) -> None:
        self._named = named
        self._served = {**named, **served}  # a plain name such as mark.svg is served too: nothing here is cached

    def __getitem__(self, name: str) -> StaticFile:
        """Return the file built for `name`, such as `person.css`. Raises BadBuild when there is none."""
        if name not in self._named:
            raise BadBuild(f"static/dist has no {name}")
        return self._named[name]

    def answer(self, name: str) -> Response:
        """Answer with a file, in the best form the browser takes."""
        file = self._served.get(name)
        return abort(404) if file is None else stored(file.forms, file.content_type)

    def serve(self, app: Flask) -> None:
        """Serve the files on `/s/<name>`."""
        app.add_url_rule(f"{PREFIX}<name>", "static_file", self.answer)


def stored(forms: Mapping[str, bytes], content_type: str) -> Response:
    """Answer with one of several stored forms of the same thing, chosen by Accept-Encoding and nothing else."""
    coding = choose(request.headers.get("Accept-Encoding", ""), forms)
    response = Response(forms[coding], content_type=content_type)
    response.headers["Vary"] = "Accept-Encoding"
    if coding:
        response.headers["Content-Encoding"] = coding
    return response


def read_static(folder: Path) -> StaticFiles:
    """Read the manifest of a build and every file it names.

    Raises:
        BadBuild: the manifest or a file is missing, or cannot be read.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        served = {name: _read(folder, name, known["integrity"]) for name, known in manifest["files"].items()}
        named = {name: served[file] for name, file in manifest["names"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadBuild("static/dist is not a whole build; make it again with: npm run build") from problem
    return StaticFiles(named, served)


def _read(folder: Path, name: str, integrity: str) -> StaticFile:
    paths = {coding: folder / (name + suffix) for coding, suffix in SUFFIXES.items()}
    forms = {coding: path.read_bytes() for coding, path in paths.items() if not coding or path.exists()}
    kind = TYPES[name.rpartition(".")[2]]
    return StaticFile(url=PREFIX + name, integrity=integrity, content_type=kind, forms=forms)
