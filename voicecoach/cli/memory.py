"""Remembering sessions: where one stopped, how to go on, and how it felt."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from voicecoach.cli.resumption import kept_flags, source_of
from voicecoach.cli.terminal import Terminal, can_be_asked
from voicecoach.errors import VoicecoachError, plain
from voicecoach.history import FINISHED, STOPPED, History
from voicecoach.model import MOST_PAIN
from voicecoach.paths import history_path
from voicecoach.player.commands import Moment, State
from voicecoach.remote.keys import can_be_pressed
from voicecoach.session import Session

EVERY_MS = 15_000
"""How far a killed session may be behind in the history."""


def history_here() -> History:
    """Return this user's history; raises VoicecoachError where no path can be told."""
    return History(history_path(os.environ))


class Memory:
    """Keeps one live session in the history; where that fails, the session goes on and one line says so."""

    def __init__(self, terminal: Terminal) -> None:
        self._history: History
        self._terminal = terminal
        self._number = 0
        self._all: frozenset[int] = frozenset()
        self._kept = (0, -EVERY_MS)
        self._before: int | None = None
        self._last_ms = self._played_ms = 0

    def begin(self, wished: Session, fitted: Session, source: str, voice: str) -> None:
        """Remember that a session starts, as it was `wished` and as its target length was `fitted`."""
        count, flags = len(wished.program.exercises), kept_flags(wished, fitted, voice)
        self._all = frozenset(range(wished.start, count + 1))

        def start() -> None:
            title, found = plain(wished.program.title), source_of(source)
            self._history = history_here()
            self._number = self._history.begin(title, found, flags, count, wished.start)
            self._history.pain(self._number, before=self._before)

        self._try(start, "This session is not remembered")

    def follow(self, moment: Moment) -> None:
        """Remember how far it has come, at each exercise and every few seconds."""
        # Standing still is no exercise.
        if moment.state is State.PLAYING:
            self._played_ms += max(moment.position_ms - self._last_ms, 0)
        self._last_ms = moment.position_ms
        index = moment.now.slot.where.index or self._kept[0]
        if self._number and (index != self._kept[0] or moment.position_ms - self._kept[1] >= EVERY_MS):
            self._kept = index, moment.position_ms
            self._keep(moment)

    def end(self, moment: Moment | None, *, finished: bool) -> None:
        """Remember how it ended; who stops in the closing words has done it all."""
        if self._number and moment:
            self._keep(moment)
            finished = finished or self._all <= moment.done
        if self._number:
            state = FINISHED if finished else STOPPED
            self._try(lambda: self._history.end(self._number, state))

    def ask_before(self) -> None:
        """Ask for the pain before the session, which `begin` then remembers."""
        self._before = asked_pain("before", self._terminal)

    def ask_after(self) -> None:
        """Ask for the pain after the session, and remember the answer."""
        value = asked_pain("after", self._terminal)
        if self._number and value is not None:
            self._try(lambda: self._history.pain(self._number, after=value))

    def _keep(self, moment: Moment) -> None:
        reached = moment.now.slot.where.index or self._kept[0] or min(self._all)
        done, done_ms = len(moment.done), self._played_ms
        self._try(lambda: self._history.reached(self._number, reached=reached, done=done, done_ms=done_ms))

    def _try(self, change: Callable[[], None], what: str = "From here on this session is not remembered") -> None:
        try:
            change()
        except VoicecoachError as error:
            self._number = 0
            self._terminal.tell(f"{what}: {error}")


def asked_pain(when: str, terminal: Terminal) -> int | None:
    """Ask for the pain before or after a session until the answer is a number from 0 to 10, or nothing.

    Enter skips, and so does the end of the input; without a person at a terminal nothing is asked.
    """
    if not (can_be_pressed() and can_be_asked()):
        return None
    _forget_typed()
    question = f"Pain {when} the session, from 0 to {MOST_PAIN}? (Enter skips) "
    while answer := terminal.ask(question):
        if answer.isascii() and answer.isdigit() and int(answer) <= MOST_PAIN:
            return int(answer)
        question = f"Write a number from 0 to {MOST_PAIN}, or nothing: "
    return None


def _forget_typed() -> None:
    """Forget keys that were pressed for the session: they answer no question."""
    if sys.platform == "win32":
        return
    # Windows has none.
    import termios

    with suppress(termios.error):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
