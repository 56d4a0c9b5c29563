"""`issue key`, `issue days`: a fresh issuing key, and what it signs for staff."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from helpline.cli import passphrases
from helpline.cli.places import home_of, now, stores_of
from helpline.cli.saying import Mistake, say
from helpline.keys.credential import check_issuing
from helpline.keys.issuer import Issuer, new_issuer
from helpline.keys.key_file import Purpose, read_key_file, seal_key
from helpline.keys.private_files import write_new, write_over
from helpline.signing_day_keys import certifying
from helpline.site import read_site


def certify_key(asked: argparse.Namespace) -> int:
    """Make an issuing key, certified by the root. Raises RefusedError, FileExistsError, Mistake."""
    out = asked.out or home_of(asked).issuing_key
    if out.exists() and not asked.replace:
        raise FileExistsError(17, "exists", str(out))
    root = read_key_file(asked.root.read_text(encoding="utf-8"), Purpose.ROOT)
    opened = root.open(passphrases.passphrase(asked.root_passphrase_file, "the root key"))
    issuer = new_issuer(opened, kind=root.kind, now=now(), lasts=timedelta(days=asked.days))
    chosen = passphrases.new_passphrase(asked.passphrase_file, "the issuing key")
    closed = seal_key(issuer.key, chosen, kind=root.kind, certificate=issuer.certificate)
    (write_over if asked.replace else write_new)(out, closed.encode().encode())
    last = datetime.fromtimestamp(issuer.certificate.not_after_seconds, UTC).date()
    say(f"The issuing key is good until {last.isoformat()}.")
    return 0


def sign_days(asked: argparse.Namespace) -> int:
    """Sign every request in the database. Raises RefusedError, BadSite, Mistake."""
    accounts, day_keys = stores_of(asked)
    site = read_site(home_of(asked).site)
    done = certifying(issuer=open_issuer(asked), site=site, day_keys=day_keys, accounts=accounts).sign_pending()
    say(f"Signed: {done.signed}.")
    if done.waiting:
        say(f"Left unsigned: {done.waiting}, because the issuing key ends before, or the account answers nobody.")
    return 0


def open_issuer(asked: argparse.Namespace) -> Issuer:
    """Open the issuing key of an installation, and hold it against the root. Raises RefusedError, BadSite, Mistake."""
    home = home_of(asked)
    site = read_site(home.site)
    closed = read_key_file((asked.issuing or home.issuing_key).read_text(encoding="utf-8"), Purpose.ISSUING)
    if closed.certificate is None or closed.certificate.not_after_seconds <= now().timestamp():
        raise Mistake("The issuing key is over: make a new one with `issue key --replace`.")
    check_issuing(closed.certificate, root=site.root, kind=site.kind)
    opened = closed.open(passphrases.passphrase(asked.passphrase_file, "the issuing key"))
    return Issuer(key=opened, certificate=closed.certificate)
