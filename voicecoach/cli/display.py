"""What is seen of a live session: lines that stay in place, or a line for each thing worth knowing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from voicecoach.cli.moment_words import DOING, STANDING, Show, go_on, standing_words
from voicecoach.cli.terminal import Terminal
from voicecoach.events import Where
from voicecoach.live.moment import Moment
from voicecoach.player.commands import State
from voicecoach.session import Session
from voicecoach.timeline import PlacedSlot
from voicecoach.transcript import describe_place
from voicecoach.units import clock


@contextmanager
def show_for(terminal: Terminal, session: Session) -> Iterator[Show]:
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
