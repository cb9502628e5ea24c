"""Remembering sessions: where one stopped, how to go on, and how it felt."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicecoach.cli.tables import columns
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError, VoicecoachError
from voicecoach.history import FINISHED, PLAYING, STOPPED, Entry, History
from voicecoach.model import Breathing, Count, Detail, Effort, Override, Pacing, Program
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.live.moment import Moment

EVERY_MS = 15_000
"""How far a killed session may be behind in the history."""

MOST_PAIN = 10


def history_here() -> History:
    """Return this user's history: `$VOICECOACH_HISTORY`, else in the platform's folder for a user's data."""
    from platformdirs import user_data_path

    named = os.environ.get("VOICECOACH_HISTORY")
    return History(
        Path(named) if named else user_data_path("voicecoach", appauthor=False) / "history.sqlite3"
    )


def resumed(source: str) -> tuple[str, Pacing, str, str]:
    """Return the session to go on with: its source, pacing and voice, and the exercise where it stopped.

    Raises VoicecoachError where there is none.
    """
    entry = history_here().unfinished(source_of(source) if source else "")
    if entry is None:
        raise VoicecoachError(
            "there is no stopped session to go on with", "start one: voicecoach play SESSION"
        )
    if entry.source == "-":
        raise VoicecoachError("the last session came from standard input", "give it again, with --from")
    return entry.source, pacing_of(entry.flags), str(entry.flags.get("voice", "")), str(entry.reached)


def source_of(name: str) -> str:
    """Return how a session is found again from any folder: a file by its whole path."""
    return str(Path(name).absolute()) if name != "-" and Path(name).suffix and Path(name).exists() else name


def flags_of(pacing: Pacing, voice: str) -> dict[str, Any]:
    """Return what a session was started with, as JSON keeps it."""
    return {"voice": voice, "pacing": {**asdict(pacing), "fitted": None}}


def pacing_of(flags: dict[str, Any]) -> Pacing:
    """Return the pacing that `flags_of` kept; raises VoicecoachError where another version kept it."""
    kept = dict(flags.get("pacing", {}))
    try:
        kept["overrides"] = tuple(Override(**each) for each in kept["overrides"])
        kept["breath"] = Breathing(**kept["breath"]) if kept["breath"] else None
        kept |= {
            "effort": Effort(kept["effort"]),
            "detail": Detail(kept["detail"]),
            "count": Count(kept["count"]),
        }
        return Pacing(**kept)
    except (KeyError, TypeError, ValueError):
        what = "the stopped session was kept by another version of voicecoach"
        raise VoicecoachError(what, "start it anew, with --from") from None


class Memory:
    """Keeps one live session in the history; where that fails, the session goes on and one line says so."""

    def __init__(self, history: History, terminal: Terminal) -> None:
        self._history = history
        self._terminal = terminal
        self._number = 0
        self._kept = (0, -EVERY_MS)

    def begin(self, program: Program, source: str, pacing: Pacing, voice: str) -> None:
        """Remember that a session starts."""
        count, flags = len(program.exercises), flags_of(pacing, voice)
        self._try(lambda: self._start(program.title, source_of(source), flags, count))

    def follow(self, moment: "Moment") -> None:
        """Remember how far it has come, at each exercise and every few seconds."""
        index = moment.now.slot.where.index or 1
        if self._number and (index != self._kept[0] or moment.position_ms - self._kept[1] >= EVERY_MS):
            self._kept = index, moment.position_ms
            self._keep(moment)

    def end(self, moment: "Moment | None", *, finished: bool) -> None:
        """Remember how it ended."""
        if self._number and moment:
            self._keep(moment)
        if self._number:
            self._try(lambda: self._history.end(self._number, FINISHED if finished else STOPPED))

    def pain(self, when: str) -> None:
        """Ask for the pain from 0 to 10, and remember the answer; Enter skips, and so does no terminal."""
        value = asked_pain(f"Pain {when} the session, from 0 to {MOST_PAIN}? (Enter skips) ")
        if self._number and value is not None:
            self._try(lambda: self._history.pain(self._number, **{when: value}))

    def _start(self, title: str, source: str, flags: dict[str, Any], count: int) -> None:
        self._number = self._history.begin(title, source, flags, count)

    def _keep(self, moment: "Moment") -> None:
        reached = moment.now.slot.where.index or self._kept[0] or 1
        done, done_ms = len(moment.done), moment.position_ms
        self._try(lambda: self._history.reached(self._number, reached=reached, done=done, done_ms=done_ms))

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except FileError as error:
            self._number = 0
            self._terminal.tell(f"This session is not remembered: {error}")


def asked_pain(question: str) -> int | None:
    """Ask on the terminal until the answer is a number from 0 to 10, or nothing."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        answer = sys.stdin.readline().strip()
        if not answer:
            return None
        if answer.isascii() and answer.isdigit() and int(answer) <= MOST_PAIN:
            return int(answer)


def show_history(terminal: Terminal, *, as_json: bool, plot: str, delete: bool) -> None:
    """Print the history as a table or as JSON, draw it, or delete it."""
    history = history_here()
    if delete:
        was_there = history.delete()
        terminal.tell(f"{history.path} is deleted." if was_there else "There is no history.")
        return
    entries = _settled(history.entries())
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


def _settled(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the entries with sessions that were killed told as stopped."""
    from voicecoach.remote.control import is_playing

    alive = is_playing()
    stopped = (
        replace(each, state=STOPPED) if each.state == PLAYING and not alive else each for each in entries
    )
    return tuple(stopped)


def _rows(entries: tuple[Entry, ...]) -> Iterator[tuple[str, ...]]:
    yield "Started (UTC)", "Program", "Played", "Exercises", "Ended", "Pain"
    for each in entries:
        pains = ["-" if value is None else str(value) for value in (each.pain_before, each.pain_after)]
        pain = "" if pains == ["-", "-"] else " to ".join(pains)
        started, done = each.started[:16].replace("T", " "), f"{each.done} of {each.exercises}"
        yield started, each.title, clock(each.done_ms), done, each.state, pain
