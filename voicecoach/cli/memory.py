"""Remembering sessions: where one stopped and how it felt, and going on with it from there, as it was played."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from voicecoach.cli.sessions import load, session_for, session_names
from voicecoach.cli.source_names import STDIN
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError, UsageError, VoicecoachError, plain
from voicecoach.history import FINISHED, STOPPED, History, SessionRecord
from voicecoach.knobs import KNOBS, can_be_given
from voicecoach.model import Fitted, Override, Pacing, Program
from voicecoach.paths import history_path
from voicecoach.player.commands import Moment, State
from voicecoach.session import Session

EVERY_MS = 15_000
"""How far a killed session may be behind in the history."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a session is to be played: what it was called, from where, by whom, to which device.

    A `note` is told once it has the one place of a session that plays.
    """

    source: str
    start: str = "1"
    voice: str = ""
    output: str = "auto"
    device: str = ""
    waits: bool = False
    asks_pain: bool = False
    note: str = ""


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
        self._last_ms = self._played_ms = 0

    def begin(self, wished: Session, fitted: Session, wish: Wish, pain: int | None) -> None:
        """Remember that a session starts, as it was `wished` and as its target length was `fitted`."""
        title, count = plain(wished.program.title), len(wished.program.exercises)
        flags = kept_flags(wished, fitted, wish.voice)
        self._all = frozenset(range(wished.start, count + 1))
        with self._told("This session is not remembered"):
            self._history = history_here()
            self._number = self._history.begin(title, _source_of(wish.source), flags, count, wished.start)
            self._history.change(self._number, pain_before=pain)

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
                self._history.change(self._number, state=FINISHED if finished else STOPPED)

    def keep_pain(self, after: int | None) -> None:
        """Remember how much it hurts after the session."""
        if self._number and after is not None:
            with self._told():
                self._history.change(self._number, pain_after=after)

    def _keep(self, moment: Moment) -> None:
        reached = moment.now.slot.where.index or self._kept[0] or min(self._all)
        with self._told():
            self._history.change(self._number, reached=reached, done=len(moment.done), done_ms=self._played_ms)

    @contextmanager
    def _told(self, what: str = "From here on this session is not remembered") -> Iterator[None]:
        """Let the session go on without memory where it fails, and say so once."""
        try:
            yield
        except VoicecoachError as error:
            self._number = 0
            self._terminal.tell(f"{what}: {error}")


def find_resumption(
    history: History, wish: Wish, pacing: Pacing, given: frozenset[str], terminal: Terminal
) -> tuple[Session, Wish]:
    """Return the last session that stopped, or the last of that name, and a wish to play it from there.

    It is paced and spoken as it was, save for the flags that are `given` on the command line now. Raises
    UsageError and VoicecoachError.
    """
    if "start" in given:
        what = "--resume goes on where the session stopped, and --from starts elsewhere"
        raise UsageError(what, "leave one of them out")
    entry = _stopped(history, wish.source)
    if Path(entry.source).is_absolute() and not Path(entry.source).exists():
        what = "the file of the stopped session is gone"
        raise FileError(entry.source, what, "put it back, or start another session")
    start, note = _place(entry, load(entry.source))
    kept = merge_pacings(kept_pacing(entry.flags), pacing, given)
    voice = wish.voice if "voice" in given else str(entry.flags.get("voice", ""))
    again = replace(wish, source=entry.source, start=str(start), voice=voice, note=note)
    return session_for(entry.source, kept, terminal), again


@contextmanager
def _readable() -> Iterator[None]:
    """Raise VoicecoachError where what was kept is damaged, or of another version."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError):
        what = "the stopped session cannot be gone on with, as what was kept of it cannot be read"
        raise VoicecoachError(what, "start it anew, with --from") from None


def kept_flags(wished: Session, fitted: Session, voice: str) -> dict[str, Any]:
    """Return what a session was started with and what it was made of, as JSON keeps it.

    `fitted` is the `wished` one with its target length settled: what is left shall not fill it anew.
    """
    settled = fitted.pacing.fitted
    return {
        "voice": voice,
        "pacing": {**asdict(wished.pacing), "fitted": None},
        "fitted": {**asdict(settled), "lead_in_ms": fitted.pacing.lead_in_ms} if settled else None,
        "exercises": [each.name for each in wished.program.exercises],
        "program": _digest(wished.program),
    }


