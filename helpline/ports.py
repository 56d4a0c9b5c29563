"""What the use cases need from outside: each Protocol has one contract suite, run over all its adapters.

Every operation is one step: whole or not at all, whoever else is at it, so that a store can do it in one script.
No operation publishes, waits, or calls another port.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar, runtime_checkable

from helpline.domain.bands import Place
from helpline.domain.conversation import Conversation, Counts, Receipt, Standing
from helpline.domain.envelope import Header
from helpline.domain.half import KeyHalf
from helpline.domain.ids import ConversationId, EndedBy, Language, LineId, OfferId, Side, StaffId, Ticket, Wish
from helpline.domain.line import Opening
from helpline.domain.offer import Offer
from helpline.domain.presence import Present
from helpline.domain.staff import Account, DayKeyRecord, DayKeyRequest, Duty
from helpline.domain.waiting import WaitingPerson

T = TypeVar("T")


class Clock(Protocol):
    """The time of day, and a clock that never goes back."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""

    def steady(self) -> float:
        """Return seconds since some moment, never less than before."""


class Randomness(Protocol):
    """Chance that nobody can foresee."""

    def token(self) -> str:
        """Return 128 random bits, url-safe."""

    def secret(self) -> bytes:
        """Return 256 random bits."""

    def choose(self, options: Sequence[T]) -> T:
        """Return one of the options, each as likely as the others. There is at least one."""


