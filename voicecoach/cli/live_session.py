"""Playing live: what the person sees while the coach speaks, and what is said when they stop it."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from voicecoach import coach
from voicecoach.cli.display import show_for
from voicecoach.cli.flag_remarks import start_at
from voicecoach.cli.memory import Memory, history_here
from voicecoach.cli.moment_words import Show
from voicecoach.cli.resumption import find_resumption
from voicecoach.cli.screen import never_waited_for
from voicecoach.cli.sessions import open_speech
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Controls
from voicecoach.errors import SessionRunningError
from voicecoach.live.suspension import sleepless_s
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, Moment, State
from voicecoach.remote import Status
from voicecoach.remote.control import is_playing
from voicecoach.remote.table import listen_to_remotes
from voicecoach.session import Session
from voicecoach.sinks import Sink
from voicecoach.sinks.table import open_sink
from voicecoach.transcript import describe_place
from voicecoach.units import clock


@dataclass(frozen=True, slots=True)
class Wish:
    """How a session is to be played: what it was called, from where, by whom, to which device."""

    source: str
    start: str = "1"
    voice: str = ""
    output: str = "auto"
    device: str = ""
    waits: bool = False
    asks_pain: bool = False


@never_waited_for()
def play_live(session: Session, wish: Wish, terminal: Terminal, note: str = "") -> None:
    """Play a session, showing where it is and keeping it in the history, until its end or until stopped."""
    session = start_at(session, wish.start)
    sink = open_sink(wish.output, wish.device)
    memory = Memory(terminal)
    with ExitStack() as stack:
        fitted, speech = stack.enter_context(open_speech(session, wish.voice, terminal))
        follower = Follower(fitted)
        if wish.asks_pain:
            _refuse_second()
            memory.ask_before()

        def remote(obey: Callable[[Command], None]) -> None:
            _listen(stack, obey, follower, terminal, note)
            # A session that is refused, as another one is playing, never was.
            memory.begin(session, fitted, wish.source, wish.voice)

        controls = _controls(remote, terminal)
        follower.tell = (stack.enter_context(show_for(terminal, fitted)), memory.follow)
        try:
            coach.play_session(fitted, speech, sink, follower.follow, controls, waits=wish.waits)
        except BaseException:
            memory.end(follower.last, finished=False)
            stack.close()
            if follower.last:
                terminal.tell(follower.stopped_at())
                _tell_handed_over(sink, terminal)
            raise
    memory.end(follower.last, finished=not follower.stopped)
    terminal.tell(follower.stopped_at() if follower.stopped else follower.done())
    if wish.asks_pain:
        memory.ask_after()
    _tell_handed_over(sink, terminal)


def play_again(wish: Wish, pacing: Pacing, given: frozenset[str], terminal: Terminal) -> None:
    """Go on with the session that stopped: as it was, save for the wish and the flags `given` now."""
    back = find_resumption(history_here(), wish.source, wish.voice, pacing, given, terminal)
    again = replace(wish, source=back.source, voice=back.voice, start=str(back.session.start))
    play_live(back.session, again, terminal, back.note)


def handed_over(sink: Sink) -> str:
    """Return how well a sink was kept in sound, in a sentence."""
    underruns = "not counted" if sink.underruns is None else sink.underruns
    return f"Underruns of the device: {underruns}; samples that were not ready in time: {sink.late}."


def _tell_handed_over(sink: Sink, terminal: Terminal) -> None:
    if terminal.verbose:
        terminal.tell(handed_over(sink))


class Follower:
    """Keeps the last moment of a live session, for whoever asks where it is."""

    def __init__(self, session: Session) -> None:
        self.last: Moment | None = None
        self.tell: tuple[Show, ...] = ()
        self._session = session

    def follow(self, moment: Moment) -> None:
        """Take a moment, and tell it to all who listen."""
        self.last = moment
        for tell in self.tell:
            tell(moment)

    @property
    def stopped(self) -> bool:
        """Whether a command ended the session."""
        return self.last is not None and self.last.state is State.STOPPED

    def done(self) -> str:
        """Return that the session is over, in a sentence."""
        return f"Done: {self._session.program.title}, {clock(self.last.position_ms if self.last else 0)}."

    def stopped_at(self) -> str:
        """Return where the session was stopped, in a sentence."""
        if self.last is None:
            return "Stopped before the first word."
        where = describe_place(self.last.now.slot.where)
        return f"Stopped at {clock(self.last.position_ms)}" + (f", in {where}." if where else ".")

    def status(self) -> Status:
        """Return where the session is, as remotes show it."""
        last, program = self.last, self._session.program
        where = last.now.slot.where if last else None
        return Status(
            title=program.title,
            state=last.state if last else State.PLAYING,
            exercise=(where.exercise if where else None) or "",
            place=describe_place(where) if where else "",
            index=(where.index if where else None) or 0,
            exercises=len(program.exercises),
            position_ms=last.position_ms if last else 0,
            left_ms=last.left_ms if last else 0,
        )


def _listen(
    stack: ExitStack, obey: Callable[[Command], None], follower: Follower, terminal: Terminal, going_on: str
) -> None:
    """Take the one place of a session that plays, and tell then that it is `going_on`, where it is."""
    note = terminal.tell if terminal.verbose else lambda _: None
    stack.enter_context(listen_to_remotes(obey, follower.status, terminal.tell, note))
    if going_on:
        terminal.tell(going_on)


def _controls(remote: Callable[[Callable[[Command], None]], None], terminal: Terminal) -> Controls:
    """Return what steers a session through `remote`, and tells the terminal of what befalls it."""
    return Controls(
        remote=remote,
        lost=lambda error, seconds: terminal.tell(f"{error.what}; trying again in {seconds:.0f} s"),
        held=lambda seconds: terminal.tell(f"Held up for {seconds:.0f} s; paused until you resume it."),
        clock=sleepless_s,
    )


def _refuse_second() -> None:
    """Raise SessionRunningError before anything is asked for a session that will be refused."""
    if is_playing():
        raise SessionRunningError("a session is playing already", "`voicecoach ctl stop` ends it")