@_readable()
def kept_pacing(flags: Mapping[str, Any]) -> Pacing:
    """Return the pacing that `kept_flags` kept; raises VoicecoachError where it did not.

    A knob that came with a later version stands where it stands by itself.
    """
    kept, settled = dict(flags["pacing"]), flags.get("fitted")
    fields: dict[str, Any] = {
        knob.field: knob.restore(kept.pop(knob.field)) for knob in KNOBS if not knob.is_dose and knob.field in kept
    }
    kept["overrides"] = tuple(Override(**each) for each in kept["overrides"])
    pacing = Pacing(**kept, **fields)
    if settled:
        settled = dict(settled)
        lead_in_ms = settled.pop("lead_in_ms")
        settled["nudges"] = tuple((str(name), float(share)) for name, share in settled["nudges"])
        pacing = replace(pacing, lead_in_ms=lead_in_ms, fit_ms=None, fitted=Fitted(**settled))
    if not can_be_given(pacing):
        raise ValueError
    return pacing


def merge_pacings(kept: Pacing, now: Pacing, given: frozenset[str]) -> Pacing:
    """Return a kept pacing with the flags that are `given` now in place of its own.

    A given dose stands for all kept ones of its field. Another target length or effort undoes what the kept
    target had settled.
    """
    if given & {"fit", "effort"} and kept.fitted:
        moved_ms = kept.lead_in_ms if kept.lead_in_given else Pacing().lead_in_ms
        kept = replace(kept, fitted=None, lead_in_ms=moved_ms)
    turned = [knob for knob in KNOBS if knob.name in given]
    fields: dict[str, Any] = {knob.field: getattr(now, knob.field) for knob in turned if not knob.is_dose}
    doses = {knob.flag for knob in turned if knob.is_dose}
    overrides = [each for each in kept.overrides if each.field not in doses]
    overrides += [each for each in now.overrides if each.field in doses]
    lead_in_given = kept.lead_in_given or "lead_in" in given
    return replace(kept, overrides=tuple(overrides), lead_in_given=lead_in_given, **fields)


def _stopped(history: History, name: str) -> SessionRecord:
    """Return the session to go on with; raises VoicecoachError where there is none."""
    source = _source_of(name) if name else ""
    entry = history.unfinished(source)
    if entry is None:
        known = [each for each in history.records() if source in {"", each.source}]
        of = f'of "{plain(name)}" ' if name else ""
        over = bool(known) and known[-1].state == FINISHED
        what = f"the last session {of}was finished" if over else f"there is no stopped session {of}to go on with"
        raise VoicecoachError(what, f"start one: voicecoach play {plain(name) or 'SESSION'}")
    if entry.source == STDIN:
        what = "the stopped session came from standard input"
        raise VoicecoachError(what, f"give it again, with --from {entry.reached}")
    return entry


def _source_of(name: str) -> str:
    """Return how a session is found again from any folder: a file by its whole path."""
    elsewhere = name == STDIN or "://" in name or name in session_names()
    return name if elsewhere else str(Path(name).absolute())


def _place(entry: SessionRecord, program: Program) -> tuple[int, str]:
    """Return the exercise to go on with, from 1, and a sentence about it; raises VoicecoachError."""
    with _readable():
        name = str(dict(enumerate(entry.flags["exercises"], 1))[entry.reached])
    found = [place for place, each in enumerate(program.exercises, 1) if each.name == name]
    if not found:
        what = f'{plain(entry.source)}: the session stopped in "{plain(name)}", which is no longer in it'
        raise VoicecoachError(what, f"start it anew: voicecoach play {plain(entry.source)}")
    start = min(found, key=lambda place: abs(place - entry.reached))
    same = _digest(program) == entry.flags.get("program")
    changed = "" if same else f"{plain(program.title)} has changed since it stopped. "
    return start, f"{changed}Going on with {plain(name)}, exercise {start} of {len(program.exercises)}."


def _digest(program: Program) -> str:
    return hashlib.sha256(repr(program.exercises).encode()).hexdigest()[:16]