@runtime_checkable
class Walkable(Protocol):
    """A store that can show everything it holds, so that a test can prove that nothing is left."""

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield every single value held, keys too, each with a name of the place where it is."""


class WaitingRoom(Walkable, Protocol):
    """The queue, the offers made from it, and how many conversations each desk holds: one store, so one step each."""

    def join(self, person: WaitingPerson, limit: int, *, head: bool = False) -> WaitingPerson:
        """Put her at the end, or before all others, and give her her number.

        Raises AlreadyWaiting, or Full at `limit` waiting on the line; whoever comes to the head is never refused.
        """

    def rejoin(self, person: WaitingPerson) -> WaitingPerson:
        """Put her back with the number she had, after the room came back empty. Raises AlreadyWaiting."""

    def lost(self, ticket: Ticket, at: datetime) -> Offer | None:
        """Note that her connection is lost; an offer that nobody has taken is withdrawn and returned. NotWaiting."""

    def back(self, ticket: Ticket, key_package: bytes | None = None) -> WaitingPerson:
        """Note that she is here again, and which key package a page loaded anew has made. Raises NotWaiting."""

    def get(self, ticket: Ticket) -> WaitingPerson:
        """Return her as she stands. Raises NotWaiting."""

    def everybody(self) -> Sequence[WaitingPerson]:
        """Return all who wait, offered or not, longest-waiting first."""

    def change_wish(self, ticket: Ticket, wish: Wish) -> Offer | None:
        """Set her wish; an open offer to somebody who no longer fits is withdrawn and returned. Raises NotWaiting."""

    def tell(self, ticket: Ticket, place: Place) -> bool:
        """Note what she is told of her place; true if it is news, false if not or if she waits no more."""

    def leave(self, ticket: Ticket) -> Offer | None:
        """Forget her; return the offer that this withdraws. Raises NotWaiting."""

    def offer(self, offer: Offer, *, cap: int, again_at: datetime) -> bool:
        """Make the offer, or change nothing and return false.

        It is made only if she waits, is connected, has no offer, and her asked counsellors allow this one at
        `offer.made_at`; and if the counsellor has no offer and holds fewer than `cap` conversations. It notes her as
        asked until `again_at`.
        """

    def withdraw(self, offer_id: OfferId) -> Offer | None:
        """Take back an offer that nobody has taken; she keeps her place. None if it is gone."""

    def withdraw_from(self, staff_id: StaffId) -> Offer | None:
        """Take back the offer this counsellor has, unless she has taken it. None if there is none."""

    def decline(self, staff_id: StaffId, offer_id: OfferId, at: datetime) -> Offer:
        """End the offer at her word; the person keeps her place. Raises OfferGone."""

    def lapsed(self, at: datetime) -> Sequence[Offer]:
        """End and return every offer whose time is over, taken but never settled ones included."""

    def take(self, staff_id: StaffId, offer_id: OfferId, at: datetime, settle_by: datetime) -> WaitingPerson:
        """Accept: from here on nobody else can. Raises OfferGone.

        She stays in the room as taken until `settle`: wherever a process dies, either the room or the conversation
        knows her.
        """

    def settle(self, offer_id: OfferId, conversation: ConversationId, at: datetime) -> bool:
        """End her waiting and count the conversation to the desk; false if she left, or it took too long.

        What outlives it is blurred: the desk's accepted time to a quarter of an hour, the line's wait to a minute.
        """

    def hold(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """Count the conversation to the desk again, after the room came back empty. Twice is as once."""

    def release(self, staff_id: StaffId, conversation: ConversationId) -> None:
        """Count the conversation off the desk. Twice is as once."""

    def may_ask_again(self, staff_id: StaffId, at: datetime) -> None:
        """Let a counsellor who came back be asked from `at` on for those for whom she was asked before."""

    def load(self, staff_id: StaffId, since: datetime) -> int:
        """Return how many conversations this desk holds plus how many it accepted after `since`."""

    def is_free(self, staff_id: StaffId, *, cap: int) -> bool:
        """Tell whether this desk has no offer before it and holds fewer than `cap` conversations."""

    def served_waits(self, line: LineId, since: datetime) -> Sequence[int]:
        """Return how many seconds, in whole minutes, each waited who was served on the line after `since`."""

    def forget(self, before: datetime) -> None:
        """Drop accepted times and served waits older than `before`."""


class Presence(Walkable, Protocol):
    """Who is at the desk."""

    def get(self, staff_id: StaffId) -> Present | None:
        """Return her presence, None if nothing is known of her."""

    def everybody(self) -> Sequence[Present]:
        """Return everybody known."""

    def replace(self, staff_id: StaffId, old: Present | None, new: Present | None) -> bool:
        """Put `new` where `old` still stands; None means nothing there. False if another got in first."""


class ConversationStore(Walkable, Protocol):
    """Where conversations live, and for a while the hashes of tickets whose conversation is over."""

    def open(self, conversation: Conversation) -> None:
        """Keep a new one. Raises Conflict if its ticket has one, or had one that is over."""

    def get(self, conversation: ConversationId) -> Conversation:
        """Return it. Raises NoSuchConversation, also once it is over."""

    def by_ticket(self, ticket: Ticket) -> Conversation:
        """Return the conversation of this ticket. Raises NoSuchConversation."""

    def of_staff(self, staff_id: StaffId) -> Sequence[Conversation]:
        """Return the conversations of this desk, oldest first."""

    def everybody(self) -> Sequence[Conversation]:
        """Return all conversations."""

    def replace(self, old: Conversation, new: Conversation) -> bool:
        """Put `new` where `old` still stands; false if another got in first or it is over."""

    def discard(self, conversation: ConversationId) -> None:
        """Forget one that never began; its ticket stays usable. Twice is as once."""

    def reopen(self, conversation: Conversation) -> bool:
        """Keep one again that the store has lost; false if it is there. Raises Conflict if it is over."""

    def close(self, conversation: ConversationId, at: datetime, by: EndedBy) -> Conversation:
        """Forget it; remember a SHA-256 of its ticket, and why. Raises NoSuchConversation: only one caller closes."""

    def was_closed(self, ticket: Ticket) -> EndedBy | None:
        """Tell why a conversation with this ticket ended not long ago; None if none did."""

    def reuse(self, ticket: Ticket) -> bool:
        """Take the right of an ended conversation to begin anew, first in line: only one caller gets it."""

    def forget_closed(self, before: datetime) -> None:
        """Drop the hashes of tickets closed before this moment."""


class Mailbox(Walkable, Protocol):
    """The ordered envelopes of each conversation that the other end does not hold yet."""

    def open(self, conversation: ConversationId, *, rebuilt: bool = False) -> None:
        """Begin an empty one, at epoch 1 as every conversation does; twice is as once.

        A `rebuilt` one learns from its ends where it stands, and has passed its Welcome.
        """

    def welcome(self, conversation: ConversationId, welcome: bytes) -> bool:
        """Keep the Welcome until she holds it; true if it is new. Raises ForbiddenMessage for a second other one."""

    def held_welcome(self, conversation: ConversationId) -> bytes | None:
        """Return the Welcome that she does not hold yet. Raises NoSuchConversation."""

    def hello(self, conversation: ConversationId, side: Side, counts: Counts) -> Standing:
        """Drop what this end holds, and say where it stands. Raises NoSuchConversation, OutOfOrder.

        In a rebuilt mailbox the counts are believed where they go beyond what is known.
        """

    def append(
        self, conversation: ConversationId, sender: Side, seq: int, header: Header, envelope: bytes
    ) -> tuple[Receipt, bool]:
        """Keep the envelope for the other end; return its receipt, and whether it is new.

        Raises NoSuchConversation; ForbiddenMessage before the Welcome; OutOfOrder if the one before is missing;
        StaleEpoch for a commit not of the present epoch, whose number then stays unused; NotYet for a commit into a
        rebuilt mailbox of which one end has not said hello; TooMany when the other end has taken nothing for too long.
        """

    def acknowledge(self, conversation: ConversationId, holder: Side, seq: int) -> bool:
        """Drop what this end holds, all up to `seq`; true if that is news. Raises NoSuchConversation, OutOfOrder."""

    def undelivered(self, conversation: ConversationId, receiver: Side) -> Sequence[tuple[int, bytes]]:
        """Return what this end does not hold yet, in order. Raises NoSuchConversation."""

    def drop(self, conversation: ConversationId) -> None:
        """Forget it all. Twice is as once."""


class StoreEpoch(Protocol):
    """Which life of the stores this is."""

    def current(self) -> str:
        """Return a random text that is another one after the stores came back empty."""


class Routes(Walkable, Protocol):
    """Which process holds whose connection, and which processes live: names are `p:` a ticket, `s:` a staff id."""

    def bind(self, name: str, worker: str) -> None:
        """Note that this process holds the connection; another that held it before is told that it moved."""

    def release(self, name: str, worker: str) -> bool:
        """Forget it if it is still this process that holds it; false if not."""

    def worker_of(self, name: str) -> str | None:
        """Return the process that holds the connection."""

    def beat(self, worker: str, at: datetime) -> None:
        """Say that this process lives."""

    def reap(self, before: datetime) -> Sequence[str]:
        """Remove and return the names held by processes of which nothing was heard since; one caller gets each."""


class KeyHalves(Walkable, Protocol):
    """The server's half of the key of what a reload leaves in a person's page."""

    def get(self, conversation: ConversationId) -> KeyHalf | None:
        """Return it."""

    def replace(self, conversation: ConversationId, old: KeyHalf | None, new: KeyHalf) -> bool:
        """Put `new` where `old` still stands; None means nothing there. False if another got in first."""

    def drop(self, conversation: ConversationId) -> None:
        """Forget it. Twice is as once."""


class Roster(Protocol):
    """Who is on duty, by the rota. Answers come from an immutable snapshot and cost about a microsecond."""

    def on_duty(self, line: LineId, language: Language, at: datetime) -> Sequence[Duty]:
        """Return who is on duty on the line and speaks the language."""

    def lines_of(self, staff_id: StaffId, at: datetime) -> Sequence[tuple[LineId, Language]]:
        """Return the lines and languages on which the rota has her on duty."""

    def opening(self, line: LineId, at: datetime) -> Opening:
        """Return whether the line is open, and when it opens next."""

    def next_change(self, at: datetime) -> datetime | None:
        """Return the first moment after `at` at which anybody's duty begins or ends, None if nothing is planned."""


