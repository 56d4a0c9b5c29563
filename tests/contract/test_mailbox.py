"""What every mailbox does: nothing lost, nothing twice, nothing out of order, nothing kept."""

from __future__ import annotations

import pytest

from helpline.domain.conversation import Counts, Receipt, Standing
from helpline.domain.envelope import Header
from helpline.domain.errors import ForbiddenMessage, NoSuchConversation, NotYet, OutOfOrder, StaleEpoch, TooMany
from helpline.domain.ids import ConversationId, Side
from helpline.domain.numbers import ENVELOPE_BYTES_MAX, UNDELIVERED_BYTES_MAX, UNDELIVERED_MAX
from helpline.ports import Mailbox
from tests.contract.adapters import MAILBOXES

pytestmark = pytest.mark.unit

TALK = ConversationId("talk")
PERSON, COUNSELLOR = Side.PERSON, Side.COUNSELLOR
TEXT = Header(1, is_commit=False)


@pytest.fixture(params=MAILBOXES)
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    mailbox = MAILBOXES[request.param]()
    mailbox.open(TALK)
    mailbox.welcome(TALK, b"welcome")
    return mailbox


def commit(epoch: int) -> Header:
    return Header(epoch, is_commit=True)


def send(mailbox: Mailbox, sender: Side, seq: int, header: Header = TEXT, envelope: bytes = b"sealed") -> bool:
    receipt, is_new = mailbox.append(TALK, sender, seq, header, envelope)
    assert receipt == Receipt(seq=seq, epoch=header.epoch)
    return is_new


def test_both_directions_count_for_themselves(mailbox: Mailbox) -> None:
    assert send(mailbox, PERSON, 1, envelope=b"from her")
    assert send(mailbox, COUNSELLOR, 1, envelope=b"to her")

    assert list(mailbox.undelivered(TALK, COUNSELLOR)) == [(1, b"from her")]
    assert list(mailbox.undelivered(TALK, PERSON)) == [(1, b"to her")]


def test_the_same_number_again_is_answered_alike_and_not_kept_again(mailbox: Mailbox) -> None:
    assert send(mailbox, PERSON, 1, envelope=b"first")
    assert not send(mailbox, PERSON, 1, envelope=b"another")
    mailbox.acknowledge(TALK, COUNSELLOR, 1)
    assert not send(mailbox, PERSON, 1, envelope=b"first")

    assert list(mailbox.undelivered(TALK, COUNSELLOR)) == []


def test_a_commit_sent_again_is_a_duplicate_and_not_stale(mailbox: Mailbox) -> None:
    assert send(mailbox, COUNSELLOR, 1, commit(1))
    assert not send(mailbox, COUNSELLOR, 1, commit(1))
    assert send(mailbox, COUNSELLOR, 2, commit(2))


@pytest.mark.parametrize("seq", [2, 3, 1_000_000])
def test_a_gap_is_refused(mailbox: Mailbox, seq: int) -> None:
    with pytest.raises(OutOfOrder):
        send(mailbox, PERSON, seq)
    assert list(mailbox.undelivered(TALK, COUNSELLOR)) == []


@pytest.mark.parametrize("epoch", [0, 2, 7])
def test_a_commit_of_any_epoch_but_the_present_one_is_stale_and_costs_no_number(mailbox: Mailbox, epoch: int) -> None:
    with pytest.raises(StaleEpoch):
        send(mailbox, PERSON, 1, commit(epoch))

    assert send(mailbox, PERSON, 1, commit(1))


def test_texts_move_no_epoch(mailbox: Mailbox) -> None:
    for seq in (1, 2, 3):
        send(mailbox, PERSON, seq, Header(9, is_commit=False))

    assert send(mailbox, COUNSELLOR, 1, commit(1))


def test_acknowledging_drops_up_to_the_number_and_is_news_once(mailbox: Mailbox) -> None:
    for seq in (1, 2, 3):
        send(mailbox, PERSON, seq, envelope=bytes([seq]))

    assert mailbox.acknowledge(TALK, COUNSELLOR, 2)
    assert not mailbox.acknowledge(TALK, COUNSELLOR, 2)
    assert not mailbox.acknowledge(TALK, COUNSELLOR, 1)
    assert not mailbox.acknowledge(TALK, COUNSELLOR, 0)
    assert list(mailbox.undelivered(TALK, COUNSELLOR)) == [(3, b"\x03")]


def test_nobody_can_hold_what_was_never_sent(mailbox: Mailbox) -> None:
    send(mailbox, PERSON, 1)

    with pytest.raises(OutOfOrder):
        mailbox.acknowledge(TALK, COUNSELLOR, 2)
    with pytest.raises(OutOfOrder):
        mailbox.acknowledge(TALK, PERSON, 1)


def test_a_mailbox_takes_so_many_and_then_again_when_they_are_held(mailbox: Mailbox) -> None:
    for seq in range(1, UNDELIVERED_MAX + 1):
        send(mailbox, PERSON, seq)

    with pytest.raises(TooMany):
        send(mailbox, PERSON, UNDELIVERED_MAX + 1)
    assert send(mailbox, COUNSELLOR, 1)
    mailbox.acknowledge(TALK, COUNSELLOR, 1)
    assert send(mailbox, PERSON, UNDELIVERED_MAX + 1)


