"""The use cases: what voicecoach does, each as one story with its collaborators passed in."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from voicecoach.errors import VoicecoachError
from voicecoach.events import Kind, Script, Sound, Timeline, Utterance
from voicecoach.fit import Costs, estimated, fit
from voicecoach.model import Pacing, Program
from voicecoach.phrases import Phrases
from voicecoach.script import compile_script
from voicecoach.timeline import PlacedSlot, gather, place, placed_slots
from voicecoach.units import samples_to_ms

if TYPE_CHECKING:
    from voicecoach.audio import Clip
    from voicecoach.export.save import Saved
    from voicecoach.sinks import Sink

NORMAL_WPM = 130
"""Real words a minute of guided exercise, between 110 and 150; audiobooks are read at 150 to 160."""


class Speech(Protocol):
    """Makes sounds: a `Studio`, or a fake of it. Lengths are in milliseconds."""

    rate_hz: int

    def reachable_wpm(self) -> tuple[int, int]:
        """Return the slowest and the fastest the voice speaks, in real words a minute."""
        ...

    def clip(self, sound: Sound) -> "Clip":
        """Return the finished sound."""
        ...

    def duration_ms(self, sound: Sound) -> int:
        """Return its length."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A program run with a pacing, in the words of a language; `start` is its first exercise, from 1."""

    program: Program
    pacing: Pacing
    phrases: Phrases
    start: int = 1

    def script(self, speech: Speech) -> Script:
        """Return what is said and done, spoken as near to the wished rate as the voice reaches."""
        rate_wpm, _ = speaking_rate(self.pacing, speech)
        return compile_script(self.program, self.pacing, self.phrases, rate_wpm, start=self.start)

    def fitted(self, speech: Speech) -> "Session":
        """Return the session whose pacing meets its target length, where it has one.

        The search goes by estimates, and once more by the words that are then really said.
        """
        if not self.pacing.fit_ms:
            return self
        rate_wpm, _ = speaking_rate(self.pacing, speech)
        program = replace(self.program, exercises=self.program.exercises[self.start - 1 :])
        pacing = self.pacing
        for duration in (estimated(rate_wpm), speech.duration_ms):
            costs = Costs.of(program, pacing, self.phrases, rate_wpm, duration)
            pacing = fit(costs, self.pacing)
        return replace(self, pacing=pacing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where a live session is: `total_ms` is 0 as long as not every word has been made."""

    position_ms: int
    total_ms: int
    now: PlacedSlot
    started: tuple[PlacedSlot, ...]


def timed(session: Session, speech: Speech) -> Timeline:
    """Return the timed speech script of a session."""
    return place(session.script(speech), speech.duration_ms)


def export(
    session: Session, speech: Speech, path: str, progress: Callable[[float], None]
) -> tuple[Timeline, "Saved"]:
    """Write a session to a sound file and return its timeline and what was written; see `save`."""
    from voicecoach.export.save import save
    from voicecoach.mix import mix

    timeline = timed(session, speech)
    speech_ms = sum(event.end_ms - event.start_ms for event in timeline.events if event.kind is not Kind.TONE)

    def cuts() -> Iterator[tuple[int, "Clip | None"]]:
        yield from ((event.start_ms, speech.clip(event.sound)) for event in timeline.events)
        yield timeline.duration_ms, None

    saved = save(
        path,
        lambda gain: mix(cuts(), speech.rate_hz, gain),
        speech.rate_hz,
        timeline.duration_ms,
        speech_ms,
        tags(session),
        timeline.chapters,
        progress,
    )
    return timeline, saved


def play(session: Session, speech: Speech, sink: "Sink", show: Callable[[Moment], None]) -> Timeline:
    """Play a session live and return its timeline; what is not yet made is made while it plays.

    Where speech fails in mid-session, the person is told so by voice before the error is raised.
    """
    from voicecoach.mix import mix

    live = Live(session, speech)
    threading.Thread(target=live.measure, name="voicecoach-measure", daemon=True).start()
    sink.play(mix(live.cuts(), speech.rate_hz), speech.rate_hz, lambda samples: live.tell(samples, show))
    if live.failure:
        raise live.failure
    return gather(live.script, live.placed)


class Live:
    """A session being placed while it is heard: `placed` grows ahead of the sound."""

    def __init__(self, session: Session, speech: Speech) -> None:
        self.script = session.script(speech)
        self.placed: list[PlacedSlot] = []
        self.total_ms = 0
        self.failure: VoicecoachError | None = None
        self._speech = speech
        self._told = 0
        self._apology = Utterance(
            session.phrases.wordings("stopped")[0], speaking_rate(session.pacing, speech)[0]
        )

    def cuts(self) -> Iterator[tuple[int, "Clip | None"]]:
        """Yield what is heard and when, as soon as its slot is placed; at a failure, an apology ends it."""
        apology, end_ms = None, 0
        try:
            for placed in placed_slots(self.script, self._speech.duration_ms):
                clips = [(event.start_ms, self._speech.clip(event.sound)) for event in placed.events]
                self.placed.append(placed)
                yield from clips
                yield placed.end_ms, None
                end_ms = placed.end_ms
                # Made early, so that it can be said when nothing more can be made.
                apology = apology or self._speech.clip(self._apology)
            self.total_ms = end_ms
        except VoicecoachError as error:
            if apology is None:
                raise
            self.failure = error
            yield end_ms, apology
            yield end_ms + apology.duration_ms, None

    def measure(self) -> None:
        """Make every word of the session, so that its length is known; for a thread beside the player."""
        # Where speech fails, `cuts` meets it too, and tells of it.
        with suppress(VoicecoachError):
            self.total_ms = place(self.script, self._speech.duration_ms).duration_ms

    def tell(self, samples: int, show: Callable[[Moment], None]) -> None:
        """Show where the session is after so many samples were handed to the device."""
        position_ms = samples_to_ms(samples, self._speech.rate_hz)
        known = len(self.placed)
        first = self._told
        while self._told < known and self.placed[self._told].start_ms <= position_ms:
            self._told += 1
        if self._told:
            started = tuple(self.placed[first : self._told])
            now = self.placed[self._told - 1]
            show(Moment(position_ms=position_ms, total_ms=self.total_ms, now=now, started=started))


def speaking_rate(pacing: Pacing, speech: Speech) -> tuple[int, str]:
    """Return the speaking rate in real words a minute, and a remark where it is not the wished one."""
    wished = pacing.rate_wpm or round(NORMAL_WPM * pacing.pace)
    slowest, fastest = speech.reachable_wpm()
    rate_wpm = min(max(wished, slowest), fastest)
    remark = f"this voice speaks {slowest} to {fastest} words a minute: {rate_wpm} instead of {wished}"
    return rate_wpm, "" if rate_wpm == wished else remark


def tags(session: Session) -> dict[str, str]:
    """Return the tags of a sound file of the session."""
    program = session.program
    return {
        "title": program.title,
        "artist": "voicecoach",
        "album": program.title,
        "genre": "Speech",
        "language": program.language,
        "comment": " ".join(session.phrases.safety(full=False)),
    }
