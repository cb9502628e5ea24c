"""A bar that moves while something is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voicecoach.cli.terminal import Terminal, printable


@contextmanager
def progress_bar(terminal: Terminal, label: str) -> Iterator[Callable[[float], None]]:
    """Give what moves a bar from 0 to 1, or nothing where there are no bars."""
    if terminal.plain:
        yield lambda _: None
        return
    # Rich takes 60 ms, and draws nothing in a script.
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(escape(printable(label)), total=1.0)
        yield lambda done: progress.update(task, completed=done)
