"""`issue key`, `issue days`, `issue revocations`: what the root and the issuing key sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpline.cli import passphrases
from helpline.cli.issuing import certify_key, sign_days
from helpline.cli.revoking import revoke


def add_to(commands: Any) -> None:
    """Declare the commands."""
    group = commands.add_parser("issue", help="sign keys and revocation lists").add_subparsers(required=True)
    key = group.add_parser("key", help="let the root certify a fresh issuing key, for 90 days at most")
    key.add_argument("--root", type=Path, required=True, metavar="FILE")
    key.add_argument("--out", type=Path, metavar="FILE", help="default: keys/issuing.key in the installation's folder")
    key.add_argument("--days", type=int, default=90)
    key.add_argument("--replace", action="store_true", help="write over the issuing key before it")
    passphrases.add_option(key, "--root-passphrase-file", "the root's passphrase")
    passphrases.add_option(key, "--passphrase-file", "the issuing key's new passphrase")
    key.set_defaults(run=certify_key)

    days = group.add_parser("days", help="sign the day keys that staff have handed in")
    days.add_argument("--issuing", type=Path, metavar="FILE", help="default: keys/issuing.key")
    passphrases.add_option(days)
    days.set_defaults(run=sign_days)

    lists = group.add_parser("revocations", help="sign a revocation list with a higher counter, at least once a week")
    lists.add_argument("--root", type=Path, metavar="FILE", help="let the root sign: needed to revoke an issuing key")
    lists.add_argument("--issuing", type=Path, metavar="FILE", help="default: keys/issuing.key")
    lists.add_argument("--day-key", action="append", default=[], metavar="BASE64", help="revoke this day key")
    lists.add_argument("--staff", action="append", default=[], metavar="NAME", help="revoke all day keys of this name")
    lists.add_argument("--issuing-key", action="append", default=[], metavar="BASE64", help="revoke this issuing key")
    passphrases.add_option(lists)
    lists.set_defaults(run=revoke)
