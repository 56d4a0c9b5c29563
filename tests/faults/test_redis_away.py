"""A Redis that is killed, empty, or stands still: a clear answer meanwhile, and everything works when it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from helpline.adapters.redis.errors import WrongScript
from helpline.adapters.redis.keys import LIFE_SECONDS
from helpline.adapters.redis.publisher import RedisPublisher
from helpline.adapters.redis.scripts import Script
from helpline.adapters.redis.stores import RedisStores, open_redis
from helpline.domain.conversation import Conversation, Counts
from helpline.domain.envelope import Header
from helpline.domain.errors import NotYet, StoreAway
from helpline.domain.half import KeyHalf
from helpline.domain.ids import ConversationId, EndedBy, OfferId, Side, StaffId, Ticket, Wish
from helpline.domain.presence import Present
from helpline.domain.waiting import WaitingPerson
from tests.fakes import ADULTS, FRENCH, NOON, RecordingPublisher
from tests.redis_server import RedisServer, redis_server

pytestmark = pytest.mark.integration

ADA, ANNE, TALK = StaffId("ada"), Ticket("anne"), ConversationId("talk")
TEXT = Header(1, is_commit=False)
PERSON = WaitingPerson(
    ticket=ANNE, line=ADULTS, language=FRENCH, wish=Wish.WHOEVER, joined_at=NOON, key_package=b"package"
)
OPENED = Conversation(id=TALK, ticket=ANNE, staff_id=ADA, line=ADULTS, language=FRENCH, opened_at=NOON)
PATIENCE_SECONDS = 10.0

ASKS: dict[str, Callable[[RedisStores], object]] = {
    "room.join": lambda stores: stores.room.join(PERSON, 3),
    "room.everybody": lambda stores: stores.room.everybody(),
    "room.take": lambda stores: stores.room.take(ADA, OfferId("offer"), NOON, NOON),
    "room.is_free": lambda stores: stores.room.is_free(ADA, cap=1),
    "presence.get": lambda stores: stores.presence.get(ADA),
    "presence.replace": lambda stores: stores.presence.replace(ADA, None, Present(staff_id=ADA)),
    "conversations.open": lambda stores: stores.conversations.open(OPENED),
    "conversations.by_ticket": lambda stores: stores.conversations.by_ticket(ANNE),
    "conversations.close": lambda stores: stores.conversations.close(TALK, NOON, EndedBy.PERSON),
    "mailbox.append": lambda stores: stores.mailbox.append(TALK, Side.PERSON, 1, TEXT, b"sealed"),
    "mailbox.hello": lambda stores: stores.mailbox.hello(TALK, Side.PERSON, Counts()),
    "mailbox.drop": lambda stores: stores.mailbox.drop(TALK),
    "attempts.begin": lambda stores: stores.attempts.begin("ada", NOON),
    "routes.bind": lambda stores: stores.routes.bind("p:anne", "worker"),
    "routes.reap": lambda stores: stores.routes.reap(NOON),
    "halves.replace": lambda stores: stores.halves.replace(TALK, None, KeyHalf(key=b"k" * 32)),
    "alarms.everything": lambda stores: stores.alarms.everything(),
    "admissions.asked": lambda stores: stores.admissions.asked(ADULTS, NOON),
    "store_epoch.current": lambda stores: stores.store_epoch.current(),
    "keep": lambda stores: stores.keep(),
}


@pytest.fixture
def server() -> Iterator[RedisServer]:
    with redis_server() as started:
        yield started


@pytest.fixture
def stores(server: RedisServer) -> Iterator[RedisStores]:
    opened = open_redis(server.url, b"a secret of a test")
    yield opened
    opened.close()


def test_whatever_is_asked_of_one_that_is_away_is_answered_with_not_yet(
    server: RedisServer, stores: RedisStores
) -> None:
    server.kill()

    for name, ask in ASKS.items():
        with pytest.raises(NotYet) as refused:
            ask(stores)
        assert (name, refused.value.code, str(refused.value)) == (name, "not_yet", "not_yet")


def test_back_and_empty_it_works_at_once_and_its_epoch_is_another(server: RedisServer, stores: RedisStores) -> None:
    epoch = stores.store_epoch.current()
    stores.room.join(PERSON, 3)
    server.kill()
    server.start()

    with pytest.raises(StoreAway):  # whose answer was cut off is told so, once
        stores.room.everybody()
    assert stores.room.everybody() == ()
    assert stores.store_epoch.current() not in ("", epoch)
    assert stores.room.rejoin(PERSON).ticket == ANNE
    stores.conversations.open(OPENED)
    stores.mailbox.open(TALK, rebuilt=True)
    assert stores.mailbox.append(TALK, Side.PERSON, 1, TEXT, b"sealed")[1]


def test_everybody_who_waits_for_one_that_stands_still_is_answered_within_seconds(
    server: RedisServer, stores: RedisStores
) -> None:
    """All who gathered share one wait: it is not one wait after another."""
    server.freeze()
    answers: list[BaseException] = []

    def ask() -> None:
        with pytest.raises(StoreAway) as refused:
            stores.presence.get(ADA)
        answers.append(refused.value)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    began_at = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    took = time.monotonic() - began_at
    server.thaw()

    assert len(answers) == len({id(each) for each in answers}) == 20
    assert took < PATIENCE_SECONDS - 1
    assert stores.presence.get(ADA) is None


def test_a_full_one_refuses_and_loses_nothing(server: RedisServer, stores: RedisStores) -> None:
    stores.conversations.open(OPENED)
    stores.mailbox.open(TALK)
    stores.mailbox.welcome(TALK, b"welcome")
    server.do("CONFIG", "SET", "maxmemory", "1")

    with pytest.raises(StoreAway):
        stores.mailbox.append(TALK, Side.COUNSELLOR, 1, TEXT, b"sealed")

    server.do("CONFIG", "SET", "maxmemory", "256mb")
    assert stores.conversations.get(TALK) == OPENED
    assert stores.mailbox.append(TALK, Side.COUNSELLOR, 1, TEXT, b"sealed")[1]


def test_scripts_that_somebody_removed_are_brought_again(server: RedisServer, stores: RedisStores) -> None:
    server.do("SCRIPT", "FLUSH")

    with pytest.raises(StoreAway):
        stores.room.join(PERSON, 3)
    assert stores.room.join(PERSON, 3).ticket == ANNE


def test_a_fault_of_a_script_is_said_by_its_name_and_the_others_go_on(stores: RedisStores) -> None:
    text = b"return redis.call('HGET', KEYS[1])"
    broken = Script("broken", text, stores.wire.do("SCRIPT", "LOAD", text))

    with pytest.raises(WrongScript, match="broken"):
        stores.wire.run(broken, [b"h:x"])
    assert stores.presence.get(ADA) is None


def test_whoever_could_not_be_rung_is_told_to_ask_again(server: RedisServer, stores: RedisStores) -> None:
    here = Here()
    publisher = RedisPublisher(stores.wire, here, "here", moved=lambda _name: None)
    stores.routes.bind("p:anne", "here")
    server.kill()
    publisher.to_person(ANNE, "envelope", {"seq": 1, "bytes": b"sealed"})
    publisher.close_desk(ADA, "not_signed_in")
    server.start()
    here.clear()

    publisher.pay()  # the first finds the connection broken
    publisher.pay()
    publisher.pay()

    assert here.of(ANNE, "resync")[-1] == {}
    assert (ADA, "not_signed_in") in here.closed
    here.clear()
    publisher.pay()
    assert here.told == []


class Here(RecordingPublisher):
    """The pages of this process."""

    def __init__(self) -> None:
        super().__init__()
        self.closed: list[tuple[StaffId, str]] = []

    def close_desk(self, staff_id: StaffId, code: str) -> None:
        self.closed.append((staff_id, code))


def test_every_key_ends_by_itself_unless_it_is_kept(server: RedisServer, stores: RedisStores) -> None:
    stores.room.join(PERSON, 3)
    stores.presence.replace(ADA, None, Present(staff_id=ADA))
    stores.conversations.open(OPENED)
    stores.mailbox.open(TALK)
    stores.mailbox.welcome(TALK, b"welcome")
    stores.mailbox.append(TALK, Side.COUNSELLOR, 1, TEXT, b"sealed")
    stores.mailbox.append(TALK, Side.PERSON, 1, TEXT, b"sealed")
    stores.attempts.begin("ada", NOON)
    stores.routes.bind("p:anne", "worker")
    stores.halves.replace(TALK, None, KeyHalf(key=b"k" * 32))
    stores.store_epoch.current()

    keys = server.do("KEYS", "*")
    assert len(keys) >= 15
    assert all(key.startswith(b"h:") for key in keys)
    assert all(0 < server.do("TTL", key) <= LIFE_SECONDS for key in keys)

    for key in keys:
        server.do("EXPIRE", key, 60)
    stores.keep()
    left = {key for key in keys if server.do("TTL", key) <= 60}
    assert left <= {b"h:{attempts}:count", b"h:{attempts}:last"}  # which nobody's presence prolongs


def test_keeping_is_done_by_one_process_once_a_minute(server: RedisServer) -> None:
    now = [0.0]
    first, second = (open_redis(server.url, b"a secret of a test", steady=lambda: now[0]) for _ in range(2))
    first.store_epoch.current()
    for stores, kept in ((first, True), (first, False), (second, False)):
        server.do("EXPIRE", "h:epoch", 60)
        stores.keep()
        assert (server.do("TTL", "h:epoch") > 60) is kept
    now[0] += timedelta(minutes=1).total_seconds()
    server.do("DEL", "h:keeper")
    second.keep()
    assert server.do("TTL", "h:epoch") > 60
    first.close()
    second.close()
