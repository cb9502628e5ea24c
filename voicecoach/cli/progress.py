"""A bar that moves while something is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voicecoach.cli.terminal import Terminal


@contextmanager
def progress_bar(terminal: Terminal, label: str) -> Iterator[Callable[[float], None]]:
    """Give what moves a bar from 0 to 1, or nothing where there are no bars."""
    if terminal.plain:
        yield lambda _: None
        return
    # Rich takes 60 ms, and draws nothing in a script.
    from voicecoach.cli.live_picture import show_bar

    with show_bar(label) as progress:
        yield progress