class Publisher(Protocol):
    """Tells the two programs' pages. Values of type bytes travel as base64; who is not connected hears nothing."""

    def to_person(self, ticket: Ticket, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to the person with this ticket."""

    def to_staff(self, staff_id: StaffId, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to this staff member's desk."""


class Accounts(Protocol):
    """Who may sign in."""

    def by_name(self, name: str) -> Account | None:
        """Return the account with this name."""

    def by_id(self, staff_id: StaffId) -> Account | None:
        """Return the account of this staff member."""

    def add(self, account: Account) -> None:
        """Keep a new account. Raises Conflict if its name or id is taken."""

    def change_password(self, staff_id: StaffId, password_hash: str) -> None:
        """Keep another form of the password."""

    def change_language(self, staff_id: StaffId, language: Language) -> None:
        """Keep the language she reads the staff pages in."""


class Passwords(Protocol):
    """What may be kept of a password, and whether one fits it. Slow on purpose, off the way of everything else."""

    def hash(self, password: str) -> str:
        """Return what may be kept."""

    def matches(self, password: str, kept: str | None) -> bool:
        """Tell whether it is the password; takes as long when nothing is kept (None)."""

    def is_outdated(self, kept: str) -> bool:
        """Tell whether it was kept at other costs than today's."""


class Attempts(Walkable, Protocol):
    """How often a sign-in was tried under a name, known or not; kept under a hash that nobody else can make."""

    def begin(self, name: str, at: datetime) -> int:
        """Count one more try; return how many came before it since the last that succeeded."""

    def forget(self, name: str) -> None:
        """Start anew after one that succeeded."""


class SignIns(Protocol):
    """Who has signed in: opaque tokens of which only the SHA-256 is kept."""

    def open(self, staff_id: StaffId, at: datetime) -> str:
        """Begin a sign-in and return its token."""

    def staff_of(self, token: str, at: datetime) -> StaffId | None:
        """Return whose token this is, None if it is unknown or over."""

    def close(self, token: str) -> None:
        """End this sign-in. Twice is as once."""

    def close_all(self, staff_id: StaffId) -> None:
        """End every sign-in of this staff member."""


class DayKeys(Protocol):
    """The public halves of the keys that staff answer with, and their certificates."""

    def request(self, staff_id: StaffId, day: date, public_key: bytes) -> None:
        """Ask for a certificate for this day's key."""

    def pending(self) -> Sequence[DayKeyRequest]:
        """Return what waits for a signature."""

    def certify(self, staff_id: StaffId, day: date, certificate: bytes) -> None:
        """Keep the certificate that was signed."""

    def certificates(self, staff_id: StaffId, from_day: date) -> Sequence[DayKeyRecord]:
        """Return her certificates of this day and later ones."""

    def forget(self, today: date) -> None:
        """Delete what no conversation of today can need."""
