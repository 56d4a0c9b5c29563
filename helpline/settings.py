"""Everything an organisation may set, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "HELPLINE_"
PORT_DEFAULT = 8000
NEUTRAL_DEFAULT = "https://meteofrance.com/"  # leaving a new demo leads here; the page that whitens says "weather"
CALM_JOINS_DEFAULT = 20  # persons a minute on one line
PORT_MOST = 65_530  # N, N+1 and N+3 are used, N+2 is the gateway's
YES, NO = frozenset({"yes", "true", "1", "on"}), frozenset({"no", "false", "0", "off"})
ONION = ".onion"  # its network protects what http does not
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
REDIS_SCHEMES = ("redis", "rediss", "unix")
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class RuntimeName(StrEnum):
    """How the two programs are served."""

    EVENTLET = "eventlet"
    THREADING = "threading"


class MailSecurity(StrEnum):
    """How the way to the mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


MAIL_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}


class BadSettings(ValueError):  # noqa: N818 - said as a finding, one sentence per problem
    """Settings that cannot be used; `problems` names every one of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that shows itself to nobody who prints it."""

    value: str

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail to those on call is handed in. `name` is empty where it asks for none."""

    host: str
    port: int
    security: MailSecurity
    name: str
    password: Secret
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """Who is called when nobody is at a desk.

    Args:
        steps: the mail addresses of each step, one step after the other.
        minutes: how long a step has before the next.
        neutral: whether a mail says no more than that the planner should be looked at.
        server: None where no mail can be sent.
    """

    steps: tuple[tuple[str, ...], ...]
    minutes: int
    neutral: bool
    server: MailServer | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody can be called. A real installation says so at each start, and `doctor` does."""
        return not self.steps or self.server is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an organisation may set. `demo` None: a demo, unless a real installation stands in `home`."""

    home: Path
    host: str
    port: int
    runtime: RuntimeName
    demo: bool | None
    person_origin: str
    staff_origin: str
    database_url: Secret
    redis_url: Secret | None
    resume_key: Path
    demo_neutral: str
    on_call: OnCall
    calm_joins: int

    @property
    def staff_port(self) -> int:
        """The port of the staff listener: one above the person's."""
        return self.port + 1

    @property
    def private_port(self) -> int:
        """The port of health and figures, on this machine alone; N+2 is the gateway's."""
        return self.port + 3

    @property
    def secure(self) -> bool:
        """Whether staff reach their pages over https, so that cookies may carry the `__Host-` name."""
        return self.staff_origin.startswith("https://")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], **given: object) -> Settings:
        """Read the settings; `given` holds what the command line said, and outranks the environment.

        Raises:
            BadSettings: naming every problem at once.
        """
        read = Reader(environ, given)
        port = read.number("PORT", PORT_DEFAULT, least=1, most=PORT_MOST)
        home = read.folder("HOME", Path("var"))
        settings = cls(
            home=home,
            host=read.text("HOST", "127.0.0.1"),
            port=port,
            runtime=RuntimeName(read.choice("RUNTIME", tuple(RuntimeName), RuntimeName.EVENTLET)),
            demo=read.flag("DEMO"),
            person_origin=read.origin("PERSON_ORIGIN", f"http://127.0.0.1:{port}"),
            staff_origin=read.origin("STAFF_ORIGIN", f"http://localhost:{port + 1}"),
            database_url=read.secret("DATABASE_URL", f"sqlite:///{home / 'helpline.db'}"),
            redis_url=read.redis("REDIS_URL"),
            resume_key=read.file("RESUME_KEY_FILE", home / "resume.key"),
            demo_neutral=read.text("DEMO_NEUTRAL", NEUTRAL_DEFAULT),
            on_call=read.on_call(),
            calm_joins=read.number("CALM_JOINS", CALM_JOINS_DEFAULT, least=1, most=1_000_000),
        )
        read.finish()
        return settings


