"""The script that travels inside a sound file: compact, and enough to check the file by itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.events import Chapter, Kind, Placed, Sound, Span, Timeline
from voicecoach.printed import where_words

SCHEMA = 1
_KINDS = {Kind.SPEAK: "s", Kind.COUNT: "c", Kind.BREATH: "b", Kind.TONE: "t"}
_KIND_OF = {letter: kind for kind, letter in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Said:
    """A sound of the session: its words, its length in ms, and what it sounds like (`fingerprint`)."""

    text: str
    length_ms: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Due:
    """A sound at its time, in ms from the start."""

    start_ms: int
    said: Said
    kind: Kind = Kind.SPEAK

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        return self.start_ms + self.said.length_ms


@dataclass(frozen=True, slots=True)
class Held:
    """A hold: where it is, the end of the word that starts it, and the start of the one that ends it."""

    where: str
    start_ms: int
    end_ms: int
    prescribed_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A session as a file carries it; `levelled` says whether its loudness was set (else it has its own)."""

    title: str
    duration_ms: int
    levelled: bool
    chapters: tuple[Chapter, ...]
    events: tuple[Due, ...]
    holds: tuple[Held, ...]


def composed(timeline: Timeline, fingerprints: Mapping[Sound, str], *, levelled: bool) -> str:
    """Return the timeline as one line of JSON, in ASCII; a sound without a fingerprint is left out."""
    events = [event for event in timeline.events if fingerprints.get(event.sound)]
    sounds = {event.sound: event for event in events}
    place = {sound: number for number, sound in enumerate(sounds)}
    return json.dumps(
        {
            "voicecoach": SCHEMA,
            "title": timeline.title,
            "language": timeline.language,
            "duration_ms": timeline.duration_ms,
            "levelled": levelled,
            "chapters": [[each.title, each.start_ms, each.end_ms] for each in timeline.chapters],
            "sounds": [_sound(event, fingerprints[sound]) for sound, event in sounds.items()],
            "events": [[event.start_ms, place[event.sound], _KINDS[event.kind]] for event in events],
            "holds": [_hold(hold) for hold in timeline.holds],
        },
        separators=(",", ":"),
    )


def parsed(text: str) -> Carried:
    """Read what `composed` wrote; raises ValueError for anything else."""
    try:
        whole = json.loads(text)
        if whole["voicecoach"] != SCHEMA:
            raise ValueError("written by another version")
        sounds = [Said(str(words), int(ms), str(digits)) for words, ms, digits in whole["sounds"]]
        return Carried(
            title=str(whole["title"]),
            duration_ms=int(whole["duration_ms"]),
            levelled=bool(whole["levelled"]),
            chapters=tuple(Chapter(str(title), int(lo), int(hi)) for title, lo, hi in whole["chapters"]),
            events=tuple(
                Due(int(start), sounds[place], _KIND_OF[letter]) for start, place, letter in whole["events"]
            ),
            holds=tuple(Held(str(where), int(lo), int(hi), int(ms)) for where, lo, hi, ms in whole["holds"]),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("not a session's script") from error


def _sound(event: Placed, digits: str) -> list[str | int]:
    return [event.text, event.end_ms - event.start_ms, digits]


def _hold(hold: Span) -> list[str | int]:
    return [where_words(hold.where), hold.start_ms, hold.end_ms, hold.prescribed_ms]
