"""Remembering sessions: where one stopped, how to go on, and how it felt."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cli.resumption import kept_flags, source_of
from voicecoach.cli.tables import columns
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError, plain
from voicecoach.history import FINISHED, PLAYING, STOPPED, History, SessionRecord
from voicecoach.model import MOST_PAIN
from voicecoach.player import State
from voicecoach.session import Session
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.live.moment import Moment

EVERY_MS = 15_000
"""How far a killed session may be behind in the history."""


def history_here() -> History:
    """Return this user's history: `$VOICECOACH_HISTORY`, else in the platform's folder for a user's data."""
    from platformdirs import user_data_path

    named = os.environ.get("VOICECOACH_HISTORY")
    return History(
        Path(named) if named else user_data_path("voicecoach", appauthor=False) / "history.sqlite3"
    )


class Memory:
    """Keeps one live session in the history; where that fails, the session goes on and one line says so."""

    def __init__(self, history: History, terminal: Terminal) -> None:
        self._history = history
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
            self._number = self._history.begin(title, found, flags, count, wished.start)
            self._history.pain(self._number, before=self._before)

        self._try(start, "This session is not remembered")

    def follow(self, moment: "Moment") -> None:
        """Remember how far it has come, at each exercise and every few seconds."""
        # Standing still is no exercise.
        if moment.state is State.PLAYING:
            self._played_ms += max(moment.position_ms - self._last_ms, 0)
        self._last_ms = moment.position_ms
        index = moment.now.slot.where.index or self._kept[0]
        if self._number and (index != self._kept[0] or moment.position_ms - self._kept[1] >= EVERY_MS):
            self._kept = index, moment.position_ms
            self._keep(moment)

    def end(self, moment: "Moment | None", *, finished: bool) -> None:
        """Remember how it ended; who stops in the closing words has done it all."""
        if self._number and moment:
            self._keep(moment)
            finished = finished or self._all <= moment.done
        if self._number:
            state = FINISHED if finished else STOPPED
            self._try(lambda: self._history.end(self._number, state))

    def ask_before(self) -> None:
        """Ask for the pain before the session, which `begin` then remembers."""
        self._before = asked_pain("before")

    def ask_after(self) -> None:
        """Ask for the pain after the session, and remember the answer."""
        value = asked_pain("after")
        if self._number and value is not None:
            self._try(lambda: self._history.pain(self._number, after=value))

    def _keep(self, moment: "Moment") -> None:
        reached = moment.now.slot.where.index or self._kept[0] or min(self._all)
        done, done_ms = len(moment.done), self._played_ms
        self._try(lambda: self._history.reached(self._number, reached=reached, done=done, done_ms=done_ms))

    def _try(
        self, change: Callable[[], None], what: str = "From here on this session is not remembered"
    ) -> None:
        try:
            change()
        except FileError as error:
            self._number = 0
            self._terminal.tell(f"{what}: {error}")


def asked_pain(when: str) -> int | None:
    """Ask for the pain before or after a session until the answer is a number from 0 to 10, or nothing.

    Enter skips, and so does the end of the input; without a person at a terminal nothing is asked.
    """
    from voicecoach.remote.keys import can_be_pressed

    if not (can_be_pressed() and sys.stderr is not None and sys.stderr.isatty()):
        return None
    _forget_typed()
    question = f"Pain {when} the session, from 0 to {MOST_PAIN}? (Enter skips) "
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        try:
            typed = sys.stdin.readline()
        except BaseException:
            sys.stderr.write("\n")  # whatever follows begins a line of its own
            raise
        answer = typed.strip()
        if not answer:
            return None
        if answer.isascii() and answer.isdigit() and int(answer) <= MOST_PAIN:
            return int(answer)
        question = f"Write a number from 0 to {MOST_PAIN}, or nothing: "


def _forget_typed() -> None:
    """Forget keys that were pressed for the session: they answer no question."""
    if sys.platform == "win32":
        return
    import termios

    with suppress(termios.error):
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def show_history(terminal: Terminal, *, as_json: bool, plot: str, delete: bool) -> None:
    """Print the history as a table or as JSON, draw it, or delete it."""
    history = history_here()
    if delete:
        was_there = history.delete()
        terminal.tell(f"{history.path} is deleted." if was_there else "There is no history.")
        return
    entries = _settled(history.records())
    if plot:
        from voicecoach.plot.history import draw_history

        draw_history(entries, plot)
        terminal.result(plot)
    elif as_json:
        terminal.result(json.dumps({"schema": 1, "sessions": [asdict(entry) for entry in entries]}))
    elif entries:
        for line in columns(_rows(entries)):
            terminal.result(line)
    else:
        terminal.tell("No session was played yet.")


def _settled(entries: tuple[SessionRecord, ...]) -> tuple[SessionRecord, ...]:
    """Return the entries with sessions that were killed told as stopped."""
    from voicecoach.remote.control import is_playing

    if not any(each.state == PLAYING for each in entries) or is_playing():
        return entries
    return tuple(replace(each, state=STOPPED) if each.state == PLAYING else each for each in entries)


def _rows(entries: tuple[SessionRecord, ...]) -> Iterator[tuple[str, ...]]:
    yield "Started", "Program", "Played", "Exercises", "Ended", "Pain"
    for each in entries:
        pains = ["-" if value is None else str(value) for value in (each.pain_before, each.pain_after)]
        pain = "" if pains == ["-", "-"] else " to ".join(pains)
        started, done = local_time(each.started), f"{each.done} of {each.exercises}"
        yield started, plain(each.title), clock(each.done_ms), done, each.state, pain


def local_time(started: str) -> str:
    """Return a moment, kept in universal time, by the person's own clock: "2026-11-20 07:05"."""
    return datetime.fromisoformat(started).astimezone().strftime("%Y-%m-%d %H:%M")
