"""The command line: each command once as it should go, and once as it should not."""

from __future__ import annotations

import json
import shutil
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest

from helpline.adapters.sql.accounts import SqlAccounts
from helpline.adapters.sql.day_keys import SqlDayKeys
from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.upgrade import upgrade
from helpline.cli.__main__ import main
from helpline.cli.doctor import findings
from helpline.cli.places import now
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.home import Home
from helpline.installation import NOBODY_ON_CALL
from helpline.keys.credential import judge_credential
from helpline.keys.private_files import is_private
from helpline.keys.revocation import read_list
from helpline.site import read_site
from tests.vectors.organisation import public

LINE = ("--line", "adults:fr,en", "--neutral", "https://www.example.org", "--number", "danger:112")


class Office:
    """A terminal at which somebody types commands for one installation."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.home = Home(folder / "home")
        self.root = folder / "offline" / "root.key"
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text("a passphrase of some length\n", encoding="utf-8")

    def types(self, *words: object) -> tuple[int, str, str]:
        """Return the exit code, what was printed, and what was complained of."""
        code = main(["--home", str(self.home.path), *map(str, words)])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def makes_root(self, *more: str) -> str:
        return self.does("root", "new", self.root, "--passphrase-file", self.passphrase, *more)

    def sets_up(self, *more: str) -> str:
        return self.does("init", "--root", self.root, *LINE, *more)

    def revokes(self, *more: object) -> str:
        return self.does("issue", "revocations", "--passphrase-file", self.passphrase, *more)

    def does(self, *words: object) -> str:
        code, out, err = self.types(*words)
        assert (code, err) == (0, "")
        return out

    def fails(self, *words: object) -> str:
        code, out, err = self.types(*words)
        assert (code, out) == (2, "")
        return err


ON_CALL = {
    "HELPLINE_ON_CALL": "ada@example.org", "HELPLINE_SMTP_HOST": "mail.example.org",
    "HELPLINE_SMTP_FROM": "planner@example.org",
}


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.delenv("HELPLINE_HOME", raising=False)
    return Office(tmp_path, capsys)


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set an installation up once: opening a key file takes a quarter of a second by design."""
    folder = tmp_path_factory.mktemp("set-up")
    home = ("--home", str(folder / "home"))
    root, passphrase = str(folder / "offline" / "root.key"), folder / "passphrase"
    passphrase.write_text("a passphrase of some length", encoding="utf-8")
    typed = ("--passphrase-file", str(passphrase))
    assert main([*home, "root", "new", root, *typed]) == 0
    assert main([*home, "init", "--root", root, *LINE]) == 0
    assert main([*home, "issue", "key", "--root", root, "--root-passphrase-file", str(passphrase), *typed]) == 0
    assert main([*home, "issue", "revocations", *typed]) == 0
    return folder


