"""Remembering sessions: where one stopped, how to go on, and how it felt."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from voicecoach.cli.resumption import kept_flags, source_of
from voicecoach.cli.terminal import Terminal, can_be_asked
from voicecoach.errors import VoicecoachError, plain
from voicecoach.history import FINISHED, STOPPED, History
from voicecoach.live.moment import Moment
from voicecoach.model import MOST_PAIN
from voicecoach.paths import history_path
from voicecoach.player.commands import State
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
        program, flags = wished.program, kept_flags(wished, fitted, voice)
        count = len(program.exercises)
        self._all = frozenset(range(wished.start, count + 1))
        with self._told("This session is not remembered"):
            self._history = history_here()
            self._number = self._history.begin(plain(program.title), source_of(source), flags, count, wished.start)
            self._history.pain(self._number, before=self._before)

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
            with self._told():
                self._history.end(self._number, FINISHED if finished else STOPPED)

    def ask_before(self) -> None:
        """Ask for the pain before the session, which `begin` then remembers."""
        self._before = _asked_pain("before", self._terminal)

    def ask_after(self) -> None:
        """Ask for the pain after the session, and remember the answer."""
        value = _asked_pain("after", self._terminal)
        if self._number and value is not None:
            with self._told():
                self._history.pain(self._number, after=value)

    def _keep(self, moment: Moment) -> None:
        reached = moment.now.slot.where.index or self._kept[0] or min(self._all)
        with self._told():
            self._history.reached(self._number, reached=reached, done=len(moment.done), done_ms=self._played_ms)

    @contextmanager
    def _told(self, what: str = "From here on this session is not remembered") -> Iterator[None]:
        """Let the session go on without memory where it fails, and say so once."""
        try:
            yield
        except VoicecoachError as error:
            self._number = 0
            self._terminal.tell(f"{what}: {error}")


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
