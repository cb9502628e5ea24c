"""Playing live: what the person sees while the coach speaks, and what is said when they stop it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from voicecoach import coach
from voicecoach.cli.flag_remarks import start_at
from voicecoach.cli.memory import Memory, Wish, find_resumption, history_here
from voicecoach.cli.moment_words import DOING, STANDING, Show, go_on, standing_words
from voicecoach.cli.screen import never_waited_for
from voicecoach.cli.sessions import open_speech
from voicecoach.cli.terminal import Terminal, can_be_asked
from voicecoach.coach import Controls
from voicecoach.errors import SessionRunningError
from voicecoach.events import Where
from voicecoach.live.suspension import sleepless_s
from voicecoach.model import MOST_PAIN, Pacing
from voicecoach.player.commands import Command, Moment, State
from voicecoach.remote import Status
from voicecoach.remote.control import is_playing
from voicecoach.remote.keys import can_be_pressed
from voicecoach.remote.table import listen_to_remotes
from voicecoach.session import Session
from voicecoach.sinks import Sink, open_sink
from voicecoach.timeline import PlacedSlot
from voicecoach.transcript import describe_place
from voicecoach.units import clock


@never_waited_for()
def play_live(session: Session, wish: Wish, terminal: Terminal) -> None:
    """Play a session, showing where it is and keeping it in the history, until its end or until stopped."""
    session = start_at(session, wish.start)
    sink = open_sink(wish.output, wish.device)
    memory = Memory(terminal)
    with ExitStack() as stack:
        fitted, speech = stack.enter_context(open_speech(session, wish.voice, terminal))
        follower, pain = Follower(fitted), None
        if wish.asks_pain:
            # Nothing is asked for a session that will be refused.
            if is_playing():
                raise SessionRunningError("a session is playing already", "`voicecoach ctl stop` ends it")
            pain = _asked_pain("before", terminal)

        def remote(obey: Callable[[Command], None]) -> None:
            stack.enter_context(listen_to_remotes(obey, follower.status, terminal.tell, terminal.add))
            if wish.note:
                terminal.tell(wish.note)
            # A session that is refused, as another one is playing, never was.
            memory.begin(session, fitted, wish, pain)

        follower.tell = (stack.enter_context(_show_for(terminal, fitted)), memory.follow)
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
        memory.keep_pain(_asked_pain("after", terminal))
    terminal.add(handed_over(sink))


def play_again(wish: Wish, pacing: Pacing, given: frozenset[str], terminal: Terminal) -> None:
    """Go on with the session that stopped: as it was, save for the wish and the flags `given` now."""
    play_live(*find_resumption(history_here(), wish, pacing, given, terminal), terminal)


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
        where = describe_place(self.last.now.slot.where) if self.last else ""
        return f"Stopped at {at}" + (f", in {where}." if where else ".")

    def status(self) -> Status:
        """Return where the session is, as remotes show it."""
        last = self.last
        where = last.now.slot.where if last else Where()
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


def _controls(remote: Callable[[Callable[[Command], None]], None], terminal: Terminal) -> Controls:
    """Return what steers a session through `remote`, and tells the terminal of what befalls it."""
    return Controls(
        remote=remote,
        lost=lambda error, seconds: terminal.tell(f"{error.what}; trying again in {seconds:.0f} s"),
        held=lambda seconds: terminal.tell(f"Held up for {seconds:.0f} s; paused until you resume it."),
        clock=sleepless_s,
    )


def _asked_pain(when: str, terminal: Terminal) -> int | None:
    """Ask for the pain before or after a session until the answer is a number from 0 to 10, or nothing.

    Enter skips, and so does the end of the input; without a person at a terminal nothing is asked.
    """
    if not (can_be_pressed() and can_be_asked()):
        return None
    if sys.platform != "win32":
        import termios  # Windows has none

        # Keys that were pressed for the session answer no question.
        with suppress(termios.error):
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    question = f"Pain {when} the session, from 0 to {MOST_PAIN}? (Enter skips) "
    while answer := terminal.ask(question):
        if answer.isascii() and answer.isdigit() and int(answer) <= MOST_PAIN:
            return int(answer)
        question = f"Write a number from 0 to {MOST_PAIN}, or nothing: "
    return None


@contextmanager
def _show_for(terminal: Terminal, session: Session) -> Iterator[Show]:
    """Give the way to show moments that suits the terminal, for the length of a session."""
    if terminal.plain:
        yield _Lines(terminal.tell, session.program.title).show
        return
    # Rich takes 60 ms, and draws nothing in a script or for a screen reader.
    from voicecoach.cli.live_picture import show_picture

    with show_picture(session) as show:
        yield show


@dataclass(slots=True)
class _Lines:
    """Tells the title once it sounds, then each exercise, set, side and rest once, in lines of their own."""

    tell: Callable[[str], None]
    title: str
    before: Where = Where()  # noqa: RUF009 - it is frozen
    state: State = State.PLAYING

    def show(self, moment: Moment) -> None:
        """Tell what has started since the last moment."""
        if self.title:
            self.tell(f"{self.title}. Ctrl-C stops.")
            self.title = ""
        for placed in moment.started:
            for words in self._news(placed):
                self.tell(f"{clock(placed.start_ms)} {words}")
        if moment.state is not self.state:
            self.state = moment.state
            if moment.state in STANDING:
                self.tell(f"{clock(moment.position_ms)} {standing_words(moment)}. {go_on()[0].upper()}{go_on()[1:]}.")

    def _news(self, placed: PlacedSlot) -> Iterator[str]:
        slot, where = placed.slot, placed.slot.where
        turn = Where(exercise=where.exercise, index=where.index, set=where.set, side=where.side)
        if slot.kind in {"rest", "switch"}:
            yield DOING[slot.kind]
        if slot.chapter:
            yield slot.chapter
        if where.rep is not None and turn != self.before:
            self.before = turn
            yield describe_place(turn)
