"""A session: a program run with a pacing. What is said in it, when, and how long it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.events import Script, Sound, Timeline
from voicecoach.model import Pacing, Program
from voicecoach.phrases import Phrases
from voicecoach.script import compile_script
from voicecoach.speech import Speech
from voicecoach.timeline import place

NORMAL_WPM = 130
"""Real words a minute of guided exercise, between 110 and 150; audiobooks are read at 150 to 160."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A program run with a pacing, in the words of a language; `start` is its first exercise, from 1."""

    program: Program
    pacing: Pacing
    phrases: Phrases
    start: int = 1

    def fit(self, speech: Speech) -> "Session":
        """Return the session whose pacing meets its target length, where it has one that is not met yet.

        The search goes by estimates, and once more by the words that are then really said.
        """
        if not self.pacing.fit_ms or self.pacing.fitted:
            return self
        # A search of its own, which most sessions do without.
        from voicecoach.session_length import Costs, estimate_duration, fit_length

        rate_wpm, _ = speaking_rate(self.pacing, speech)
        program = replace(self.program, exercises=self.program.exercises[self.start - 1 :])
        pacing = self.pacing
        for duration in (estimate_duration(rate_wpm), speech.duration_ms):
            costs = Costs.of(program, pacing, self.phrases, rate_wpm, duration)
            pacing = fit_length(costs, self.pacing)
        return replace(self, pacing=pacing)

    def script(self, speech: Speech) -> Script:
        """Return what is said and done, spoken as near to the wished rate as the voice reaches."""
        rate_wpm, _ = speaking_rate(self.pacing, speech)
        return compile_script(self.program, self.pacing, self.phrases, rate_wpm, start=self.start)

    def sounds(self, speech: Speech) -> Iterator[Sound]:
        """Yield what will be heard of the session, as far as nothing yields."""
        for slot in self.script(speech).slots:
            yield from (event.wordings[0] for event in slot.events if event.wordings)


def time_session(session: Session, speech: Speech) -> Timeline:
    """Return the timed speech script of a session."""
    return place(session.script(speech), speech.duration_ms)


def speaking_rate(pacing: Pacing, speech: Speech) -> tuple[int, str]:
    """Return the speaking rate in real words a minute, and a remark where it is not the wished one."""
    wished = pacing.rate_wpm or round(NORMAL_WPM * pacing.pace)
    slowest, fastest = speech.reachable_wpm()
    rate_wpm = min(max(wished, slowest), fastest)
    remark = f"this voice speaks {slowest} to {fastest} words a minute: {rate_wpm} instead of {wished}"
    return rate_wpm, "" if rate_wpm == wished else remark


def sound_tags(session: Session) -> dict[str, str]:
    """Return the tags of a sound file of the session."""
    program = session.program
    return {
        "title": program.title,
        "artist": "voicecoach",
        "album": program.title,
        "genre": "Speech",
        "language": session.phrases.table["iso-639-2"],
        "comment": " ".join(session.phrases.safety(full=False)),
    }
