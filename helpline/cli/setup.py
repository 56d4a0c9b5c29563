"""`init`: writes site.json, what the pages know of the organisation."""

from __future__ import annotations

import argparse
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpline.cli.places import home_of
from helpline.cli.saying import Mistake, say
from helpline.home import Home
from helpline.keys.certificates import Kind
from helpline.keys.errors import Code, RefusedError
from helpline.keys.key_file import Purpose, read_key_file
from helpline.keys.words import words_of
from helpline.site import VERSION, Site, read_site, write_site

CONFIGURED = frozenset({"lines", "languages", "neutral", "numbers", "switches"})


def add_to(commands: Any) -> None:
    """Declare the command."""
    init = commands.add_parser("init", help="write site.json from a configuration file and arguments")
    root = init.add_mutually_exclusive_group(required=True)
    root.add_argument("--root", type=Path, metavar="FILE", help="the root key file; it is not opened")
    root.add_argument("--root-public", metavar="BASE64", help="the root's public half, as `root show` prints it")
    init.add_argument(
        "--config", type=Path, metavar="FILE", help="JSON with lines, languages, neutral, numbers, switches"
    )
    init.add_argument("--line", action="append", default=[], metavar="ID:LANGUAGES", help="a line, like adults:fr,en")
    init.add_argument("--neutral", metavar="ADDRESS", help="where a quick exit leads")
    init.add_argument("--number", action="append", default=[], metavar="FOR:NUMBER", help="like danger:112")
    init.add_argument("--demo", action="store_true", help="this installation is a demo and takes a demo's root")
    init.add_argument("--replace", action="store_true", help="write over the site.json before it")
    init.set_defaults(run=write)


def write(asked: argparse.Namespace) -> int:
    """Write site.json. Raises BadSite naming every problem, RefusedError, FileExistsError, Mistake."""
    home = home_of(asked)
    if home.site.exists() and not asked.replace:
        raise FileExistsError(17, "exists", str(home.site))
    public = _root(asked)
    fields = _configured(asked.config) | _said(asked)
    spoken = [language for line in _as_list(fields.get("lines")) for language in _as_list(line.get("languages"))]
    whole = {
        "version": VERSION,
        "demo": asked.demo,
        "root": b64encode(public).decode(),
        "root_words": list(words_of(public)),
        "lowest_counter": _lowest_counter(home),
        "languages": list(dict.fromkeys(spoken)),
        "switches": {},
        **fields,
    }
    write_site(Site.parse(json.dumps(whole)), home.site)
    say(f"{home.site} is written. Hold its words against the print: {' '.join(words_of(public))}")
    return 0


def _root(asked: argparse.Namespace) -> bytes:
    if asked.root_public is not None:
        try:
            return b64decode(asked.root_public, validate=True)
        except ValueError as error:
            raise Mistake("The root's public half is the base64 of 32 bytes.") from error
    closed = read_key_file(asked.root.read_text(encoding="utf-8"), Purpose.ROOT)
    if (closed.kind is Kind.DEMO) != asked.demo:
        raise RefusedError(Code.REAL_ROOT if asked.demo else Code.DEMO_ROOT)
    return closed.public


def _configured(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Mistake("The configuration file is not JSON.") from error
    if not isinstance(found, dict) or not found.keys() <= CONFIGURED:
        raise Mistake(f"The configuration file holds an object of: {', '.join(sorted(CONFIGURED))}.")
    return found


def _said(asked: argparse.Namespace) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if asked.line:
        pairs = [line.partition(":") for line in asked.line]
        said["lines"] = [{"id": line, "languages": spoken.split(",")} for line, _, spoken in pairs]
    if asked.neutral:
        said["neutral"] = asked.neutral
    if asked.number:
        said["numbers"] = {name: number for name, _, number in (pair.partition(":") for pair in asked.number)}
    return said


def _lowest_counter(home: Home) -> int:
    return read_site(home.site).lowest_counter if home.site.exists() else 1


def _as_list(value: object) -> list[Mapping[str, Any]]:
    return value if isinstance(value, list) else []
