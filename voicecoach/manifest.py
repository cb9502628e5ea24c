"""The script that travels inside a sound file: compact, and enough to check the file by itself."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from voicecoach.events import Chapter, Kind, Sound, Timeline
from voicecoach.transcript import describe_place
from voicecoach.units import DAY_MS

SCHEMA = 1
_KINDS = {Kind.SPEAK: "s", Kind.COUNT: "c", Kind.BREATH: "b", Kind.TONE: "t"}
_KIND_OF = {letter: kind for kind, letter in _KINDS.items()}

_MOST_CHARACTERS = 8_000_000  # an hour of counted seconds takes a hundred and fifty thousand
_MOST_MS = 7 * DAY_MS
# In each second, and in each minute: an exercise of counted seconds, in breaths of two, has 137 in a minute.
_MOST_WITHIN = ((20, 1000), (200, 60_000))
_LONGEST_MS = dict.fromkeys(Kind, 600_000) | {Kind.TONE: 1000}
_FINGERPRINT = re.compile(r"[0-9a-f]{128}")


class ManifestSound(NamedTuple):
    """A sound of the session: its words, its length in ms, and what it sounds like (`fingerprint`)."""

    text: str
    length_ms: int
    fingerprint: str


class ManifestEvent(NamedTuple):
    """A sound at its time, in ms from the start."""

    start_ms: int
    sound: ManifestSound
    kind: Kind = Kind.SPEAK

    @property
    def end_ms(self) -> int:
        """Where it ends."""
        return self.start_ms + self.sound.length_ms


class ManifestHold(NamedTuple):
    """A hold: where it is, the end of the word that starts it, and the start of the one that ends it."""

    where: str
    start_ms: int
    end_ms: int
    prescribed_ms: int


class Manifest(NamedTuple):
    """A session as a file carries it; `levelled` says whether its loudness was set (else it has its own)."""

    title: str
    duration_ms: int
    levelled: bool
    chapters: tuple[Chapter, ...]
    events: tuple[ManifestEvent, ...]
    holds: tuple[ManifestHold, ...]


def compose_manifest(timeline: Timeline, fingerprints: Mapping[Sound, str], *, levelled: bool) -> str:
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
            "sounds": [
                [event.text, event.end_ms - event.start_ms, fingerprints[sound]] for sound, event in sounds.items()
            ],
            "events": [[event.start_ms, place[event.sound], _KINDS[event.kind]] for event in events],
            "holds": [
                [describe_place(each.where), each.start_ms, each.end_ms, each.prescribed_ms] for each in timeline.holds
            ],
        },
        separators=(",", ":"),
    )


def parse_manifest(text: str) -> Manifest:
    """Read what `compose_manifest` wrote; raises ValueError for anything else, whatever it is and at once."""
    try:
        return _session(json.loads(text[:_MOST_CHARACTERS]))
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise ValueError("not a session's script") from error


def _session(whole: dict[str, Any]) -> Manifest:
    if whole["voicecoach"] != SCHEMA:
        raise ValueError("of another version")
    sounds = [ManifestSound(_text(words), _natural(ms), _digits(digits)) for words, ms, digits in whole["sounds"]]
    events = [
        ManifestEvent(_natural(start_ms), sounds[_natural(place)], _KIND_OF[letter])
        for start_ms, place, letter in whole["events"]
    ]
    _check_order(events)
    return Manifest(
        title=_text(whole["title"]),
        duration_ms=_natural(whole["duration_ms"]),
        levelled=bool(whole["levelled"]),
        chapters=tuple(Chapter(_text(title), _natural(lo), _natural(hi)) for title, lo, hi in whole["chapters"]),
        events=tuple(events),
        holds=tuple(
            ManifestHold(_text(where), _natural(lo), _natural(hi), _natural(ms)) for where, lo, hi, ms in whole["holds"]
        ),
    )


def _check_order(events: Sequence[ManifestEvent]) -> None:
    """Raise ValueError for events that no session has: out of order, too dense, or two words at once."""
    free_ms = 0
    for place, event in enumerate(events):
        if event.start_ms < events[max(place - 1, 0)].start_ms:
            raise ValueError("out of order")
        for most, ms in _MOST_WITHIN:
            if place >= most and event.start_ms < events[place - most].start_ms + ms:
                raise ValueError("too many at once")
        if event.sound.length_ms > _LONGEST_MS[event.kind]:
            raise ValueError("too long")
        if event.kind is not Kind.TONE:
            if event.start_ms < free_ms:
                raise ValueError("two words at once")
            free_ms = event.end_ms


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _natural(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST_MS:
        raise ValueError("no place, time or length")
    return value


def _digits(value: object) -> str:
    if not _FINGERPRINT.fullmatch(_text(value)):
        raise ValueError("no fingerprint")
    return _text(value)
