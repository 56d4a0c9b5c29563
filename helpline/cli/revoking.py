"""`issue revocations`: the list of keys that are no longer trusted, signed anew."""

from __future__ import annotations

import argparse
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta

from helpline.cli import passphrases
from helpline.cli.issuing import open_issuer
from helpline.cli.places import home_of, now, stores_of
from helpline.cli.saying import Mistake, say
from helpline.home import Home
from helpline.keys.errors import Code, RefusedError
from helpline.keys.key_file import Purpose, read_key_file
from helpline.keys.ledger import Ledger, read_ledger
from helpline.keys.private_files import write_over
from helpline.keys.revocation import RevocationList, read_list, sign_list
from helpline.keys.signing import KEY_BYTES
from helpline.site import Site, read_site


def revoke(asked: argparse.Namespace) -> int:
    """Sign a list with a higher counter that names all keys revoked so far. Raises RefusedError, BadSite, Mistake."""
    home = home_of(asked)
    site = read_site(home.site)
    ledger = read_ledger(home.revoked).revoke(
        now(),
        issuing=[_key(key) for key in asked.issuing_key],
        day=[*(_key(key) for key in asked.day_key), *_keys_of_staff(asked)],
    )
    signed = _signed(asked, ledger, _next_counter(home, site))
    ledger.write(home.revoked)
    write_over(home.revocations, signed.encode())
    say(f"Revocation list {signed.counter}: {len(ledger.keys())} keys. Sign a new one within 7 days.")
    return 0


def _signed(asked: argparse.Namespace, ledger: Ledger, counter: int) -> RevocationList:
    if asked.root is None:
        if ledger.issuing:
            raise Mistake("Only the root revokes issuing keys: sign this list with --root FILE.")
        return open_issuer(asked).revocation_list(counter=counter, issued=now(), revoked=ledger.keys())
    closed = read_key_file(asked.root.read_text(encoding="utf-8"), Purpose.ROOT)
    if closed.public != read_site(home_of(asked).site).root:
        raise RefusedError(Code.ROGUE_ROOT)
    opened = closed.open(passphrases.passphrase(asked.passphrase_file, "the root key"))
    return sign_list(opened, by=None, counter=counter, issued=now(), revoked=ledger.keys())


def _next_counter(home: Home, site: Site) -> int:
    before = read_list(home.revocations.read_bytes()).counter if home.revocations.exists() else 0
    return max(before + 1, site.lowest_counter, 1)


def _keys_of_staff(asked: argparse.Namespace) -> Iterator[bytes]:
    for name in asked.staff:
        accounts, day_keys = stores_of(asked)
        account = accounts.by_name(name)
        if account is None:
            raise Mistake("There is no account of this name.")
        yesterday = now().date() - timedelta(days=1)
        yield from (record.public_key for record in day_keys.certificates(account.staff_id, yesterday))


def _key(written: str) -> bytes:
    try:
        key = b64decode(written, validate=True)
    except ValueError as error:
        raise Mistake("A key is the base64 of 32 bytes.") from error
    if len(key) != KEY_BYTES:
        raise Mistake("A key is the base64 of 32 bytes.")
    return key
