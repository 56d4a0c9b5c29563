"""All use cases over one set of ports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from helpline.domain.ids import LineId
from helpline.domain.line import Line
from helpline.domain.numbers import CONVERSATIONS_DEFAULT, CONVERSATIONS_MAX
from helpline.line_ports import Admissions, Alarm, Alarms, Closures
from helpline.ports import (
    Clock,
    ConversationStore,
    KeyHalves,
    Mailbox,
    Presence,
    Publisher,
    Randomness,
    Roster,
    Routes,
    StoreEpoch,
    WaitingRoom,
)
from helpline.usecases.accepting import Accepting
from helpline.usecases.admitting import Admitting, Challenges
from helpline.usecases.alarming import Alarming
from helpline.usecases.attendance import Attendance
from helpline.usecases.attending import Attending
from helpline.usecases.closing import Closing
from helpline.usecases.closing_lines import ClosableRoster, ClosedByHand, ClosingLines
from helpline.usecases.connection import Connection
from helpline.usecases.halves import Halves
from helpline.usecases.offering import Offering
from helpline.usecases.opening import Opening
from helpline.usecases.presences import Presences
from helpline.usecases.relaying import Relaying
from helpline.usecases.resuming import Resuming
from helpline.usecases.telling import Desks, Ends, Places
from helpline.usecases.ticking import Ticking
from helpline.usecases.waiting import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """What the use cases stand on. `cap` is how many conversations a counsellor may hold at once: one, or two.

    `alarm_between` is how long a step of the on-call chain has; `calm_joins` see Admitting.
    """

    clock: Clock
    randomness: Randomness
    room: WaitingRoom
    presence: Presence
    conversations: ConversationStore
    mailbox: Mailbox
    halves: KeyHalves
    routes: Routes
    store_epoch: StoreEpoch
    alarms: Alarms
    alarm: Alarm
    closures: Closures
    admissions: Admissions
    challenges: Challenges
    roster: Roster
    publisher: Publisher
    lines: Mapping[LineId, Line]
    cap: int = CONVERSATIONS_DEFAULT
    alarm_between: timedelta = timedelta(minutes=5)
    calm_joins: int = 20

    def __post_init__(self) -> None:
        """Refuse a cap that no organisation may set. Raises ValueError."""
        if not 1 <= self.cap <= CONVERSATIONS_MAX:
            raise ValueError("a counsellor holds one conversation at a time, or two")


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCases:
    """Everything the web and the sockets may ask for."""

    admitting: Admitting
    waiting: Waiting
    attending: Attending
    offering: Offering
    accepting: Accepting
    relaying: Relaying
    closing: Closing
    connection: Connection
    resuming: Resuming
    halves: Halves
    ticking: Ticking
    opening: Opening
    alarming: Alarming
    closed_by_hand: ClosedByHand
    closing_lines: ClosingLines

    @classmethod
    def over(cls, ports: Ports) -> UseCases:
        """Build them all. Nothing is shared between two sets but their ports."""
        closed_by_hand = ClosedByHand(ports.closures)
        p = replace(ports, roster=ClosableRoster(ports.roster, closed_by_hand.is_closed))
        presences, ends = Presences(presence=p.presence), Ends(publisher=p.publisher)
        attendance = Attendance(clock=p.clock, roster=p.roster, presence=p.presence)
        places = Places(clock=p.clock, room=p.room, publisher=p.publisher, attendance=attendance)
        desks = Desks(
            clock=p.clock, conversations=p.conversations, roster=p.roster, publisher=p.publisher, cap=p.cap
        )
        offering = Offering(
            clock=p.clock, randomness=p.randomness, room=p.room, presence=p.presence, roster=p.roster,
            presences=presences, places=places, desks=desks,
        )
        closing = Closing(
            clock=p.clock, room=p.room, conversations=p.conversations, mailbox=p.mailbox, halves=p.halves,
            publisher=p.publisher, offering=offering, desks=desks, ends=ends,
        )
        waiting = Waiting(
            clock=p.clock, room=p.room, conversations=p.conversations, roster=p.roster, lines=p.lines,
            offering=offering, places=places, desks=desks, attendance=attendance,
        )
        attending = Attending(clock=p.clock, room=p.room, presences=presences, offering=offering, desks=desks)
        connection = Connection(
            clock=p.clock, room=p.room, conversations=p.conversations, offering=offering, desks=desks, ends=ends
        )
        return cls(
            admitting=Admitting(
                clock=p.clock, room=p.room, attendance=attendance, admissions=p.admissions, challenges=p.challenges,
                lines=p.lines, calm_joins=p.calm_joins,
            ),
            waiting=waiting,
            attending=attending,
            offering=offering,
            accepting=Accepting(
                clock=p.clock, randomness=p.randomness, room=p.room, conversations=p.conversations,
                mailbox=p.mailbox, presences=presences, offering=offering,
            ),
            relaying=Relaying(conversations=p.conversations, mailbox=p.mailbox, ends=ends),
            closing=closing,
            connection=connection,
            resuming=Resuming(
                clock=p.clock, room=p.room, conversations=p.conversations, mailbox=p.mailbox,
                store_epoch=p.store_epoch, waiting=waiting, closing=closing, connection=connection, ends=ends,
            ),
            halves=Halves(
                clock=p.clock, randomness=p.randomness, conversations=p.conversations, halves=p.halves
            ),
            ticking=Ticking(
                clock=p.clock, room=p.room, presence=p.presence, conversations=p.conversations, roster=p.roster,
                presences=presences, offering=offering, closing=closing, desks=desks, routes=p.routes,
                connection=connection, attending=attending,
            ),
            opening=Opening(roster=p.roster, lines=p.lines),
            alarming=Alarming(
                clock=p.clock, room=p.room, roster=p.roster, presence=p.presence, publisher=p.publisher,
                alarms=p.alarms, alarm=p.alarm, attendance=attendance, lines=p.lines, between=p.alarm_between,
            ),
            closed_by_hand=closed_by_hand,
            closing_lines=ClosingLines(
                clock=p.clock, closures=p.closures, known=closed_by_hand, planned=ports.roster, room=p.room,
                alarms=p.alarms, attendance=attendance, lines=p.lines,
            ),
        )
