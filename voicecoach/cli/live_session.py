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
from voicecoach.events import Where
from voicecoach.live.moment import Moment
from voicecoach.live.suspension import sleepless_s
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, State
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
    """Play a session, showing where it is and keeping it in the history, until its end or until stopped.

    A `note` is told once it has the one place of a session that plays.
    """
    session = start_at(session, wish.start)
    sink = open_sink(wish.output, wish.device)
    memory = Memory(terminal)
    with ExitStack() as stack:
        fitted, speech = stack.enter_context(open_speech(session, wish.voice, terminal))
        follower = Follower(fitted)
        if wish.asks_pain:
            # Nothing is asked for a session that will be refused.
            if is_playing():
                raise SessionRunningError("a session is playing already", "`voicecoach ctl stop` ends it")
            memory.ask_before()

        def remote(obey: Callable[[Command], None]) -> None:
            stack.enter_context(listen_to_remotes(obey, follower.status, terminal.tell, terminal.add))
            if note:
                terminal.tell(note)
            # A session that is refused, as another one is playing, never was.
            memory.begin(session, fitted, wish.source, wish.voice)

        follower.tell = (stack.enter_context(show_for(terminal, fitted)), memory.follow)
        try:
            coach.play_session(fitted, speech, sink, follower.follow, _controls(remote, terminal), waits=wish.waits)
        except BaseException:
            memory.end(follower.last, finished=False)
            stack.close()
            if follower.last:
                terminal.tell(follower.ended(stopped=True))
                terminal.add(handed_over(sink))
            raise
    memory.end(follower.last, finished=not follower.stopped)
    terminal.tell(follower.ended(stopped=follower.stopped))
    if wish.asks_pain:
        memory.ask_after()
    terminal.add(handed_over(sink))


def play_again(wish: Wish, pacing: Pacing, given: frozenset[str], terminal: Terminal) -> None:
    """Go on with the session that stopped: as it was, save for the wish and the flags `given` now."""
    back = find_resumption(history_here(), wish.source, wish.voice, pacing, given, terminal)
    again = replace(wish, source=back.source, voice=back.voice, start=str(back.session.start))
    play_live(back.session, again, terminal, back.note)


def handed_over(sink: Sink) -> str:
    """Return how well a sink was kept in sound, in a sentence."""
    underruns = "not counted" if sink.underruns is None else sink.underruns
    return f"Underruns of the device: {underruns}; samples that were not ready in time: {sink.late}."


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

    def ended(self, *, stopped: bool) -> str:
        """Return that the session is over, or where it was stopped, in a sentence."""
        at = clock(self.last.position_ms if self.last else 0)
        if not stopped:
            return f"Done: {self._session.program.title}, {at}."
        where = describe_place(self._where)
        return f"Stopped at {at}" + (f", in {where}." if where else ".")

    def status(self) -> Status:
        """Return where the session is, as remotes show it."""
        last, where = self.last, self._where
        return Status(
            title=self._session.program.title,
            state=last.state if last else State.PLAYING,
            exercise=where.exercise or "",
            place=describe_place(where),
            index=where.index or 0,
            exercises=len(self._session.program.exercises),
            position_ms=last.position_ms if last else 0,
            left_ms=last.left_ms if last else 0,
        )

    @property
    def _where(self) -> Where:
        return self.last.now.slot.where if self.last else Where()


def _controls(remote: Callable[[Callable[[Command], None]], None], terminal: Terminal) -> Controls:
    """Return what steers a session through `remote`, and tells the terminal of what befalls it."""
    return Controls(
        remote=remote,
        lost=lambda error, seconds: terminal.tell(f"{error.what}; trying again in {seconds:.0f} s"),
        held=lambda seconds: terminal.tell(f"Held up for {seconds:.0f} s; paused until you resume it."),
        clock=sleepless_s,
    )
