"""However it ends, nothing of it is left in any store, nor anywhere else in the memory that the helpline can reach."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from helpline.adapters.memory.mailbox import MemoryMailbox
from helpline.sockets.publisher import SocketPublisher
from tests.envelopes import KEY_PACKAGE, WELCOME, sealed
from tests.integration.inside import Inside, settles
from tests.integration.people import End, Pair, counsellor, person, to64

HERS, OURS = sealed(b"hers, on the way"), sealed(b"ours, on the way")


@dataclass
class Story:
    """Two who talk, with envelopes in both directions that nobody has taken; and what must be forgotten of them."""

    inside: Inside
    pair: Pair
    ticket: str
    secrets: tuple[bytes, ...]

    def left(self) -> set[str]:
        return self.inside.in_stores(self.secrets) | self.inside.anywhere(self.secrets)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("purge") / "home"


@pytest.fixture
def inside(home: Path) -> Iterator[Inside]:
    built = Inside(home)
    with built.served():
        yield built


@pytest.fixture
def story(inside: Inside) -> Iterator[Story]:
    told = begin(inside)
    yield told
    told.pair.person.goes()
    told.pair.counsellor.goes()


def begin(inside: Inside) -> Story:
    pair = Pair(inside.demo)
    assert pair.still_talk()
    ticket = ticket_of(inside)
    assert pair.person.says("envelope", seq=2, bytes=to64(HERS))["ok"]
    assert pair.counsellor.says("envelope", conversation=pair.conversation, seq=1, bytes=to64(OURS))["ok"]
    pair.counsellor.hears("envelope")
    pair.person.hears("envelope")
    raw = (ticket.encode(), pair.conversation.encode(), HERS, OURS, KEY_PACKAGE, WELCOME)
    return Story(inside, pair, ticket, raw + tuple(base64.b64encode(each) for each in raw[2:]))


def ticket_of(inside: Inside) -> str:
    return next(str(value) for place, value in inside.helpline.stores["sockets.person"].walk() if place == "name")


def the_counsellor_ends(story: Story) -> None:
    assert story.pair.counsellor.says("end", conversation=story.pair.conversation)["ok"]
    assert story.pair.person.hears("ended") == {"by": "counsellor"}


def the_person_ends(story: Story) -> None:
    assert story.pair.person.says("end")["ok"]
    assert story.pair.counsellor.hears("ended")["by"] == "person"


def the_person_ends_and_is_gone(story: Story) -> None:
    the_person_ends(story)
    story.pair.person.goes()


def an_hour_passes_without_her_end(story: Story) -> None:
    story.pair.person.goes()
    assert story.pair.counsellor.hears("peer")["state"] == "lost"
    story.inside.passes(minutes=59)
    assert story.left() != set(), "ten minutes or fifty-nine without a network are no end"
    story.inside.passes(minutes=1)
    assert story.pair.counsellor.hears("ended")["by"] == "silence"


def the_desk_comes_back_without_its_keys(story: Story) -> None:
    story.pair.counsellor.goes()
    assert story.pair.person.hears("peer") == {"state": "lost"}
    story.pair.counsellor = counsellor(story.inside.demo)
    assert story.pair.person.hears("ended") == {"by": "gone"}


ENDINGS: tuple[Callable[[Story], None], ...] = (
    the_counsellor_ends, the_person_ends, the_person_ends_and_is_gone, an_hour_passes_without_her_end,
    the_desk_comes_back_without_its_keys,
)


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_left_but_a_hash_and_after_a_quarter_of_an_hour_not_even_that(
    story: Story, ending: Callable[[Story], None]
) -> None:
    told = {place.split(":")[0] for place in story.inside.in_stores(story.secrets)}
    assert told >= {"conversations", "mailbox", "sockets.person"}, "they talk, and the walk sees it"

    ending(story)
    story.inside.passes(seconds=1)

    assert settles(story.left) == set()
    remembered = [sha256(story.ticket.encode()).digest()]
    assert story.inside.in_stores(remembered) == {"conversations: conversations.closed.key"}
    story.inside.passes(minutes=15)
    assert story.inside.in_stores(remembered) | story.inside.anywhere(remembered) == set()


def test_the_search_reaches_the_connections_of_the_libraries_too(story: Story) -> None:
    held = story.inside.helpline.stores["sockets.person"].walk()
    connection = next(str(value).encode() for place, value in held if place == "connection")

    assert "Socket" in story.inside.anywhere([connection])


def waits(inside: Inside) -> tuple[End, tuple[bytes, ...]]:
    """Let somebody wait whom nobody answers."""
    her = person(inside.demo)
    wait = {"line": "adults", "language": "fr", "wish": "whoever", "key_package": to64(KEY_PACKAGE)}
    assert her.says("wait", **wait)["ok"]
    return her, (ticket_of(inside).encode(), KEY_PACKAGE, base64.b64encode(KEY_PACKAGE))


@pytest.mark.parametrize(
    ("goes", "minutes"), [(lambda her: her.says("leave"), 0), (End.goes, 10)], ids=["she leaves", "her page is gone"]
)
def test_of_one_who_only_waited_nothing_is_left_either(
    inside: Inside, goes: Callable[[End], object], minutes: int
) -> None:
    her, secrets = waits(inside)
    assert inside.in_stores(secrets)

    goes(her)
    assert settles(lambda: {place for place in inside.in_stores(secrets) if place.startswith("sockets")}) == set()
    inside.passes(minutes=minutes)

    assert settles(lambda: inside.in_stores(secrets) | inside.anywhere(secrets)) == set()
    her.goes()


# -- planted faults --------------------------------------------------------------------------------------------------


def test_a_store_that_keeps_is_found(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryMailbox, "drop", lambda *_: None)

    the_person_ends(story)

    assert {place.split(":")[0] for place in story.inside.in_stores(story.secrets)} == {"mailbox"}


def test_what_is_kept_outside_every_store_is_found(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    send = SocketPublisher._send

    def keeps(publisher: SocketPublisher, *said: object) -> None:
        publisher.__dict__.setdefault("kept", []).append(said)
        send(publisher, *said)  # type: ignore[arg-type]

    monkeypatch.setattr(SocketPublisher, "_send", keeps)
    story = begin(inside)

    the_person_ends(story)

    assert story.inside.in_stores(story.secrets) == set()
    assert "dict" in story.inside.anywhere(story.secrets)
    story.pair.person.goes()
    story.pair.counsellor.goes()
