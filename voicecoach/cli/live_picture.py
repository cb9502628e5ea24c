"""What is seen of a live session where lines can stay in place, whatever the size of the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.markup import escape
from rich.progress import Progress
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from voicecoach.cli.moment_words import DOING, STANDING, Show, go_on, standing_words
from voicecoach.cli.terminal import printable
from voicecoach.player.commands import Moment
from voicecoach.remote.keys import can_be_pressed, describe_keys
from voicecoach.session import Session
from voicecoach.transcript import describe_place
from voicecoach.units import clock

_WORDS, _SECONDS, _BAR, _LEAST_BAR = 18, 6, 40, 6
# Widths of a countdown's parts, in characters; a bar of fewer than so many tells nothing.
_GAPS = 6


@contextmanager
def show_picture(session: Session) -> Iterator[Show]:
    """Give what shows moments in lines that stay in place, for the length of a session."""
    with Live(console=Console(stderr=True), refresh_per_second=10, transient=True) as live:
        yield lambda moment: live.update(_Picture(session.program.title, moment))


@contextmanager
def show_bar(label: str) -> Iterator[Callable[[float], None]]:
    """Give what moves a bar from 0 to 1."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(escape(printable(label)), total=1.0)
        yield lambda done: progress.update(task, completed=done)


@dataclass(frozen=True, slots=True)
class _Picture:
    """The lines of a moment: the title, the place, what one does and how long yet, and the keys.

    What there is no room for is left out, the countdown last: a line that scrolls away is never taken back.
    """

    title: str
    moment: Moment

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines that the terminal has room for, as wide as it is now."""
        # A row stays free for the cursor, which goes on to the next line in the end.
        rows, width, left_ms = max(console.height - 1, 1), options.max_width, self.moment.left_ms
        heading = Table.grid(expand=True)
        heading.add_column(ratio=1, no_wrap=True)
        heading.add_column(justify="right", no_wrap=True)
        heading.add_row(_line(self.title, "bold"), f"{clock(left_ms)[:-2]} left" if left_ms else "")
        doing, keys = self._countdown(width), f"{describe_keys()}  Ctrl-C stops" if can_be_pressed() else "Ctrl-C stops"
        if self.moment.state in STANDING:
            doing, keys = _line(standing_words(self.moment), "bold"), f"{go_on()}, Ctrl-C stops"
        lines: list[Table | Text] = [heading, _line(describe_place(self.moment.now.slot.where)), doing]
        yield from lines[-rows:]
        yield from Text(keys, style="dim").wrap(console, width)[: max(rows - len(lines), 0)]

    def _countdown(self, width: int) -> Table | Text:
        now = self.moment.now
        length_ms = max(now.end_ms - now.start_ms, 1)
        done_ms = min(max(self.moment.position_ms - now.start_ms, 0), length_ms)
        words = DOING.get(now.slot.kind, "")
        seconds = f"{(length_ms - done_ms + 999) // 1000:>4} s"
        bar_width = min(width - _WORDS - _SECONDS - _GAPS, _BAR)
        if bar_width < _LEAST_BAR:
            room = max(width - _SECONDS, 0)
            return _line(f"{words[:room]:<{room}}{seconds}")
        row = Table.grid(padding=(0, 1))
        row.add_row(_line(f"{words:<{_WORDS}}"), ProgressBar(length_ms, done_ms, width=bar_width), _line(seconds))
        return row


def _line(text: str, style: str = "") -> Text:
    """Return a text that takes one line, whatever it is."""
    return Text(printable(text), style=style, no_wrap=True, overflow="ellipsis")
