"""What stands in an installation's folder, as the program needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from helpline.home import Home
from helpline.keys.errors import Code, RefusedError, need
from helpline.keys.held import Held, take_list
from helpline.keys.key_file import Purpose, read_key_file
from helpline.keys.revocation import read_list
from helpline.ports import Accounts, DayKeys
from helpline.settings import BadSettings, Settings
from helpline.site import BadSite, Site, read_site

NOBODY_ON_CALL = "Nobody is on call, so nobody is called when the desks are empty: set HELPLINE_ON_CALL."
Issue = Callable[[DayKeys, Accounts], None]


def leave_to_sign(_day_keys: DayKeys, _accounts: Accounts) -> None:
    """In a real installation day keys wait until somebody with the issuing key signs them."""


def nothing_to_keep_up() -> None:
    """A real installation is kept up by those who run it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One organisation's installation.

    Args:
        revocations: the revocation list in force, in TLS presentation bytes.
        issue: signs what waits, where that happens by itself.
        keep_up: called every hour.
        sign_ins: passwords by name, in a demo only.
    """

    site: Site
    revocations: Callable[[], bytes]
    issue: Issue = leave_to_sign
    keep_up: Callable[[], None] = nothing_to_keep_up
    sign_ins: Mapping[str, str] = field(default_factory=dict, repr=False)


def is_demo(settings: Settings) -> bool:
    """Whether this is a demo: because it was said, or because no real installation stands in the folder.

    Raises:
        BadSettings: what was said and what stands there do not fit.
    """
    site = _site(settings)
    if site is None:
        if settings.demo is False:
            raise BadSettings(("nothing is installed yet: run python -m helpline.cli init",))
        return True
    if settings.demo is not None and settings.demo != site.demo:
        raise BadSettings((f"site.json is {'a demo' if site.demo else 'no demo'}, and HELPLINE_DEMO says otherwise",))
    return site.demo


def real_installation(settings: Settings) -> Installation:
    """Read a real installation.

    Raises:
        BadSettings: it is not whole, or its root is a demo's.
    """
    site, home = _site(settings), Home(settings.home)
    if site is None or site.demo:
        raise BadSettings(("site.json is not a real installation's",))
    if not home.revocations.exists():
        raise BadSettings(("there is no revocation list yet: run python -m helpline.cli issue revocations",))
    _check_keys(site, home)
    return Installation(site=site, revocations=home.revocations.read_bytes)


def _check_keys(site: Site, home: Home) -> None:
    """Refuse keys of a demo, and a revocation list that is not of this root: her page would refuse every counsellor."""
    try:
        for path, purpose in ((home.root_key, Purpose.ROOT), (home.issuing_key, Purpose.ISSUING)):
            if path.exists():
                need(read_key_file(path.read_text(encoding="utf-8"), purpose).kind is site.kind, Code.DEMO_ROOT)
        data = home.revocations.read_bytes()
        issued = read_list(data).issued_seconds  # an old list is no reason not to start: `doctor` names it
        take_list(
            data, Held(), root=site.root, kind=site.kind, lowest_counter=site.lowest_counter, moments_seconds=(issued,)
        )
    except RefusedError as refused:
        raise BadSettings((f"the keys in HELPLINE_HOME do not fit site.json: {refused.code}",)) from refused


def _site(settings: Settings) -> Site | None:
    try:
        return read_site(Home(settings.home).site)
    except FileNotFoundError:
        return None
    except BadSite as bad:
        raise BadSettings(bad.problems) from bad
