"""Going on: the session that stopped, as it was played, from the exercise where it stopped."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from voicecoach.cli.sessions import load, session_for, session_names
from voicecoach.cli.source_names import STDIN
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError, UsageError, VoicecoachError, plain
from voicecoach.history import FINISHED, History, SessionRecord
from voicecoach.knobs import KNOBS, can_be_given
from voicecoach.model import Fitted, Override, Pacing, Program
from voicecoach.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """The session to go on with: where it came from, who speaks it, and a `note` on where it goes on."""

    session: Session
    source: str
    voice: str
    note: str


def find_resumption(
    history: History, name: str, voice: str, pacing: Pacing, given: frozenset[str], terminal: Terminal
) -> Resumption:
    """Return the last session that stopped, or the last of `name`, from where it stopped.

    It is paced and spoken as it was, save for the flags that are `given` on the command line now. Raises
    UsageError and VoicecoachError.
    """
    if "start" in given:
        what = "--resume goes on where the session stopped, and --from starts elsewhere"
        raise UsageError(what, "leave one of them out")
    entry = _stopped(history, name)
    if Path(entry.source).is_absolute() and not Path(entry.source).exists():
        what = "the file of the stopped session is gone"
        raise FileError(entry.source, what, "put it back, or start another session")
    start, note = _place(entry, load(entry.source))
    kept = merge_pacings(kept_pacing(entry.flags), pacing, given)
    session = replace(session_for(entry.source, kept, terminal), start=start)
    voice = voice if "voice" in given else str(entry.flags.get("voice", ""))
    return Resumption(session=session, source=entry.source, voice=voice, note=note)


@contextmanager
def _readable() -> Iterator[None]:
    """Raise VoicecoachError where what was kept is damaged, or of another version."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError):
        what = "the stopped session cannot be gone on with, as what was kept of it cannot be read"
        raise VoicecoachError(what, "start it anew, with --from") from None


def source_of(name: str) -> str:
    """Return how a session is found again from any folder: a file by its whole path."""
    elsewhere = name == STDIN or "://" in name or name in session_names()
    return name if elsewhere else str(Path(name).absolute())


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
    source = source_of(name) if name else ""
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