class Reader:
    """Reads named values strictly and keeps every problem for the end."""

    def __init__(self, environ: Mapping[str, str], given: Mapping[str, object]) -> None:
        self._values = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
        said = {PREFIX + name.upper(): str(value) for name, value in given.items() if value is not None}
        self._values.update(said)
        self._known: set[str] = set()
        self.problems: list[str] = []

    def text(self, name: str, default: str) -> str:
        """Return a value that is not empty."""
        return self._value(name) or default

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        value = self._value(name)
        if value is None:
            return default
        if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
            self._problem(name, f"is a whole number from {least} to {most}")
            return default
        return int(value)

    def flag(self, name: str) -> bool | None:
        """Return yes, no, or None when nothing is said."""
        value = (self._value(name) or "").lower()
        if value and value not in YES | NO:
            self._problem(name, "is yes or no")
        return value in YES if value else None

    def choice(self, name: str, words: tuple[str, ...], default: str) -> str:
        """Return one word of a list."""
        value = self._value(name) or default
        if value not in words:
            self._problem(name, f"is one of {', '.join(words)}")
            return default
        return value

    def folder(self, name: str, default: Path) -> Path:
        """Return an absolute path; it need not exist yet, but may not be a file."""
        path = Path(self._value(name) or default).expanduser().absolute()
        if path.exists() and not path.is_dir():
            self._problem(name, "is a folder")
        return path

    def file(self, name: str, default: Path) -> Path:
        """Return the absolute path of a file, which need not exist yet."""
        path = Path(self._value(name) or default).expanduser().absolute()
        if path.is_dir():
            self._problem(name, "is a file")
        return path

    def redis(self, name: str) -> Secret | None:
        """Return the address of a Redis, said here if it holds no password, else in the file that NAME_FILE names."""
        said, path = self._value(name), self._value(f"{name}_FILE")
        if said is None and path is None:
            return None
        address = said or self._text_of(f"{name}_FILE", str(path))
        try:
            parts = urlsplit(address)
            names_it = address.startswith(tuple(f"{each}://" for each in REDIS_SCHEMES))
            good = names_it and bool(parts.netloc or parts.path)
        except ValueError:
            good = False
        if address and not good:
            self._problem(name, f"begins with {', '.join(REDIS_SCHEMES[:-1])} or {REDIS_SCHEMES[-1]}, and ://")
        elif said and (parts.password or "password=" in parts.query):
            self._problem(name, f"holds a password: write it to a file and name that in {PREFIX}{name}_FILE")
        return Secret(address)

    def on_call(self) -> OnCall:
        """Return the chain that is called, and the mail server that it is called through."""
        chain = self._value("ON_CALL")
        steps = () if chain is None else tuple(tuple(step.split()) for step in chain.split(","))
        if not all(steps):
            self._problem("ON_CALL", "has a step that calls nobody")
        if not all(MAIL_ADDRESS.fullmatch(address) for step in steps for address in step):
            self._problem("ON_CALL", "is mail addresses, with a comma between two steps")
        server = self._mail_server()
        if steps and server is None:
            self._problem("SMTP_HOST", "is missing: those on call are called by mail")
        minutes = self.number("ON_CALL_MINUTES", 5, least=1, most=60)
        return OnCall(steps=steps, minutes=minutes, neutral=self.flag("SMTP_NEUTRAL") is not False, server=server)

    def _mail_server(self) -> MailServer | None:
        host = self._value("SMTP_HOST") or ""
        security = MailSecurity(self.choice("SMTP_SECURITY", tuple(MailSecurity), MailSecurity.STARTTLS))
        port = self.number("SMTP_PORT", MAIL_PORTS[security], least=1, most=65_535)
        name, password = self._value("SMTP_NAME") or "", self.secret("SMTP_PASSWORD", "")
        sender = self._value("SMTP_FROM") or ""
        if not host:
            return None
        if not MAIL_ADDRESS.fullmatch(sender):
            self._problem("SMTP_FROM", "is a mail address")
        if security is MailSecurity.NONE and not loopback(host):
            self._problem("SMTP_SECURITY", "is starttls or tls for all but this machine")
        return MailServer(host=host, port=port, security=security, name=name, password=password, sender=sender)

    def origin(self, name: str, default: str) -> str:
        """Return an origin: scheme, host and port, and nothing after them."""
        value = self._value(name) or default
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}":
            self._problem(name, "is an origin like https://help.example.org, with no path")
        elif parts.scheme == "http" and not (loopback(parts.hostname) or parts.hostname.endswith(ONION)):
            self._problem(name, "is https for all but this machine: what is sealed in pages needs pages nobody changed")
        return value

    def secret(self, name: str, default: str) -> Secret:
        """Return what stands in the file that NAME_FILE names; never a secret from the environment itself."""
        self._known.add(PREFIX + name)
        path = self._value(f"{name}_FILE")
        if PREFIX + name in self._values:
            self._problem(name, f"is a secret: write it to a file and name that in {PREFIX}{name}_FILE")
        return Secret(default if path is None else self._text_of(f"{name}_FILE", path) or default)

    def finish(self) -> None:
        """Raise BadSettings if anything was wrong, unknown names included."""
        self.problems += [f"{name} is not a setting" for name in sorted(self._values.keys() - self._known)]
        if self.problems:
            raise BadSettings(tuple(self.problems))

    def _value(self, name: str) -> str | None:
        self._known.add(PREFIX + name)
        value = self._values.get(PREFIX + name)
        if value is not None and not str(value).strip():
            self._problem(name, "is empty")
            return None
        return None if value is None else str(value)

    def _text_of(self, name: str, path: str) -> str:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            self._problem(name, "names a file that cannot be read")
            return ""

    def _problem(self, name: str, must: str) -> None:
        self.problems.append(f"{PREFIX}{name} {must}")


def loopback(host: str) -> bool:
    """Whether a host name reaches this machine alone."""
    return host in LOOPBACK


def environment() -> Mapping[str, str]:
    """Return the process's environment: the one place that reads it."""
    return os.environ
