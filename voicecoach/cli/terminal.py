"""Where messages go: results to standard output, everything else to standard error."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.phrases.own import Wordings


@dataclass(frozen=True, slots=True)
class Terminal:
    """How to talk to the person: `plain` without bars, boxes and colours, `verbose` with more reasons.

    `words` are the person's own wordings of what the coach says, by language.
    """

    plain: bool = False
    verbose: bool = False
    words: Mapping[str, "Wordings"] = field(default_factory=dict)

    def result(self, text: str) -> None:
        """Print a result to standard output."""
        print(text, file=sys.stdout)  # noqa: T201 - this is the one place that prints results

    def tell(self, text: str) -> None:
        """Print a message to standard error, in one piece: a signal may fall between two."""
        print(f"{text}\n", end="", file=sys.stderr, flush=True)  # noqa: T201 - and messages


def terminal_for(*, plain: bool, verbose: bool, words: "Mapping[str, Wordings] | None" = None) -> Terminal:
    """Return the terminal for the flags and the surroundings: no bars where they cannot be drawn."""
    drawable = sys.stderr is not None and sys.stderr.isatty()
    dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    return Terminal(plain=plain or dumb or not drawable, verbose=verbose, words=words or {})


def show_notes() -> None:
    """Print what the package notes on its way, and tells nobody else, to standard error."""
    import logging  # takes as long to load as all that `--help` needs of this package

    notes = logging.getLogger("voicecoach")
    notes.setLevel(logging.INFO)
    notes.addHandler(logging.StreamHandler())
