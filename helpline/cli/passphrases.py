"""Asks for passphrases at the terminal, or reads them from a file."""

from __future__ import annotations

import argparse
from getpass import getpass
from pathlib import Path

from helpline.cli.saying import Mistake


def add_option(command: argparse.ArgumentParser, name: str = "--passphrase-file", what: str = "the passphrase") -> None:
    """Let a command take a passphrase from a file instead of asking."""
    command.add_argument(name, type=Path, metavar="FILE", help=f"read {what} from this file instead of asking")


def new_passphrase(path: Path | None, what: str) -> str:
    """Ask for a new passphrase twice, or read it. Raises Mistake if the two differ."""
    if path is not None:
        return _read(path)
    typed = getpass(f"New passphrase for {what}, at least 15 characters: ")
    if getpass("Once more: ") != typed:
        raise Mistake("The two passphrases differ: nothing was written.")
    return typed


def passphrase(path: Path | None, what: str) -> str:
    """Ask for a passphrase, or read it."""
    return _read(path) if path is not None else getpass(f"Passphrase of {what}: ")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\r\n")
