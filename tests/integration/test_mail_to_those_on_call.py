"""Mail to those on call really leaves, and a mail server that is away does not end the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from helpline.adapters.on_call import FixedChain
from helpline.adapters.smtp import TRIES, NoAlarm, SmtpAlarm, Text
from helpline.domain.ids import LineId
from helpline.settings import MailSecurity, MailServer, Secret
from tests.fakes import ADULTS, HandClock
from tests.mail_server import MailBox, mail_server
from tests.unit.web_staff.staff_program import SilentLog

pytestmark = pytest.mark.integration

WORDS = "Merci de regarder le planning déjà."
CHAIN = (("first@example.org", "second@example.org"), ("third@example.org",), ("last@example.org",))


class AtOnce:
    """A runtime that does everything at once; `before_sleep` is done when somebody waits."""

    def __init__(self, before_sleep: Callable[[], None] = lambda: None) -> None:
        self.slept: list[float] = []
        self._before_sleep = before_sleep

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        work(*args)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._before_sleep()

    def offload(self, work: Callable[..., object], *args: object) -> object:
        return work(*args)


@pytest.fixture
def box() -> Iterator[MailBox]:
    with mail_server() as here:
        yield here


def alarm(box: MailBox, runtime: AtOnce, log: SilentLog, chain: tuple[tuple[str, ...], ...] = CHAIN) -> SmtpAlarm:
    server = MailServer(
        host="127.0.0.1", port=box.port, security=MailSecurity.NONE, name="", password=Secret(""),
        sender="planner@example.org",
    )

    def text(_line: LineId) -> Text:
        return Text(subject="Planning", body=WORDS)

    return SmtpAlarm(
        server=server, chain=FixedChain(chain), text=text, runtime=runtime, clock=HandClock(), log=log,
    )


def test_each_step_reaches_the_mail_server_and_the_last_one_is_called_over_and_over(box: MailBox) -> None:
    calls = alarm(box, AtOnce(), SilentLog())
    for number in (1, 2, 3, 4, 5):
        calls.call(ADULTS, number)

    assert [to for to, _ in box.wait_for(6)] == [
        "first@example.org", "second@example.org", "third@example.org", *["last@example.org"] * 3
    ]


def test_a_mail_names_its_reader_alone_and_says_what_it_was_given(box: MailBox) -> None:
    alarm(box, AtOnce(), SilentLog()).call(ADULTS, 1)

    (_, first), (_, second) = box.wait_for(2)
    assert (first["To"], second["To"]) == ("first@example.org", "second@example.org")
    assert (first["From"], first["Subject"]) == ("planner@example.org", "Planning")
    assert first.get_content().strip() == WORDS
    assert set(first.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
        "MIME-Version",
    }


def test_a_mail_server_that_comes_back_is_tried_again(box: MailBox) -> None:
    box.broken = True
    log = SilentLog()
    runtime = AtOnce(before_sleep=lambda: setattr(box, "broken", False))

    alarm(box, runtime, log).call(ADULTS, 2)

    assert [to for to, _ in box.wait_for(1)] == ["third@example.org"]
    assert len(log.errors) == len(runtime.slept) == 1


def test_a_mail_server_that_stays_away_is_logged_without_an_address(box: MailBox) -> None:
    box.broken, log = True, SilentLog()

    alarm(box, AtOnce(), log).call(ADULTS, 1)

    assert len(log.errors) == TRIES
    assert all("@" not in str(error) for error in log.errors)


def test_one_address_that_is_refused_keeps_no_other_from_its_mail(box: MailBox) -> None:
    box.unknown.add("first@example.org")
    log = SilentLog()

    alarm(box, AtOnce(), log).call(ADULTS, 1)

    assert "second@example.org" in [to for to, _ in box.wait_for(1)]
    assert log.errors


def test_a_chain_without_a_step_is_said_in_the_log_and_breaks_nothing(box: MailBox) -> None:
    log = SilentLog()

    alarm(box, AtOnce(), log, chain=()).call(ADULTS, 1)
    NoAlarm(log).call(ADULTS, 1)

    assert [error["event"] for error in log.errors] == ["Nobody could be called."]
