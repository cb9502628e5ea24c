"""What was promised against what was measured: one check a promise."""

import math
import statistics
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from voicecoach.audio import LEAD_MS
from voicecoach.errors import plain
from voicecoach.events import Chapter, Kind
from voicecoach.export.session_loudness import MOST_DBTP, TARGET_LUFS
from voicecoach.manifest import Manifest, ManifestEvent, ManifestHold
from voicecoach.units import clock
from voicecoach.verify.measurement import Measurement
from voicecoach.verify.recognition import ALIKE, QUIET_MS, SoundMatch

SCHEMA = 1

ONSET_MS = 20
"""Onsets and holds are exact within this."""

LENGTH_MS = 60
"""So much longer or shorter a decoded file may be."""

CHAPTER_MS = 50
LUFS = 1.0

REENCODED_DB = 0.5
"""What another encoder may add to a peak of -1 dBTP; the file as it was exported adds nothing."""

TONE_ALIKE = 0.85
"""A tone is recognised from here on: other tones reach 0.83, and its own 0.95, as its start is found."""

_LEAST_UNLIKE, _OUTLIER = 0.12, 30.0
"""So far below 1 an utterance may be, or so many times as far as the median: 0.09, and 22 times, are seen."""

LEVEL_DB = 6.0
"""How much softer or louder than the median of a file an utterance may be; those of a voice keep within 4."""

_TAIL_MS = 60
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Check:
    """A promise: whether it was kept, what was found in a few words, and the worst cases."""

    name: str
    kept: bool
    found: str
    worst: tuple[str, ...] = ()


def compose_report(path: str, checks: Iterable[Check]) -> dict[str, Any]:
    """Return the checks of a file as `verify --json` prints them."""
    rows = [asdict(each) | {"worst": [plain(case) for case in each.worst]} for each in checks]
    return {"schema": SCHEMA, "file": path, "kept": all(row["kept"] for row in rows), "checks": rows}


def check_promises(
    manifest: Manifest, measurement: Measurement, chapters: tuple[Chapter, ...], has_chapters: bool
) -> tuple[Check, ...]:
    """Return a check for each promise about a session."""
    return (
        _length(manifest, measurement),
        _onsets(measurement.matches),
        _words(measurement.matches),
        _holds(manifest, measurement.matches),
        _silences(manifest, measurement),
        _loudness(manifest, measurement),
        _peaks(measurement),
        _chapters(manifest, chapters, has_chapters),
    )


def _length(manifest: Manifest, measurement: Measurement) -> Check:
    off_ms = measurement.length_ms - manifest.duration_ms
    found = f"{clock(round(measurement.length_ms))}, {_signed(off_ms)} against the script"
    return Check("length", abs(off_ms) <= LENGTH_MS, found)


def _onsets(matches: Iterable[SoundMatch]) -> Check:
    every = list(matches)
    if not every:
        return Check("onsets", kept=False, found="nothing is heard in this script")
    off = [(_late_ms(each), each) for each in every if _has_onset(each, every)]
    lost = [each for late_ms, each in off if late_ms is None]
    wrong = [(late_ms, each) for late_ms, each in off if late_ms is not None and abs(late_ms) > ONSET_MS]
    most_ms = max((abs(late_ms) for late_ms, _ in off if late_ms is not None), default=0.0)
    worst = [f"{_named(each.event)} is not heard" for each in lost]
    for late_ms, each in sorted(wrong, key=lambda row: -abs(row[0])):
        worst.append(f"{_named(each.event)} is {abs(late_ms):.0f} ms {'late' if late_ms > 0 else 'early'}")
    found = f"{len(off)} sounds, at most {most_ms:.0f} ms from their time"
    return _counted("onsets", worst, found)


def _words(matches: Iterable[SoundMatch]) -> Check:
    worst, every = [], list(matches)
    spoken = [each for each in every if each.event.kind is not Kind.TONE]
    # From where on an utterance of this file is recognised: what stands out of the rest is not.
    unlike = 1 - _median([each.likeness for each in spoken])
    alike = max(ALIKE, 1 - max(_LEAST_UNLIKE, _OUTLIER * unlike))
    usual_db = _median([each.level_db for each in spoken if math.isfinite(each.level_db)])
    for each in every:
        is_tone = each.event.kind is Kind.TONE
        off_db = 0.0 if is_tone else each.level_db - usual_db
        named, own = _named(each.event), each.likeness
        if own < (TONE_ALIKE if is_tone else alike):
            worst.append((own, f"{named} does not sound like itself ({own:.2f})"))
        elif abs(off_db) > LEVEL_DB and math.isfinite(off_db):
            than = "softer" if off_db < 0 else "louder"
            worst.append((own, f"{named} is {abs(off_db):.0f} dB {than} than the others"))
        elif each.mistaken_for:
            worst.append((own, f'{named} sounds like "{_short(each.mistaken_for)}"'))
    texts = [text for _, text in sorted(worst)]
    least = min((each.likeness for each in every), default=1.0)
    return _counted("words", texts, f"all recognised, the least alike {least:.2f}")


