"""Where messages go: results to standard output, everything else to standard error.

A terminal there that is gone, or takes nothing just now, is in nobody's way.
All text leaves the program here, and some of it comes from elsewhere: file names, pages, headers, programs,
flags. None of it may steer the terminal.
"""

import io
import os
import re
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from voicecoach.errors import UsageError

# Characters that steer a terminal or turn the direction of what follows, and bytes that are no text.
_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# For a terminal that is only slow; one that took nothing for so long is not waited for until it does.
_PATIENCE_S = 0.2

Words = Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
"""Variants of cues, by language and the name of the cue."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """How to talk to the person: `plain` without bars, `verbose` with reasons, `words` as they word cues themselves."""

    plain: bool = False
    verbose: bool = False
    words: Words = field(default_factory=dict)

    def result(self, text: str) -> None:
        """Print a result to standard output."""
        print(printable(text), file=sys.stdout)  # noqa: T201 - this is the one place that prints results

    def result_object(self, whole: Mapping[str, object]) -> None:
        """Print a result as one JSON object to standard output."""
        import json  # which nothing needs that people read

        self.result(json.dumps(whole, ensure_ascii=False))

    def tell(self, text: str) -> None:
        """Print a message to standard error, in one piece: a signal may fall between two."""
        print(f"{printable(text)}\n", end="", file=sys.stderr, flush=True)  # noqa: T201 - and messages

    def add(self, text: str) -> None:
        """Print a message that only those who asked for more want to read."""
        if self.verbose:
            self.tell(text)

    def ask(self, question: str) -> str:
        """Ask the person at the terminal, and return what they typed; nothing at the end of the input."""
        sys.stderr.write(printable(question))
        sys.stderr.flush()
        try:
            return sys.stdin.readline().strip()
        except BaseException:
            sys.stderr.write("\n")  # whatever follows begins a line of its own
            raise


def printable(text: str) -> str:
    r"""Return a text with what steers a terminal written out, an escape as `\u001b`: so JSON stays the JSON it was."""
    return text if text.isascii() and text.isprintable() else _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(name: str) -> str:
    r"""Return a name as it stands in a line: a break in it, which would forge another line, written out."""
    return name.replace("\n", r"\u000a")


def terminal_for(*, plain: bool, verbose: bool, words: Words) -> Terminal:
    """Return the terminal for the flags and the surroundings: no bars where they cannot be drawn."""
    drawable = sys.stderr is not None and sys.stderr.isatty()
    dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    return Terminal(plain=plain or dumb or not drawable, verbose=verbose, words=words)


def show_notes() -> None:
    """Print what the package notes on its way, and tells nobody else, to standard error."""
    import logging  # takes as long to load as all that `--help` needs of this package

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            Terminal().tell(record.getMessage())

    notes = logging.getLogger("voicecoach")
    notes.setLevel(logging.INFO)
    notes.addHandler(Notes())


def can_be_asked() -> bool:
    """Whether a person sits at the terminal who can read a question and answer it."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def refuse_two(wishes: Mapping[str, object]) -> None:
    """Raise UsageError where more than one of some flags that exclude each other was given."""
    if sum(map(bool, wishes.values())) > 1:
        *flags, last = wishes
        raise UsageError(f"{', '.join(flags)} and {last} do different things", "ask for one of them")


class Screen(io.FileIO):
    """A terminal by its file descriptor. What it does not take any more, or not in time, is left out.

    With a `patience_s` of None it is given all the time that it wants; else the descriptor must not block.
    """

    def __init__(self, number: int, patience_s: float | None = None) -> None:
        super().__init__(number, "w", closefd=False)
        self._patience_s = self._wait_s = patience_s

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]
        """Write as much of the data as is taken, and return the length of it all."""
        rest = memoryview(data)
        with suppress(OSError):
            while rest and self._takes():
                rest = rest[os.write(self.fileno(), rest) :]
        return len(data)

    def _takes(self) -> bool:
        if self._patience_s is None:
            return True
        taken = bool(select.select([], [self], [], self._wait_s)[1])
        self._wait_s = self._patience_s if taken else 0.0
        return taken


def never_fail() -> None:
    """Let no message of this run fail because its terminal is gone: what is left to do is still done."""
    if _is_terminal():
        sys.stderr = _stream(Screen(sys.stderr.fileno()))


@contextmanager
def never_waited_for() -> Iterator[None]:
    """Let nobody wait for the terminal meanwhile, as when Ctrl-S has stopped it."""
    before, number = sys.stderr, None
    with suppress(OSError):
        if _is_terminal():
            # Opened once more, for us alone, so that it does not block.
            flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
            number = os.open(os.ttyname(before.fileno()), flags)
            sys.stderr = _stream(Screen(number, _PATIENCE_S))
    try:
        yield
    finally:
        sys.stderr = before
        if number is not None:
            os.close(number)


def _is_terminal() -> bool:
    return sys.platform != "win32" and sys.stderr is not None and sys.stderr.isatty()


def _stream(screen: Screen) -> io.TextIOWrapper:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    return io.TextIOWrapper(screen, encoding, "backslashreplace", line_buffering=True)
