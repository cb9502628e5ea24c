"""What is seen of a live session: lines that stay in place, or a line for each thing worth knowing."""

from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.cli.moment_words import DOING, STANDING, Show, go_on, standing_words
from voicecoach.cli.terminal import Terminal
from voicecoach.events import Where
from voicecoach.player.commands import Moment, State
from voicecoach.session import Session
from voicecoach.timeline import PlacedSlot
from voicecoach.transcript import describe_place
from voicecoach.units import clock

WORTH_A_LINE = {"rest", "switch"}


@contextmanager
def show_for(terminal: Terminal, session: Session) -> Iterator[Show]:
    """Give the way to show moments that suits the terminal, for the length of a session."""
    if terminal.plain:
        yield _Lines(terminal, session.program.title).show
        return
    # Rich takes 60 ms, and draws nothing in a script or for a screen reader.
    from voicecoach.cli.live_picture import show_picture

    with show_picture(session) as show:
        yield show


class _Lines:
    """Tells the title once it sounds, then each exercise, set, side and rest once, in lines of their own."""

    def __init__(self, terminal: Terminal, title: str) -> None:
        self._terminal = terminal
        self._title = title
        self._before = Where()
        self._state = State.PLAYING

    def show(self, moment: Moment) -> None:
        """Tell what has started since the last moment."""
        if self._title:
            self._terminal.tell(f"{self._title}. Ctrl-C stops.")
            self._title = ""
        for placed in moment.started:
            for words in self._news(placed):
                self._terminal.tell(f"{clock(placed.start_ms)} {words}")
        if moment.state is not self._state:
            self._state = moment.state
            if moment.state in STANDING:
                at = clock(moment.position_ms)
                self._terminal.tell(f"{at} {standing_words(moment)}. {go_on()[0].upper()}{go_on()[1:]}.")

    def _news(self, placed: PlacedSlot) -> Iterator[str]:
        slot, where = placed.slot, placed.slot.where
        turn = Where(exercise=where.exercise, index=where.index, set=where.set, side=where.side)
        if slot.kind in WORTH_A_LINE:
            yield DOING[slot.kind]
        if slot.chapter:
            yield slot.chapter
        if where.rep is not None and turn != self._before:
            self._before = turn
            yield describe_place(turn)
