"""`doctor`: looks an installation over and says each thing that is wrong with it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from helpline.cli.places import home_of, now, settings_of
from helpline.cli.saying import say, sentence
from helpline.home import Home
from helpline.installation import NOBODY_ON_CALL, is_demo
from helpline.keys.certificates import Kind
from helpline.keys.credential import check_issuing
from helpline.keys.errors import Code, RefusedError
from helpline.keys.held import Held, take_list
from helpline.keys.key_file import Purpose, read_key_file
from helpline.keys.private_files import is_private
from helpline.keys.revocation import read_list
from helpline.settings import BadSettings, Settings
from helpline.site import BadSite, Site, read_site

ISSUING_KEY_ENDS_SOON = timedelta(days=16)  # day keys are handed in for two weeks ahead
LIST_IS_OLD_SOON = timedelta(days=7)


def add_to(commands: Any) -> None:
    """Declare the command."""
    commands.add_parser("doctor", help="say what is wrong with this installation").set_defaults(run=examine)


def examine(asked: argparse.Namespace) -> int:
    """Print each finding on a line; 0 if there is none, else 1."""
    found = [*findings(home_of(asked), now()), *on_call_findings(settings_of(asked))]
    for finding in found:
        say(finding)
    if not found:
        say("Nothing is wrong.")
    return 1 if found else 0


def findings(home: Home, at: datetime) -> Iterator[str]:
    """Give each thing that is wrong, as a sentence."""
    yield from _open_files(home)
    try:
        site = read_site(home.site)
    except FileNotFoundError:
        yield "There is no site.json: write one with `init`."
    except BadSite as error:
        yield from (f"site.json: {problem}." for problem in error.problems)
    else:
        yield from _root(home, site)
        yield from _issuing_key(home, site, at)
        yield from _revocations(home, site, at)


def on_call_findings(settings: Settings) -> Iterator[str]:
    """Say whether nobody is called when nobody is at a desk. A demo calls nobody."""
    with suppress(BadSettings):  # what is wrong with the site is said by the others
        if settings.on_call.is_empty and not is_demo(settings):
            yield NOBODY_ON_CALL


def _open_files(home: Home) -> Iterator[str]:
    secret = [*_files(home.keys, "*.key"), *_files(home.keys, "revoked.json"), *_files(home.secrets, "*")]
    yield from (f"{path} can be read by others: chmod 600 it." for path in secret if not is_private(path))


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def _root(home: Home, site: Site) -> Iterator[str]:
    if not home.root_key.exists():
        return
    if not site.demo:
        yield "The root key is in the installation's folder: keep the file offline."
    try:
        closed = read_key_file(home.root_key.read_text(encoding="utf-8"), Purpose.ROOT)
    except RefusedError as error:
        yield sentence(error)
        return
    if not site.demo and closed.kind is Kind.DEMO:
        yield sentence(RefusedError(Code.DEMO_ROOT))


def _issuing_key(home: Home, site: Site, at: datetime) -> Iterator[str]:
    if not home.issuing_key.exists():
        return  # it may be kept on the machine of whoever signs
    try:
        closed = read_key_file(home.issuing_key.read_text(encoding="utf-8"), Purpose.ISSUING)
        if closed.certificate is None:
            return
        check_issuing(closed.certificate, root=site.root, kind=site.kind)
    except RefusedError as error:
        yield sentence(error)
        return
    if closed.certificate.not_after_seconds < (at + ISSUING_KEY_ENDS_SOON).timestamp():
        yield "The issuing key ends within 16 days: make a new one with `issue key --replace`."


def _revocations(home: Home, site: Site, at: datetime) -> Iterator[str]:
    if not home.revocations.exists():
        yield "There is no revocation list, so pages refuse every counsellor: sign one with `issue revocations`."
        return
    data, moment = home.revocations.read_bytes(), int(at.timestamp())
    try:
        take_list(
            data,
            Held(),
            root=site.root,
            kind=site.kind,
            lowest_counter=site.lowest_counter,
            moments_seconds=(moment,),
        )
    except RefusedError as error:
        yield sentence(error)
        return
    if moment - read_list(data).issued_seconds > LIST_IS_OLD_SOON.total_seconds():
        yield "The revocation list is older than 7 days: pages refuse it soon. Sign a new one."