def test_a_mailbox_takes_so_many_bytes_and_a_refused_commit_moves_no_epoch(mailbox: Mailbox) -> None:
    fits = UNDELIVERED_BYTES_MAX // ENVELOPE_BYTES_MAX
    for seq in range(1, fits + 1):
        send(mailbox, PERSON, seq, envelope=bytes(ENVELOPE_BYTES_MAX))

    with pytest.raises(TooMany):
        send(mailbox, PERSON, fits + 1, commit(1), bytes(ENVELOPE_BYTES_MAX))
    mailbox.acknowledge(TALK, COUNSELLOR, fits)
    assert send(mailbox, PERSON, fits + 1, commit(1))


def test_nothing_goes_in_before_the_welcome_and_the_welcome_passes_once(mailbox: Mailbox) -> None:
    young = ConversationId("young")
    mailbox.open(young)

    with pytest.raises(ForbiddenMessage):
        mailbox.append(young, COUNSELLOR, 1, TEXT, b"sealed")
    assert mailbox.welcome(young, b"welcome")
    assert not mailbox.welcome(young, b"welcome")
    with pytest.raises(ForbiddenMessage):
        mailbox.welcome(young, b"another")
    mailbox.append(young, COUNSELLOR, 1, TEXT, b"sealed")


def test_the_welcome_is_kept_until_she_shows_that_she_holds_it(mailbox: Mailbox) -> None:
    send(mailbox, COUNSELLOR, 1)
    assert mailbox.held_welcome(TALK) == b"welcome"

    mailbox.acknowledge(TALK, PERSON, 1)

    assert mailbox.held_welcome(TALK) is None


def test_coming_back_drops_what_is_held_and_tells_what_was_missed(mailbox: Mailbox) -> None:
    for seq in (1, 2, 3):
        send(mailbox, COUNSELLOR, seq, envelope=b"%d" % seq)
    send(mailbox, PERSON, 1)

    standing = mailbox.hello(TALK, PERSON, Counts(have=1, acked=0))

    assert standing == Standing(taken=1, acked=0, envelopes=((2, b"2"), (3, b"3")))
    assert mailbox.hello(TALK, PERSON, Counts(have=1, acked=0)) == standing
    assert mailbox.hello(TALK, COUNSELLOR, Counts(have=1, acked=1)) == Standing(taken=3, acked=1)


@pytest.mark.parametrize("counts", [Counts(have=1), Counts(acked=1)])
def test_nobody_comes_back_with_more_than_there_was(mailbox: Mailbox, counts: Counts) -> None:
    with pytest.raises(OutOfOrder):
        mailbox.hello(TALK, PERSON, counts)


@pytest.fixture(params=MAILBOXES)
def rebuilt(request: pytest.FixtureRequest) -> Mailbox:
    mailbox = MAILBOXES[request.param]()
    mailbox.open(TALK, rebuilt=True)
    return mailbox


def test_a_rebuilt_mailbox_learns_from_its_ends_and_goes_on_from_what_they_hold(rebuilt: Mailbox) -> None:
    assert rebuilt.hello(TALK, PERSON, Counts(have=5, acked=3)) == Standing(taken=3, acked=3)
    assert rebuilt.hello(TALK, COUNSELLOR, Counts(have=4, acked=2)) == Standing(taken=5, acked=5)
    assert send(rebuilt, PERSON, 5)
    assert not send(rebuilt, PERSON, 4), "the desk holds it already"


def test_a_commit_waits_until_both_ends_have_said_where_they_are(rebuilt: Mailbox) -> None:
    rebuilt.hello(TALK, PERSON, Counts(epoch=3, floor=3))
    with pytest.raises(NotYet):
        send(rebuilt, PERSON, 1, commit(3))
    assert send(rebuilt, PERSON, 1, Header(3, is_commit=False))

    rebuilt.hello(TALK, COUNSELLOR, Counts(epoch=3, floor=3))

    assert send(rebuilt, PERSON, 2, commit(3))
    with pytest.raises(StaleEpoch):
        send(rebuilt, COUNSELLOR, 1, commit(3))
    assert send(rebuilt, COUNSELLOR, 1, commit(4))


@pytest.mark.parametrize("loser_first", [True, False])
def test_a_commit_that_was_ordered_before_the_loss_wins_again_and_the_loser_loses_again(
    rebuilt: Mailbox, loser_first: bool
) -> None:
    rebuilt.hello(TALK, PERSON, Counts(epoch=3, floor=3))
    rebuilt.hello(TALK, COUNSELLOR, Counts(epoch=4, floor=3))  # hers for epoch 3 was taken, and adopted by her alone

    if loser_first:
        with pytest.raises(StaleEpoch):
            send(rebuilt, PERSON, 1, commit(3))
    assert send(rebuilt, COUNSELLOR, 1, commit(3))
    with pytest.raises(StaleEpoch):
        send(rebuilt, PERSON, 1, commit(3))


def test_a_dropped_mailbox_is_nowhere(mailbox: Mailbox) -> None:
    send(mailbox, PERSON, 1)
    assert b"sealed" in [value for _, value in mailbox.walk()]
    mailbox.drop(TALK)
    mailbox.drop(TALK)

    assert list(mailbox.walk()) == []
    for ask in (
        lambda: send(mailbox, PERSON, 2),
        lambda: mailbox.acknowledge(TALK, PERSON, 1),
        lambda: mailbox.undelivered(TALK, PERSON),
        lambda: mailbox.welcome(TALK, b"welcome"),
    ):
        with pytest.raises(NoSuchConversation):
            ask()
