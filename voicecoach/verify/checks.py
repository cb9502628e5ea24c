"""What was promised against what was measured: one check a promise."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from statistics import median
from typing import Any, NamedTuple

from voicecoach.audio import LEAD_MS
from voicecoach.errors import plain
from voicecoach.events import Chapter, Kind
from voicecoach.export.session_loudness import MOST_DBTP, TARGET_LUFS
from voicecoach.manifest import Manifest, ManifestEvent
from voicecoach.units import clock
from voicecoach.verify.measurement import ALIKE, QUIET_MS, Measurement, SoundMatch

SCHEMA = 1

ONSET_MS = 20
"""Onsets and holds are exact within this."""

LENGTH_MS = 60
"""So much longer or shorter a decoded file may be."""

CHAPTER_MS = 50
LUFS = 1.0

# What another encoder may add to a peak of -1 dBTP; the file as it was exported adds nothing.
_REENCODED_DB = 0.5
# A tone is recognised from here on: other tones reach 0.83, and its own 0.95, as its start is found.
_TONE_ALIKE = 0.85
# So far below 1 an utterance may be, or so many times as far as the median: 0.09, and 22 times, are seen.
_LEAST_UNLIKE, _OUTLIER = 0.12, 30.0
# How much softer or louder than the median of a file an utterance may be; those of a voice keep within 4.
_LEVEL_DB = 6.0
_TAIL_MS = 60
_SHOWN = 3


class Check(NamedTuple):
    """A promise: whether it was kept, what was found in a few words, and the worst cases."""

    name: str
    kept: bool
    found: str
    worst: tuple[str, ...] = ()


def compose_report(path: str, checks: Iterable[Check]) -> dict[str, Any]:
    """Return the checks of a file as `verify --json` prints them."""
    rows = [each._asdict() | {"worst": [plain(case) for case in each.worst]} for each in checks]
    return {"schema": SCHEMA, "file": path, "kept": all(row["kept"] for row in rows), "checks": rows}


def check_promises(
    manifest: Manifest, measurement: Measurement, chapters: tuple[Chapter, ...] | None
) -> tuple[Check, ...]:
    """Return a check for each promise about a session; `chapters` are None where the file cannot have any."""
    return (
        _length(manifest, measurement),
        _onsets(measurement.matches),
        _words(measurement.matches),
        _holds(manifest, measurement.matches),
        _silences(manifest, measurement),
        _loudness(manifest, measurement),
        _peaks(measurement),
        _chapters(manifest, chapters),
    )


def _length(manifest: Manifest, measurement: Measurement) -> Check:
    off_ms = measurement.length_ms - manifest.duration_ms
    found = f"{clock(round(measurement.length_ms))}, {_signed(off_ms)} against the script"
    return Check("length", abs(off_ms) <= LENGTH_MS, found)


def _onsets(matches: Sequence[SoundMatch]) -> Check:
    if not matches:
        return Check("onsets", kept=False, found="nothing is heard in this script")
    due = [each for each in matches if _has_onset(each, matches)]
    late = [(each.onset_ms - LEAD_MS - each.event.start_ms, each) for each in due if each.onset_ms is not None]
    late.sort(key=lambda row: -abs(row[0]))
    worst = [f"{_named(each.event)} is not heard" for each in due if each.onset_ms is None]
    for late_ms, each in late:
        if abs(late_ms) > ONSET_MS:
            worst.append(f"{_named(each.event)} is {abs(late_ms):.0f} ms {'late' if late_ms > 0 else 'early'}")
    most_ms = abs(late[0][0]) if late else 0.0
    return _counted("onsets", worst, f"{len(due)} sounds, at most {most_ms:.0f} ms from their time")


def _words(matches: Sequence[SoundMatch]) -> Check:
    worst = []
    spoken = [each for each in matches if each.event.kind is not Kind.TONE]
    # From where on an utterance of this file is recognised: what stands out of the rest is not.
    unlike = 1 - median([each.likeness for each in spoken] or [0.0])
    alike = max(ALIKE, 1 - max(_LEAST_UNLIKE, _OUTLIER * unlike))
    usual_db = median([each.level_db for each in spoken if math.isfinite(each.level_db)] or [0.0])
    for each in matches:
        is_tone = each.event.kind is Kind.TONE
        off_db = 0.0 if is_tone else each.level_db - usual_db
        named, own = _named(each.event), each.likeness
        if own < (_TONE_ALIKE if is_tone else alike):
            worst.append((own, f"{named} does not sound like itself ({own:.2f})"))
        elif abs(off_db) > _LEVEL_DB and math.isfinite(off_db):
            than = "softer" if off_db < 0 else "louder"
            worst.append((own, f"{named} is {abs(off_db):.0f} dB {than} than the others"))
        elif each.mistaken_for:
            worst.append((own, f'{named} sounds like "{_short(each.mistaken_for)}"'))
    texts = [text for _, text in sorted(worst)]
    least = min((each.likeness for each in matches), default=1.0)
    return _counted("words", texts, f"all recognised, the least alike {least:.2f}")


def _holds(manifest: Manifest, matches: Sequence[SoundMatch]) -> Check:
    heard = [(each.event, each.onset_ms) for each in matches if each.onset_ms is not None]
    onset_of = {event.start_ms: onset_ms for event, onset_ms in heard}
    sound_of = {event.end_ms: (event.sound.length_ms, onset_ms) for event, onset_ms in heard}
    begins, stops = {event.end_ms for event in manifest.events}, {event.start_ms for event in manifest.events}
    worst, measured, most_ms = [], 0, 0.0
    for hold in manifest.holds:
        if hold.start_ms not in begins or hold.end_ms not in stops:
            worst.append((-math.inf, f"{clock(hold.start_ms)} {_short(hold.where)}: no sound starts or ends it"))
        if hold.start_ms not in sound_of or hold.end_ms not in onset_of:
            continue
        length_ms, onset_ms = sound_of[hold.start_ms]
        off_ms = onset_of[hold.end_ms] - onset_ms - length_ms - hold.prescribed_ms
        measured, most_ms = measured + 1, max(most_ms, abs(off_ms))
        if abs(off_ms) > ONSET_MS:
            told = f"{_signed(off_ms)} against {hold.prescribed_ms / 1000:g} s"
            worst.append((-abs(off_ms), f"{clock(hold.start_ms)} {_short(hold.where)}: {told}"))
    found = f"{measured} of {len(manifest.holds)} measured, at most {most_ms:.0f} ms from their dose"
    return _counted("holds", [text for _, text in sorted(worst)], found)


def _silences(manifest: Manifest, measurement: Measurement) -> Check:
    starts = [event.start_ms for event in manifest.events]
    worst = []
    for start_ms, end_ms in measurement.spans:
        before = bisect_left(starts, start_ms + ONSET_MS) - 1
        last = bisect_left(starts, end_ms + ONSET_MS) - 1
        begins = before >= 0 and start_ms <= manifest.events[before].end_ms + _TAIL_MS
        if not begins or end_ms > manifest.events[last].end_ms + _TAIL_MS:
            worst.append(f"{clock(round(start_ms))} to {clock(round(end_ms))}: sound where none was planned")
    return _counted("silence", worst, "nothing sounds where nothing was planned")


def _loudness(manifest: Manifest, measurement: Measurement) -> Check:
    off = measurement.lufs - TARGET_LUFS
    # Where peaks forbid more, a session stays below: it then comes near to the highest.
    held_back = off < 0 and measurement.true_peak_dbtp >= MOST_DBTP - 2 * LUFS
    kept = not manifest.levelled or abs(off) <= LUFS or held_back
    why = ", held back by its peaks" if held_back and off < -LUFS else ""
    return Check("loudness", kept, f"{measurement.lufs:.1f} LUFS{why}")


def _peaks(measurement: Measurement) -> Check:
    kept = measurement.true_peak_dbtp <= MOST_DBTP + _REENCODED_DB and not measurement.clipped
    clipped = f", {measurement.clipped} samples clipped" if measurement.clipped else ""
    return Check("peaks", kept, f"true peak {measurement.true_peak_dbtp:.1f} dBTP{clipped}")


def _chapters(manifest: Manifest, chapters: tuple[Chapter, ...] | None) -> Check:
    if chapters is None:
        return Check("chapters", kept=True, found="this format has none")
    worst = [
        f'"{_short(wanted.title)}" is not at {clock(wanted.start_ms)}'
        for wanted, found in zip_longest(manifest.chapters, chapters[: len(manifest.chapters)])
        if found is None or found.title != wanted.title or abs(found.start_ms - wanted.start_ms) > CHAPTER_MS
    ]
    if len(chapters) > len(manifest.chapters):
        worst.append(f"{len(chapters) - len(manifest.chapters)} too many")
    return _counted("chapters", worst, f"{len(chapters)}, in their places")


def _counted(name: str, worst: list[str], found: str) -> Check:
    if not worst:
        return Check(name, kept=True, found=found)
    return Check(name, kept=False, found=f"{len(worst)} wrong ({found})", worst=tuple(worst[:_SHOWN]))


def _has_onset(each: SoundMatch, every: Sequence[SoundMatch]) -> bool:
    """Whether silence was planned before a sound, so that it has an onset."""
    place = bisect_left(every, each.event.start_ms, key=lambda match: match.event.start_ms)
    return place == 0 or every[place - 1].event.end_ms + QUIET_MS <= each.event.start_ms


def _named(event: ManifestEvent) -> str:
    return f'{clock(event.start_ms)} "{_short(event.sound.text)}"'


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - a line's worth


def _signed(ms: float) -> str:
    return f"{round(ms):+d} ms"