def _median(values: list[float]) -> float:
    return statistics.median(values) if values else 0.0


def _holds(manifest: Manifest, matches: Iterable[SoundMatch]) -> Check:
    onset_of = {each.event: each for each in matches if each.onset_ms is not None}
    starts = {event.start_ms: each for event, each in onset_of.items()}
    ends = {event.end_ms: each for event, each in onset_of.items()}
    begins, stops = {event.end_ms for event in manifest.events}, {event.start_ms for event in manifest.events}
    worst, measured, most_ms = [], 0, 0.0
    for hold in manifest.holds:
        if hold.start_ms not in begins or hold.end_ms not in stops:
            worst.append((-math.inf, f"{clock(hold.start_ms)} {_short(hold.where)}: no sound starts or ends it"))
        lasted_ms = _lasted_ms(hold, starts, ends)
        if lasted_ms is None:
            continue
        off_ms = lasted_ms - hold.prescribed_ms
        measured, most_ms = measured + 1, max(most_ms, abs(off_ms))
        if abs(off_ms) > ONSET_MS:
            told = f"{_signed(off_ms)} against {hold.prescribed_ms / 1000:g} s"
            worst.append((-abs(off_ms), f"{clock(hold.start_ms)} {_short(hold.where)}: {told}"))
    found = f"{measured} of {len(manifest.holds)} measured, at most {most_ms:.0f} ms from their dose"
    return _counted("holds", [text for _, text in sorted(worst)], found)


def _lasted_ms(hold: ManifestHold, starts: dict[int, SoundMatch], ends: dict[int, SoundMatch]) -> float | None:
    begun, ended = ends.get(hold.start_ms), starts.get(hold.end_ms)
    if begun is None or ended is None or begun.onset_ms is None or ended.onset_ms is None:
        return None
    return ended.onset_ms - begun.onset_ms - begun.event.sound.length_ms


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
    kept = measurement.true_peak_dbtp <= MOST_DBTP + REENCODED_DB and not measurement.clipped
    clipped = f", {measurement.clipped} samples clipped" if measurement.clipped else ""
    return Check("peaks", kept, f"true peak {measurement.true_peak_dbtp:.1f} dBTP{clipped}")


def _chapters(manifest: Manifest, chapters: tuple[Chapter, ...], has_chapters: bool) -> Check:
    if not has_chapters:
        return Check("chapters", kept=True, found="this format has none")
    worst = [
        f'"{_short(wanted.title)}" is not at {clock(wanted.start_ms)}'
        for wanted, found in zip(manifest.chapters, (*chapters, *[None] * len(manifest.chapters)), strict=False)
        if found is None or found.title != wanted.title or abs(found.start_ms - wanted.start_ms) > CHAPTER_MS
    ]
    if len(chapters) > len(manifest.chapters):
        worst.append(f"{len(chapters) - len(manifest.chapters)} too many")
    return _counted("chapters", worst, f"{len(chapters)}, in their places")


def _counted(name: str, worst: list[str], found: str) -> Check:
    if not worst:
        return Check(name, kept=True, found=found)
    return Check(name, kept=False, found=f"{len(worst)} wrong ({found})", worst=tuple(worst[:_SHOWN]))


def _has_onset(each: SoundMatch, every: list[SoundMatch]) -> bool:
    """Whether silence was planned before a sound, so that it has an onset."""
    place = bisect_left(every, each.event.start_ms, key=lambda match: match.event.start_ms)
    return place == 0 or every[place - 1].event.end_ms + QUIET_MS <= each.event.start_ms


def _late_ms(each: SoundMatch) -> float | None:
    return None if each.onset_ms is None else each.onset_ms - LEAD_MS - each.event.start_ms


def _named(event: ManifestEvent) -> str:
    return f'{clock(event.start_ms)} "{_short(event.sound.text)}"'


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."  # noqa: PLR2004 - a line's worth


def _signed(ms: float) -> str:
    return f"{round(ms):+d} ms"
