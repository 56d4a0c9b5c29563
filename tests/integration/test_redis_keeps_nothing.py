"""The shipped Redis writes nothing, tells nothing and lets the helpline do nothing but its work; others are refused."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from helpline.adapters.redis.address import Address
from helpline.adapters.redis.errors import NoRedis, SavesToDisk
from helpline.adapters.redis.safety import MUST, refusals
from helpline.adapters.redis.stores import open_redis
from helpline.domain.ids import ConversationId
from tests.redis_server import PASSWORD, RedisServer, redis_server

pytestmark = pytest.mark.integration

KEY = b"a secret of a test"
FORBIDDEN = (
    "SAVE", "BGSAVE", "BGREWRITEAOF", "CONFIG SET save 1", "CONFIG SET dir /tmp", "CONFIG REWRITE", "CONFIG RESETSTAT",
    "MONITOR", "SLOWLOG GET", "SLOWLOG LEN", "LATENCY LATEST", "DEBUG SLEEP 0", "DEBUG SEGFAULT", "SHUTDOWN",
    "SHUTDOWN NOSAVE", "KEYS *", "FLUSHALL", "FLUSHDB", "CLIENT LIST", "CLIENT KILL TYPE normal", "ACL LIST",
    "ACL GETUSER helpline", "ACL SETUSER helpline +@all", "MODULE LIST", "REPLICAOF 127.0.0.1 1", "SYNC",
    "PSYNC ? -1", "FAILOVER", "SWAPDB 0 1", "MIGRATE x 1 h:x 0 1", "RESTORE h:x 0 x", "DUMP h:x", "RANDOMKEY",
    "SCRIPT FLUSH", "FUNCTION FLUSH", "LASTSAVE", "ROLE",
    "GET secret", "SET secret 1", "PUBLISH secret 1", "SUBSCRIBE secret", "PSUBSCRIBE *",
)


@pytest.fixture(scope="module")
def server() -> Iterator[RedisServer]:
    with redis_server() as started:
        yield started


def as_helpline(server: RedisServer) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(server.socket), username="helpline", password=PASSWORD, protocol=2)


@pytest.mark.parametrize("command", FORBIDDEN)
def test_the_helplines_account_may_do_nothing_but_its_work(server: RedisServer, command: str) -> None:
    with as_helpline(server) as connection, pytest.raises(redis.ResponseError) as refused:
        connection.execute_command(*command.split())

    assert isinstance(refused.value, redis.exceptions.NoPermissionError) or command.startswith("DEBUG")


def test_a_script_may_do_no_more(server: RedisServer) -> None:
    with as_helpline(server) as connection:
        for inside in ("redis.call('SAVE')", "redis.call('CONFIG', 'SET', 'save', '1')", "redis.call('GET', 'secret')"):
            with pytest.raises(redis.ResponseError):
                connection.eval(inside, 0)


def test_nobody_comes_in_without_a_password(server: RedisServer) -> None:
    for who in ({}, {"password": PASSWORD}, {"username": "helpline", "password": "another"}):
        connection = redis.Redis(unix_socket_path=str(server.socket), protocol=2, **who)  # type: ignore[arg-type]
        with connection, pytest.raises(redis.RedisError):
            connection.get("h:x")


def test_an_account_that_may_do_more_is_seen_to_do_it(server: RedisServer) -> None:
    """The planted fault: what is refused above is not refused by itself."""
    assert server.do("SLOWLOG", "LEN") == 0
    assert server.do("KEYS", "*") is not None


def test_only_its_own_group_reaches_the_socket_and_there_is_no_port(server: RedisServer) -> None:
    assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
    assert server.do("CONFIG", "GET", "port")[1] == b"0"


def test_ending_it_writes_no_file(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    server.start()
    stores = open_redis(server.url, KEY)
    stores.mailbox.open(ConversationId("talk"))
    writing = [str(each.readlink()) for each in Path(f"/proc/{server.pid}/fd").iterdir()]
    stores.close()
    server.stop()

    assert {each.name for each in tmp_path.rglob("*")} <= {"users.acl", "redis.sock"}
    assert not [each for each in writing if each.startswith("/") and not each.startswith("/dev/")]


def test_one_that_saves_when_it_ends_is_seen_to_write_a_file(tmp_path: Path) -> None:
    server = RedisServer(tmp_path, ("--save", "3600 1", "--dir", str(tmp_path), "--shutdown-on-sigterm", "save"))
    server.start()
    server.do("SET", "h:x", "1")
    server.stop()

    assert "dump.rdb" in {each.name for each in tmp_path.rglob("*")}


@pytest.mark.parametrize(("more", "named"), [
    (("--save", "3600 1"), "save"),
    (("--maxmemory-policy", "allkeys-lru"), "maxmemory-policy"),
])
def test_a_server_that_would_save_or_lose_in_silence_is_refused_in_a_sentence(
    more: tuple[str, ...], named: str
) -> None:
    with redis_server(*more) as server, pytest.raises(SavesToDisk) as refused:
        open_redis(server.url, KEY)

    assert named in str(refused.value)
    assert str(refused.value).endswith("use config/redis.conf.")
    assert "\n" not in str(refused.value)


def test_a_server_with_a_journal_is_refused(tmp_path: Path) -> None:
    with redis_server("--appendonly", "yes", "--dir", str(tmp_path)) as server, pytest.raises(SavesToDisk):
        open_redis(server.url, KEY)


def test_a_server_that_hides_its_settings_is_refused_once_it_has_saved(tmp_path: Path) -> None:
    with redis_server("--save", "3600 1", "--dir", str(tmp_path)) as server:
        server.do("ACL", "SETUSER", "helpline", "-config|get")
        server.do("SET", "h:x", "1")
        server.do("SAVE")

        with pytest.raises(SavesToDisk, match="rdb_saves"):
            open_redis(server.url, KEY)


def test_a_server_that_begins_to_save_later_is_not_used_again(server: RedisServer) -> None:
    stores = open_redis(server.url, KEY)
    server.do("CONFIG", "SET", "save", "3600 1")
    stores.wire.close()
    try:
        with pytest.raises(SavesToDisk):
            Address(server.url).connect()
        with pytest.raises(Exception, match="not_yet"):
            stores.mailbox.open(ConversationId("talk"))
    finally:
        server.do("CONFIG", "SET", "save", "")


def test_what_is_not_known_is_not_refused() -> None:
    assert refusals(dict(MUST), {}) == []
    assert refusals(None, {"aof_enabled": "0"}) == []
    assert len(refusals({**MUST, "save": "1 1"}, {"aof_enabled": "1"})) == 2


def test_the_shipped_settings_need_no_advice_and_others_do(server: RedisServer) -> None:
    assert Address(server.url).advice() == []
    with redis_server("--slowlog-max-len", "128", "--crash-log-enabled", "yes") as other:
        assert len(Address(other.url).advice()) == 2


def test_no_server_and_a_wrong_password_are_told_in_a_sentence_that_names_neither(
    server: RedisServer, tmp_path: Path
) -> None:
    for url in (f"unix://helpline:{PASSWORD}@{tmp_path}/none.sock", server.url.replace(PASSWORD, "mistyped")):
        with pytest.raises(NoRedis) as refused:
            open_redis(url, KEY)
        said = str(refused.value)
        assert not any(word in said for word in ("mistyped", PASSWORD, str(tmp_path), str(server.socket)))
        assert said.endswith(".")
    assert PASSWORD not in repr(Address(server.url))