@pytest.fixture
def running(office: Office, set_up: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    shutil.copytree(set_up, office.home.path.parent, dirs_exist_ok=True)
    capsys.readouterr()
    return office


def test_a_new_root_is_private_and_shows_its_words(office: Office) -> None:
    made = office.makes_root()

    assert is_private(office.root)
    assert office.does("root", "show", office.root) == made
    assert len(made.splitlines()[2].split()) == 9


def test_a_root_is_never_written_over(office: Office) -> None:
    office.makes_root()
    before = office.root.read_bytes()

    said = office.fails("root", "new", office.root, "--passphrase-file", office.passphrase)

    assert said.endswith("is there already: nothing was written.\n")
    assert office.root.read_bytes() == before


def test_the_passphrase_is_asked_for_twice(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["a passphrase of some length", "another of the same length"])
    monkeypatch.setattr("helpline.cli.passphrases.getpass", lambda _: next(typed))

    assert office.fails("root", "new", office.root) == "The two passphrases differ: nothing was written.\n"
    assert not office.root.exists()


def test_a_short_passphrase_is_refused(office: Office) -> None:
    office.passphrase.write_text("too short")

    said = office.fails("root", "new", office.root, "--passphrase-file", office.passphrase)

    assert said == "The passphrase is shorter than 15 characters.\n"


def test_init_writes_what_the_pages_know(running: Office) -> None:
    site = read_site(running.home.site)

    assert (site.demo, [line.id for line in site.lines], site.languages) == (False, ["adults"], ("fr", "en"))


def test_init_reads_a_configuration_file(office: Office, tmp_path: Path) -> None:
    office.makes_root("--demo")
    lines = [{"id": "youth", "languages": ["sv"]}]
    wanted = {"lines": lines, "neutral": "https://www.example.org", "numbers": {"danger": "112"}}
    (tmp_path / "config.json").write_text(json.dumps(wanted))

    office.does("init", "--root", office.root, "--demo", "--config", tmp_path / "config.json")

    assert read_site(office.home.site).languages == ("sv",)


def test_a_real_installation_refuses_a_demos_root(office: Office) -> None:
    office.makes_root("--demo")

    said = office.fails("init", "--root", office.root, "--line", "adults:fr")

    assert said == "The root is a demo's, and this installation is a real one.\n"
    assert not office.home.site.exists()


def test_init_says_every_problem_at_once(office: Office) -> None:
    office.makes_root()

    said = office.fails("init", "--root", office.root)

    assert [line.split()[0] for line in said.splitlines()] == ["languages", "lines", "neutral", "numbers"]


def test_init_does_not_write_over_a_site_unless_told(running: Office) -> None:
    assert running.fails("init", "--root", running.root).endswith("nothing was written.\n")
    assert running.sets_up("--replace").startswith(str(running.home.site))


@pytest.mark.parametrize("days", ["91", "0", "-1"])
def test_no_issuing_key_of_more_than_ninety_days(running: Office, days: str) -> None:
    said = running.fails(
        "issue", "key", "--root", running.root, "--root-passphrase-file", running.passphrase, "--replace",
        f"--days={days}",
    )  # fmt: skip

    assert said == "An issuing key lasts from 1 to 90 days.\n"


def test_each_list_has_a_higher_counter(running: Office) -> None:
    running.revokes("--day-key", b64encode(public("day key")).decode())
    running.revokes()

    found = read_list(running.home.revocations.read_bytes())

    assert found.counter == 3
    assert found.names(public("day key"))


def test_only_the_root_revokes_an_issuing_key(running: Office) -> None:
    stolen = ("--issuing-key", b64encode(public("issuing key")).decode())
    refused = running.fails("issue", "revocations", "--passphrase-file", running.passphrase, *stolen)
    running.revokes("--root", running.root, *stolen)

    found = read_list(running.home.revocations.read_bytes())

    assert refused == "Only the root revokes issuing keys: sign this list with --root FILE.\n"
    assert (found.by, found.names(public("issuing key"))) == (None, True)
    assert running.fails("issue", "revocations", "--passphrase-file", running.passphrase) == refused


def test_days_are_signed_for_those_who_answer(running: Office) -> None:
    url = f"sqlite:///{running.home.path / 'helpline.db'}"
    upgrade(url)
    engine = make_engine(url)
    accounts, day_keys, today = SqlAccounts(engine), SqlDayKeys(engine), now().date()
    accounts.add(an_account("amal", CertificateRole.PSYCHOLOGIST))
    accounts.add(an_account("sofia", None))
    day_keys.request(StaffId("amal"), today, public("day key"))
    day_keys.request(StaffId("amal"), today + timedelta(days=100), public("far away"))
    day_keys.request(StaffId("sofia"), today, public("another"))

    said = running.does("issue", "days", "--passphrase-file", running.passphrase)

    site = read_site(running.home.site)
    records = day_keys.certificates(StaffId("amal"), today)
    who = judge_credential(records[0].certificate, public("day key"), root=site.root, kind=site.kind)
    assert said.splitlines()[0] == "Signed: 1."
    assert len(records) == 1
    assert (who.alias, who.lines) == ("amal", ("adults",))

    running.revokes("--staff", "amal")
    assert read_list(running.home.revocations.read_bytes()).names(public("day key"))


def an_account(name: str, role: CertificateRole | None) -> Account:
    return Account(
        staff_id=StaffId(name),
        name=name,
        alias=name,
        password_hash="",
        roles=frozenset({AccountRole.COUNSELLOR}),
        certificate_role=role,
        language=Language("fr"),
    )


def test_without_a_database_there_is_nothing_to_sign(running: Office) -> None:
    said = running.fails("issue", "days", "--passphrase-file", running.passphrase)

    assert said == "The installation has no database yet: start it once with ./run.\n"


def test_the_doctor_finds_nothing_wrong_with_a_sound_installation(
    running: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ON_CALL.items():
        monkeypatch.setenv(name, value)
    assert running.types("doctor") == (0, "Nothing is wrong.\n", "")


def test_the_doctor_says_that_nobody_is_on_call(running: Office) -> None:
    assert running.types("doctor") == (1, f"{NOBODY_ON_CALL}\n", "")


def test_the_doctor_says_what_is_missing(office: Office) -> None:
    assert office.types("doctor") == (1, "There is no site.json: write one with `init`.\n", "")


@pytest.mark.parametrize(
    ("days", "named"), [(7.5, "older than 7 days"), (9, "older than 8 days"), (80, "ends within 16 days")]
)
def test_the_doctor_sees_what_gets_old(running: Office, days: float, named: str) -> None:
    said = list(findings(running.home, now() + timedelta(days=days)))

    assert any(named in finding for finding in said)


def test_the_doctor_sees_open_files_broken_sites_and_a_root_that_lies_about(running: Office) -> None:
    running.home.issuing_key.chmod(0o644)
    running.home.root_key.write_bytes(running.root.read_bytes())
    running.home.root_key.chmod(0o600)
    opened, root = findings(running.home, now())
    running.home.site.write_text("{}")

    assert opened.endswith("chmod 600 it.")
    assert root == "The root key is in the installation's folder: keep the file offline."
    assert len(list(findings(running.home, now()))) > 5


def test_the_doctor_refuses_a_demos_root_in_a_real_installation(running: Office) -> None:
    text = running.home.site.read_text(encoding="utf-8")
    running.home.site.write_text(text.replace('"demo": false', '"demo": true'), encoding="utf-8")

    assert "The root is a real one, and this installation is a demo." in list(findings(running.home, now()))
