"""Mail to those on call, through the organisation's own mail server. Nothing of it is kept here."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final, Protocol

from helpline.domain.alarm import step_of
from helpline.domain.ids import LineId
from helpline.line_ports import OnCallChain
from helpline.logs import Log, report
from helpline.ports import Clock
from helpline.settings import MailSecurity, MailServer

ANSWER_SECONDS: Final = 20.0
TRIES: Final = 3
TRY_AGAIN_SECONDS: Final = 10.0


class Beside(Protocol):
    """What is used of a runtime: work beside, waiting, and native threads."""

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        """Do `work` beside what is going on."""

    def sleep(self, seconds: float) -> None:
        """Wait without keeping anybody else waiting."""

    def offload(self, work: Callable[..., object], *args: object) -> object:
        """Do slow work on a native thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a mail says: subject and body."""

    subject: str
    body: str


class SmtpAlarm:
    """The port Alarm by mail.

    Args:
        text: what is said about a line; it names no person, no language and no wish.
    """

    def __init__(
        self, *, server: MailServer, chain: OnCallChain, text: Callable[[LineId], Text], runtime: Beside,
        clock: Clock, log: Log,
    ) -> None:
        self._server = server
        self._chain = chain
        self._text = text
        self._runtime = runtime
        self._clock = clock
        self._log = log

    def call(self, line: LineId, calls: int) -> None:
        """Send this step's mails beside everything else."""
        self._runtime.spawn(self._call, line, calls)

    def _call(self, line: LineId, calls: int) -> None:
        """Try a few times. The next step comes all the same, so that a lost mail does not end the chain."""
        try:
            steps = self._chain.steps(line, self._clock.now())
            step = steps[step_of(len(steps), calls)]
            text = self._text(line)
        except Exception as error:  # noqa: BLE001 - a chain without a step calls nobody: the log must say so
            report(self._log, "Nobody could be called.", error)
            return
        for attempt in range(TRIES):
            if attempt:
                self._runtime.sleep(TRY_AGAIN_SECONDS)
            try:
                self._runtime.offload(send, self._server, step, text)
            except (OSError, smtplib.SMTPException) as error:
                report(self._log, "A mail to those on call could not be sent.", error)
            else:
                self._log.info("Those on call were called.", count=calls)
                return


class NoAlarm:
    """The port Alarm where no chain is set: the desks are told, and the log says that nobody else was."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def call(self, line: LineId, calls: int) -> None:  # noqa: ARG002 - of the port
        """Say that there is nobody to call."""
        self._log.warning("Nobody is at a desk, and nobody is on call.", count=calls)


def send(server: MailServer, addresses: Sequence[str], text: Text) -> None:
    """Send one mail to each address: they do not see each other's.

    Raises:
        OSError, smtplib.SMTPException: not every one was taken; the others were.
    """
    refused: smtplib.SMTPException | None = None
    with _open(server) as post:
        for address in addresses:
            try:
                post.send_message(_mail(server, address, text))
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                refused = error
    if refused is not None:
        raise refused


def _open(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    name = "localhost"  # rather than this machine's own name
    post: smtplib.SMTP
    if server.security is MailSecurity.TLS:
        post = smtplib.SMTP_SSL(server.host, server.port, name, timeout=ANSWER_SECONDS, context=trusted)
    else:
        post = smtplib.SMTP(server.host, server.port, name, timeout=ANSWER_SECONDS)
    try:
        if server.security is MailSecurity.STARTTLS:
            post.starttls(context=trusted)
        if server.name:
            post.login(server.name, server.password.value)
    except BaseException:
        post.close()
        raise
    return post


def _mail(server: MailServer, address: str, text: Text) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = server.sender, address, text.subject
    mail["Date"] = formatdate()
    mail["Message-ID"] = make_msgid(domain=server.sender.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday answer comes back
    mail.set_content(text.body)
    return mail
