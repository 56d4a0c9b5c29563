"""`root new`, `root show`: the organisation's root key."""

from __future__ import annotations

import argparse
from base64 import b64encode
from pathlib import Path
from typing import Any

from helpline.cli import passphrases
from helpline.cli.saying import say
from helpline.keys.certificates import Kind
from helpline.keys.key_file import KeyFile, Purpose, read_key_file, seal_key
from helpline.keys.private_files import write_new
from helpline.keys.roots import new_root
from helpline.keys.words import words_of


def add_to(commands: Any) -> None:
    """Declare the commands."""
    group = commands.add_parser("root", help="the organisation's root key").add_subparsers(required=True)
    new = group.add_parser("new", help="make a root key; keep the file offline, print the words")
    new.add_argument("file", type=Path)
    new.add_argument("--demo", action="store_true", help="mark it as a demo's: no real installation takes it")
    passphrases.add_option(new)
    new.set_defaults(run=make)
    show = group.add_parser("show", help="show a root's public half and its words; asks for no passphrase")
    show.add_argument("file", type=Path)
    show.set_defaults(run=show_file)


def make(asked: argparse.Namespace) -> int:
    """Make a root key file. Raises RefusedError, FileExistsError, Mistake."""
    if asked.file.exists():
        raise FileExistsError(17, "exists", str(asked.file))
    chosen = passphrases.new_passphrase(asked.passphrase_file, "the root key")
    closed = seal_key(new_root(), chosen, kind=Kind.DEMO if asked.demo else Kind.REAL)
    write_new(asked.file, closed.encode().encode())
    _show(closed)
    return 0


def show_file(asked: argparse.Namespace) -> int:
    """Show what may be known of a root. Raises RefusedError."""
    _show(read_key_file(asked.file.read_text(encoding="utf-8"), Purpose.ROOT))
    return 0


def _show(closed: KeyFile) -> None:
    say(f"kind    {closed.kind.name.lower()}")
    say(f"public  {b64encode(closed.public).decode()}")
    say(f"words   {' '.join(words_of(closed.public))}")
