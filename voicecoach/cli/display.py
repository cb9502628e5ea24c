"""What is seen of a live session: lines that stay in place, or a line for each thing worth knowing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicecoach.cli.terminal import Terminal
from voicecoach.events import Where
from voicecoach.player import State
from voicecoach.session import Session
from voicecoach.timeline import PlacedSlot
from voicecoach.transcript import describe_place
from voicecoach.units import clock

if TYPE_CHECKING:
    from rich.console import Group

    from voicecoach.live.moment import Moment

Show = Callable[["Moment"], None]

DOING = {
    "silence": "",
    "welcome": "Listen",
    "rest": "Rest",
    "lead-in": "Get into position",
    "switch": "Switch sides",
    "hold-start": "Begin",
    "hold": "Hold",
    "phase": "Move",
    "release": "Release",
    "number": "Move",
    "close": "Well done",
}
"""What a person does in each kind of slot; a hold begins as the word for it ends."""

WORTH_A_LINE = {"rest", "switch"}

STANDING = {State.PAUSED: "Paused", State.BETWEEN: "Waiting for you"}
"""What a session does that goes on only when it is told to."""


@contextmanager
def show_for(terminal: Terminal, session: Session) -> Iterator[Show]:
    """Give the way to show moments that suits the terminal, for the length of a session."""
    if terminal.plain:
        yield _Lines(terminal, session.program.title).show
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True)
    with Live(console=console, refresh_per_second=10, transient=True) as live:
        yield lambda moment: live.update(_picture(session, moment))


class _Lines:
    """Tells the title once it sounds, then each exercise, set, side and rest once, in lines of their own."""

    def __init__(self, terminal: Terminal, title: str) -> None:
        self._terminal = terminal
        self._title = title
        self._before = Where()
        self._state = State.PLAYING

    def show(self, moment: "Moment") -> None:
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
                self._terminal.tell(f"{at} {_standing(moment)}. {go_on()[0].upper()}{go_on()[1:]}.")

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


def go_on() -> str:
    """Return what makes a session that stands go on: a key, where there are keys."""
    from voicecoach.remote.keys import can_be_pressed

    return "space or Enter goes on" if can_be_pressed() else "`voicecoach ctl resume` goes on"


def _standing(moment: "Moment") -> str:
    where = moment.now.slot.where
    before = f" before {where.exercise}" if moment.state is State.BETWEEN and where.exercise else ""
    return f"{STANDING[moment.state]}{before}"


def _keys() -> str:
    """Return the keys that are listened to."""
    from voicecoach.remote.keys import can_be_pressed, describe_keys

    return f"{describe_keys()}  Ctrl-C stops" if can_be_pressed() else "Ctrl-C stops"


def _picture(session: Session, moment: "Moment") -> "Group":
    """Return the lines of a moment: title and time left, where one is, and the time in what one does."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    slot, now = moment.now.slot, moment.now
    left = f"{clock(moment.left_ms)[:-2]} left" if moment.left_ms else ""
    heading = Table.grid(expand=True)
    heading.add_column(ratio=1)
    heading.add_column(justify="right")
    heading.add_row(Text(session.program.title, style="bold"), Text(left))
    length_ms = max(now.end_ms - now.start_ms, 1)
    done_ms = min(max(moment.position_ms - now.start_ms, 0), length_ms)
    bar = Table.grid(padding=(0, 1))
    bar.add_column(no_wrap=True)
    bar.add_column()
    bar.add_column(no_wrap=True)
    seconds = f"{(length_ms - done_ms + 999) // 1000:>4} s"
    bar.add_row(
        Text(f"{DOING.get(slot.kind, ''):<18}"), ProgressBar(length_ms, done_ms, width=40), Text(seconds)
    )
    if moment.state in STANDING:
        keys = Text(f"{go_on()}, Ctrl-C stops", style="dim")
        return Group(heading, Text(describe_place(slot.where)), Text(_standing(moment), style="bold"), keys)
    return Group(heading, Text(describe_place(slot.where)), bar, Text(_keys(), style="dim"))
