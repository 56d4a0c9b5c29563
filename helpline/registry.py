"""Every route, socket event, store, table column, log field and permission, declared once.

Access checks, the parsing of socket events, the allow-list of the log, docs/protocol.md and the list of what an
organisation could be made to hand over all read this file. What is not declared here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from helpline.domain.work import ANSWER_LETTERS_MAX
from helpline.registry_kinds import Choice, Data, Field, Flag, Name, Names, Number

PACKET_MOST_BYTES = 32 * 1024
KEY_PACKAGE_MOST_BYTES = 4 * 1024
ENVELOPE_MOST_BYTES = 20 * 1024  # the largest padded size, 16,384, with the framing around it
SEQ_MOST = 1_000_000
HOLDING_MOST = 8
TOKEN_MOST_CHARACTERS = 640
HALF_BYTES = 32


class Program(StrEnum):
    """The programs: two with a listener, pages and sockets of their own, and one for those who run them."""

    PERSON = "person"
    STAFF = "staff"
    PRIVATE = "private"


class Way(StrEnum):
    """Which way an event goes, seen from the page."""

    OUT = "to the server"
    IN = "from the server"


class Who(StrEnum):
    """Who may use a route: anybody, whoever is signed in, or the holders of one permission."""

    ANYBODY = "anybody"
    STAFF = "signed-in staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One HTTP method on one path of one program. `permission` names an entry of PERMISSIONS, or is empty."""

    program: Program
    method: str
    path: str
    who: Who
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One socket event: what its object holds and, going out, what the acknowledgement holds beside `ok`.

    `refused` is what may stand in it beside the code when it was not done.
    """

    program: Program
    way: Way
    name: str
    means: str
    fields: tuple[Field, ...] = ()
    answer: tuple[Field, ...] = ()
    refused: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKey:
    """One thing a store holds while it is needed, and how long at most. `life` None: as long as its owner's socket."""

    name: str
    holds: str
    life: timedelta | None
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table on disk."""

    table: str
    name: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogField:
    """One field that may stand in the log; any other is dropped and counted."""

    name: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure on the private port: a counter that moves every quarter of an hour, or an alarm, yes or no."""

    name: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One thing an account role may do."""

    name: str
    roles: frozenset[str]


# -- routes ----------------------------------------------------------------------------------------------------------

PERSON, STAFF, PRIVATE = Program.PERSON, Program.STAFF, Program.PRIVATE
WITH_PAGES = (PERSON, STAFF)

ROUTES: tuple[Route, ...] = (
    Route(program=PERSON, method="GET", path="/", who=Who.ANYBODY),
    Route(program=PERSON, method="GET", path="/<language>", who=Who.ANYBODY),
    Route(program=PERSON, method="GET", path="/words/<language>.json", who=Who.ANYBODY),
    Route(program=PERSON, method="GET", path="/s/<name>", who=Who.ANYBODY),
    Route(program=PERSON, method="POST", path="/gone", who=Who.ANYBODY),
    Route(program=PERSON, method="GET", path="/socket.io/", who=Who.ANYBODY),
    Route(program=STAFF, method="GET", path="/", who=Who.STAFF),
    Route(program=STAFF, method="GET", path="/s/<name>", who=Who.ANYBODY),
    Route(program=STAFF, method="GET", path="/socket.io/", who=Who.STAFF, permission="answer"),
    Route(program=STAFF, method="GET", path="/sign-in", who=Who.ANYBODY),
    Route(program=STAFF, method="POST", path="/sign-in", who=Who.ANYBODY),
    Route(program=STAFF, method="POST", path="/sign-out", who=Who.STAFF),
    Route(program=STAFF, method="POST", path="/language", who=Who.ANYBODY),
    Route(program=STAFF, method="GET", path="/day-keys", who=Who.STAFF, permission="answer"),
    Route(program=STAFF, method="POST", path="/day-keys", who=Who.STAFF, permission="answer"),
    Route(program=STAFF, method="GET", path="/lines", who=Who.STAFF, permission="close_lines"),
    Route(program=STAFF, method="GET", path="/lines/<line_id>", who=Who.STAFF, permission="close_lines"),
    Route(program=STAFF, method="POST", path="/lines/<line_id>/close", who=Who.STAFF, permission="close_lines"),
    Route(program=STAFF, method="POST", path="/lines/<line_id>/open", who=Who.STAFF, permission="close_lines"),
    Route(program=STAFF, method="GET", path="/rota/", who=Who.STAFF),
    Route(program=STAFF, method="POST", path="/rota/shifts", who=Who.STAFF, permission="plan"),
    Route(program=STAFF, method="POST", path="/rota/shifts/<shift_id>", who=Who.STAFF, permission="plan"),
    Route(program=STAFF, method="POST", path="/rota/shifts/<shift_id>/remove", who=Who.STAFF, permission="plan"),
    Route(program=PRIVATE, method="GET", path="/healthz", who=Who.ANYBODY),
    Route(program=PRIVATE, method="GET", path="/readyz", who=Who.ANYBODY),
    Route(program=PRIVATE, method="GET", path="/metrics", who=Who.ANYBODY),
)

# -- socket events ---------------------------------------------------------------------------------------------------

LINE = Name("line")
LANGUAGE = Name("language", most=16)
WISH = Choice("wish", ("survivor", "psychologist", "whoever"))
PLACE = (
    Choice("place", ("next", "few", "several")),
    Choice("wait", ("soon", "10", "20", "30", "unknown", "nobody")),
    Flag("offered"),
)
SEQ = Number("seq", least=1, most=SEQ_MOST)
HELD = Number("seq", least=0, most=SEQ_MOST)
EPOCH = Number("epoch", least=0, most=2**53)
ENVELOPE = Data("bytes", most_bytes=ENVELOPE_MOST_BYTES)
CONVERSATION = Name("conversation")
OFFER = Name("offer")
CHALLENGE = Name("challenge")
WORK = Name("work", most=ANSWER_LETTERS_MAX, optional=True)
PEER = Choice("state", ("lost", "here"))
BY = Choice("by", ("person", "counsellor", "silence", "closed", "gone"))
TOKEN = Name("token", most=TOKEN_MOST_CHARACTERS)
KEY_PACKAGE = Data("key_package", most_bytes=KEY_PACKAGE_MOST_BYTES)
HAVE = Number("have", least=0, most=SEQ_MOST)
ACKED = Number("acked", least=0, most=SEQ_MOST)
TAKEN = Number("taken", least=0, most=SEQ_MOST)
FLOOR = Number("floor", least=0, most=2**53)
COUNTS = (HAVE, ACKED, EPOCH, FLOOR)
CODE = Name("code")
STATE = Choice("state", ("on_duty", "on_break", "off_duty", "away"))
PRESENCE = (STATE, Flag("on_rota"), Number("cap", least=0, most=2))


def _out(
    program: Program, name: str, means: str, *fields: Field, answer: tuple[Field, ...] = (),
    refused: tuple[Field, ...] = (),
) -> Event:
    return Event(program=program, way=Way.OUT, name=name, means=means, fields=fields, answer=answer, refused=refused)


def _in(program: Program, name: str, means: str, *fields: Field) -> Event:
    return Event(program=program, way=Way.IN, name=name, means=means, fields=fields)


EVENTS: tuple[Event, ...] = (
    _out(PERSON, "wait", "Join the queue of one line.", LINE, LANGUAGE, WISH, KEY_PACKAGE, WORK,
         answer=(*PLACE, TOKEN), refused=(CHALLENGE, Number("bits", least=1, most=32))),
    _out(PERSON, "back", "Wait on at the same place, after the connection was lost.", TOKEN, WISH, KEY_PACKAGE,
         answer=(*PLACE, TOKEN)),
    _out(PERSON, "again", "Wait for somebody new, first in line, after the counsellor is gone.", TOKEN, WISH,
         KEY_PACKAGE, answer=(*PLACE, TOKEN)),
    _out(PERSON, "hello", "Talk on after the connection was lost: what this page holds, and what the other end holds.",
         TOKEN, *COUNTS, answer=(TAKEN, ACKED, TOKEN)),
    _out(PERSON, "half", "Ask for the server's half of the key of what a reload leaves in the page.", TOKEN,
         answer=(Data("key", most_bytes=HALF_BYTES), Data("next", most_bytes=HALF_BYTES))),
    _out(PERSON, "gone", "The page is being left; only a reload comes back."),
    _out(PERSON, "wish", "Wish for somebody else, keeping the place.", WISH, answer=PLACE),
    _out(PERSON, "leave", "Leave the queue without a trace."),
    _out(PERSON, "envelope", "Give one sealed message to be carried.", SEQ, ENVELOPE, answer=(SEQ, EPOCH)),
    _out(PERSON, "holds", "Everything up to this number has arrived.", HELD),
    _out(PERSON, "end", "End the conversation and have it purged."),
    _in(PERSON, "place", "Her place in the queue, in bands.", *PLACE),
    _in(PERSON, "welcome", "The counsellor's MLS Welcome, again and again until it is held.", ENVELOPE, TOKEN),
    _in(PERSON, "token", "The token to come back with, renewed.", TOKEN),
    _in(PERSON, "resync", "Say `back` or `hello` again, on this connection."),
    _in(PERSON, "envelope", "One sealed message from the counsellor.", SEQ, ENVELOPE),
    _in(PERSON, "acked", "The counsellor holds everything up to this number.", HELD),
    _in(PERSON, "peer", "The counsellor's connection was lost, or is back.", PEER),
    _in(PERSON, "ended", "The conversation is over and purged.", BY),
    _in(PERSON, "bye", "The server closes this connection, and why.", CODE),
    _out(STAFF, "hello", "Say which conversations this page holds the keys of.",
         Names("holding", most=HOLDING_MOST), answer=(*PRESENCE, Names("conversations", most=HOLDING_MOST))),
    _out(STAFF, "presence", "Go on duty, on a break, or off.",
         Choice("state", ("on_duty", "on_break", "off_duty")), answer=PRESENCE),
    _out(STAFF, "accept", "Take the person who is offered.", OFFER,
         answer=(CONVERSATION, KEY_PACKAGE, LINE, LANGUAGE, TOKEN)),
    _out(STAFF, "resume", "Go on with one conversation: what this page holds, and what the other end holds.",
         CONVERSATION, TOKEN, *COUNTS, answer=(TAKEN, ACKED, TOKEN)),
    _out(STAFF, "decline", "Let the offer go on to a colleague.", OFFER),
    _out(STAFF, "welcome", "Give the MLS Welcome for the person.", CONVERSATION, ENVELOPE),
    _out(STAFF, "envelope", "Give one sealed message to be carried.", CONVERSATION, SEQ, ENVELOPE,
         answer=(SEQ, EPOCH)),
    _out(STAFF, "holds", "Everything up to this number has arrived.", CONVERSATION, HELD),
    _out(STAFF, "end", "End the conversation and have it purged.", CONVERSATION),
    _in(STAFF, "presence", "The system changed the presence.", *PRESENCE),
    _in(STAFF, "token", "The token to come back with, renewed.", CONVERSATION, TOKEN),
    _in(STAFF, "resync", "Say `hello` and `resume` again, on this connection."),
    _in(STAFF, "offer", "A person waits: line and language, nothing more.", OFFER, LINE, LANGUAGE,
        Number("seconds", least=1, most=60)),
    _in(STAFF, "alarm", "Whether somebody waits on a line while nobody who fits is at a desk.", LINE, Flag("on")),
    _in(STAFF, "withdrawn", "The offer lapsed or the person left.", OFFER),
    _in(STAFF, "envelope", "One sealed message from the person.", CONVERSATION, SEQ, ENVELOPE),
    _in(STAFF, "acked", "The person holds everything up to this number.", CONVERSATION, HELD),
    _in(STAFF, "peer", "The person's connection was lost, or is back.", CONVERSATION, PEER),
    _in(STAFF, "ended", "The conversation is over and purged.", CONVERSATION, BY),
    _in(STAFF, "bye", "The server closes this connection, and why.", CODE),
)

# -- what is held in memory ------------------------------------------------------------------------------------------

STORES: tuple[StoreKey, ...] = (
    StoreKey(name="attempts", holds="a keyed hash of each name tried at the sign-in, how often, and when last",
             life=None, ends="when a try succeeds, or by newer ones; it counts for an hour"),
    StoreKey(name="room.waiting", holds="ticket, line, language, wish, key package, time joined, who was asked for her",
             life=None, ends="when she is answered or leaves, or ten minutes after her connection ended"),
    StoreKey(name="room.offers", holds="which ticket is offered to which counsellor, and until when",
             life=timedelta(seconds=20), ends="when it is accepted, declined, withdrawn or lapses"),
    StoreKey(name="room.desks", holds="how many conversations each counsellor holds, and in which quarters of an hour"
             " she accepted", life=timedelta(hours=4), ends="four hours after the last one"),
    StoreKey(name="room.served", holds="how many minutes others waited on a line, with no name beside it",
             life=timedelta(hours=4), ends="after four hours, or by fifty newer ones"),
    StoreKey(name="presence", holds="each counsellor's state, declines in a row, when she cools down until",
             life=None, ends="two minutes after her connection ends, or when she has cooled down"),
    StoreKey(name="conversations", holds="ticket, which counsellor, line, language, since when, which end is lost",
             life=None, ends="when either ends it, after 60 minutes without her end, or 10 without the counsellor's"),
    StoreKey(name="conversations.closed", holds="a SHA-256 of the ticket of an ended conversation, and who ended it",
             life=timedelta(minutes=15), ends="after 15 minutes"),
    StoreKey(name="mailbox", holds="sealed envelopes the other end does not hold yet, their numbers, the epoch",
             life=None, ends="each when the other end holds it, all with the conversation"),
    StoreKey(name="halves", holds="half of a key, which alone opens nothing: the other half is in her page",
             life=None, ends="with the conversation, or when her page has come back with it"),
    StoreKey(name="routes", holds="at which process the page of a ticket or the desk of a staff account is",
             life=None, ends="when the connection ends, or five seconds after the process did"),
    StoreKey(name="routes.beats", holds="which processes live, by random names, and when each was last heard of",
             life=timedelta(seconds=5), ends="when the process ends"),
    StoreKey(name="sockets.person", holds="the random ticket of each connected page, and its connection",
             life=None, ends="when the connection ends"),
    StoreKey(name="sockets.staff", holds="which staff account is at the desk, and its connection",
             life=None, ends="when the connection ends"),
    StoreKey(name="alarms", holds="which line has nobody at a desk, since when, how often somebody was called",
             life=None, ends="when somebody is at a desk, or the line closes"),
    StoreKey(name="admissions.asked", holds="how many asked for a place on a line, in this minute and the one before",
             life=timedelta(minutes=2), ends="with the next minute but one"),
    StoreKey(name="admissions.spent", holds="a hash of a challenge whose work was used",
             life=timedelta(minutes=2), ends="when the challenge is too old to be used"),
    StoreKey(name="admissions.let_in", holds="when the slow lane of a line let somebody in last",
             life=timedelta(seconds=5), ends="when it is open again"),
    StoreKey(name="web.pages", holds="the person's pages, the same for everybody, made once a minute",
             life=timedelta(minutes=1), ends="when the next minute's page is made"),
)

# -- what is on disk -------------------------------------------------------------------------------------------------

COLUMNS: tuple[Column, ...] = (
    Column(table="account", name="staff_id", holds="a random name of the account"),
    Column(table="account", name="name", holds="what a staff member types to sign in"),
    Column(table="account", name="alias", holds="what persons see of a staff member"),
    Column(table="account", name="password_hash", holds="Argon2id of the password"),
    Column(table="account", name="roles", holds="what the account may do"),
    Column(table="account", name="certificate_role", holds="what persons see beside the alias"),
    Column(table="account", name="language", holds="the language of the staff pages"),
    Column(table="line_closure", name="line_id", holds="the name of a line that was closed by hand"),
    Column(table="line_closure", name="closed_minute", holds="since when, to the minute"),
    Column(table="line_closure", name="staff_id", holds="the random name of the account that closed it"),
    Column(table="day_key", name="staff_id", holds="whose key it is"),
    Column(table="day_key", name="day", holds="the day it answers on, in UTC"),
    Column(table="day_key", name="public_key", holds="the public half; the private one stays on her device"),
    Column(table="day_key", name="certificate", holds="the organisation's signature, once there is one"),
    Column(table="sign_in", name="token_sha256", holds="SHA-256 of the sign-in's token"),
    Column(table="sign_in", name="staff_id", holds="whose sign-in it is"),
    Column(table="sign_in", name="opened_minute", holds="since when, to the minute; twelve hours at most"),
    Column(table="sign_in", name="seen_minute", holds="when last used, to the minute; 30 idle ones off duty end it"),
    Column(table="helpline_version", name="version_num", holds="which form these tables have"),
    Column(table="rota_plan", name="id", holds="always 1"),
    Column(table="rota_plan", name="version", holds="how many times the rota was written"),
    Column(table="rota_line", name="id", holds="the name of a line"),
    Column(table="rota_line", name="zone", holds="the time zone its shifts are planned in"),
    Column(table="rota_line_language", name="line_id", holds="the name of a line"),
    Column(table="rota_line_language", name="language", holds="a language the line promises"),
    Column(table="rota_line_language", name="place", holds="the order of its languages"),
    Column(table="rota_staff_member", name="id", holds="the random name of the account"),
    Column(table="rota_staff_member", name="alias", holds="what colleagues see of her on the rota"),
    Column(table="rota_staff_language", name="staff_id", holds="the random name of the account"),
    Column(table="rota_staff_language", name="language", holds="a language she speaks"),
    Column(table="rota_qualification", name="staff_id", holds="the random name of the account"),
    Column(table="rota_qualification", name="role", holds="what she may be planned as"),
    Column(table="rota_qualification", name="valid_until", holds="until when, if there is an end"),
    Column(table="rota_shift", name="id", holds="a random name of the shift"),
    Column(table="rota_shift", name="line_id", holds="the name of a line"),
    Column(table="rota_shift", name="staff_id", holds="who is planned"),
    Column(table="rota_shift", name="role", holds="as what"),
    Column(table="rota_shift", name="starts_at", holds="from when"),
    Column(table="rota_shift", name="ends_at", holds="to when"),
    Column(table="rota_shift", name="zone", holds="the time zone it was planned in"),
    Column(table="rota_shift", name="version", holds="how many times it was changed"),
    Column(table="rota_version", name="version_num", holds="which form these tables have"),
)

# -- what may stand in the log ---------------------------------------------------------------------------------------

LOG_FIELDS: tuple[LogField, ...] = (
    LogField(name="event", holds="what happened, as a constant phrase of the source"),
    LogField(name="level", holds="debug, info, warning, error"),
    LogField(name="minute", holds="when, to the minute"),
    LogField(name="code", holds="a stable code of helpline/domain/errors.py"),
    LogField(name="kind", holds="the class of an unexpected error, never its text"),
    LogField(name="where", holds="file and line of our own source where it was raised"),
    LogField(name="program", holds="person or staff"),
    LogField(name="route", holds="a path as declared here, with its placeholders, never as asked for"),
    LogField(name="count", holds="how many, of something this line names"),
    LogField(name="runtime", holds="eventlet or threading"),
    LogField(name="dropped", holds="how many fields were left out because they are not declared"),
)

# -- what those who run it see ----------------------------------------------------------------------------------------

COUNTERS: tuple[Figure, ...] = (
    Figure(name="helpline_joined_total", holds="persons who joined a queue, in fives"),
    Figure(name="helpline_answered_total", holds="persons whom a counsellor took, in fives"),
    Figure(name="helpline_returned_total", holds="connections that came back to where they were, in fives"),
)
ALARMS: tuple[Figure, ...] = (
    Figure(name="nobody", holds="somebody waits on an open line that nobody answers"),
    Figure(name="failing", holds="something failed that should not have, in this quarter of an hour"),
    Figure(name="crowded", holds="four fifths of the connections that this process may have are open"),
    Figure(name="away", holds="the stores or the database do not answer"),
)

# -- who may do what -------------------------------------------------------------------------------------------------

PERMISSIONS: tuple[Permission, ...] = (
    Permission(name="answer", roles=frozenset({"counsellor", "supervisor"})),
    Permission(name="plan", roles=frozenset({"coordinator"})),
    Permission(name="close_lines", roles=frozenset({"supervisor", "coordinator"})),
    Permission(name="certify", roles=frozenset({"administrator", "coordinator"})),
    Permission(name="manage_accounts", roles=frozenset({"administrator"})),
)
