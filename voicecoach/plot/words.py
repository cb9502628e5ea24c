"""What is written beside the picture: the session's length and pacing, each exercise's dose and times."""

from dataclasses import replace

from voicecoach.errors import plain
from voicecoach.events import Chapter, Timeline
from voicecoach.knobs import knob_words
from voicecoach.model import Pacing
from voicecoach.plot.marks import Turn, alternates, counted, round_to_second
from voicecoach.units import clock


def summary(timeline: Timeline) -> str:
    """Return how long a session is, and of how much."""
    exercises = len({rep.where.index for rep in timeline.reps})
    held_ms = sum(hold.end_ms - hold.start_ms for hold in timeline.holds)
    reps = counted(len(timeline.reps), "repetition")
    parts = [f"{short_clock(timeline.duration_ms)} long", counted(exercises, "exercise"), reps]
    if timeline.holds:
        parts.append(f"{counted(len(timeline.holds), 'hold')} of {short_clock(held_ms)} together")
    return ", ".join(parts)


def pacing_words(pacing: Pacing, voice: str, rate_wpm: int) -> str:
    """Return the knobs of a session in words."""
    knobs = knob_words(replace(pacing, rate_wpm=None))
    return f"voice {plain(voice)}, {rate_wpm} words a minute; {', '.join(knobs)}"


def dose_words(timeline: Timeline, turns: list[Turn]) -> str:
    """Return what is done in the turns of a chapter: sets, repetitions, hold, sides, and what of it was filled in."""
    if not turns:
        return ""
    first = turns[0][0].where
    sides = list(dict.fromkeys(turn[0].where.side.value for turn in turns if turn[0].where.side))
    held = {hold.prescribed_ms for hold in timeline.holds if hold.where.index == first.index}
    sets = max(turn[0].where.set or 1 for turn in turns)
    parts = [
        counted(sets, "set") if sets > 1 else "",
        counted(len(turns[0]), "repetition"),
        "left and right in turn" if alternates(turns[0]) else ", then ".join(f"{side} side" for side in sides),
        f"hold {' or '.join(map(round_to_second, sorted(held)))}" if held else "",
    ]
    filled = [f"{each.field} {each.value}" for each in timeline.filled if each.exercise == first.exercise]
    stated = ", ".join(filter(None, parts))
    return f"{stated} (filled in: {', '.join(sorted(set(filled)))})" if filled else stated


def times_words(chapter: Chapter) -> str:
    """Return from when to when a chapter goes, and how long that is."""
    lasts = short_clock(chapter.end_ms - chapter.start_ms)
    return f"{short_clock(chapter.start_ms)} to {short_clock(chapter.end_ms)}, {lasts} long"


def short_clock(ms: int) -> str:
    """Return a position in whole seconds, `m:ss` or `h:mm:ss`."""
    return clock((ms + 500) // 1000 * 1000)[:-2]
