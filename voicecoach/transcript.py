"""The timeline in print: one object for programs, lines of text for people."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from voicecoach.events import Kind, Timeline, Where
from voicecoach.model import Pacing
from voicecoach.units import clock

SCHEMA = 1
_WHO = {Kind.SPEAK: "coach", Kind.COUNT: "count", Kind.BREATH: "breath", Kind.TONE: "tone"}


def compose_object(timeline: Timeline, pacing: Pacing, voice: str, rate_hz: int) -> dict[str, Any]:
    """Return the timed speech script as `script --json` prints it; times are in milliseconds."""
    return {
        "schema": SCHEMA,
        "title": timeline.title,
        "language": timeline.language,
        "duration_ms": timeline.duration_ms,
        "rate_hz": rate_hz,
        "voice": voice,
        "pacing": asdict(pacing),
        "chapters": [chapter._asdict() for chapter in timeline.chapters],
        "events": [
            {"kind": event.kind, "start_ms": event.start_ms, "end_ms": event.end_ms, "text": event.text,
             "cue": event.cue, **_where(event.where)}
            for event in timeline.events
        ],
        "holds": [
            {**_where(each.where), "prescribed_ms": each.prescribed_ms, "start_ms": each.start_ms,
             "end_ms": each.end_ms}
            for each in timeline.holds
        ],
        "reps": [{**_where(each.where), "start_ms": each.start_ms, "end_ms": each.end_ms} for each in timeline.reps],
        "dropped": [each._asdict() for each in timeline.dropped],
        "stretched": [each._asdict() for each in timeline.stretched],
        "filled": [each._asdict() for each in timeline.filled],
    }  # fmt: skip


def compose_lines(timeline: Timeline, voice: str, rate_wpm: int) -> Iterator[str]:
    """Yield the lines of the timed speech script: clock, who says what, chapter by chapter."""
    length = clock(timeline.duration_ms)
    yield f"{timeline.title} - {length} - voice {voice}, {rate_wpm} words a minute"
    for title, start_ms, end_ms in timeline.chapters:
        yield from ("", f"{clock(start_ms):>8}  == {title} ==")
        for event in timeline.events:
            if start_ms <= event.start_ms < end_ms:
                yield f"{clock(event.start_ms):>8}  {_WHO[event.kind]:<6}  {event.text}"
    yield from ("", f"{length:>8}  end")
    filled = [f"{exercise}: {field} {value}" for exercise, field, value in timeline.filled]
    longer = _alike((at_ms, f"{cue}, by {by_ms / 1000:.1f} s: {why}") for cue, at_ms, by_ms, why in timeline.stretched)
    dropped = _alike((at_ms, f"{cue}: {why}") for cue, at_ms, why in timeline.dropped)
    for title, lines in (("Filled in, or made even", filled), ("Stretched", longer), ("Dropped", dropped)):
        if lines:
            yield from ("", f"{title}:", *(f"  {line}" for line in lines))


def describe_place(where: Where) -> str:
    """Return a place in a session in words: "Bird-dog, set 1, repetition 3, left side"."""
    told = ((where.exercise, "{}"), (where.set, "set {}"), (where.rep, "repetition {}"), (where.side, "{} side"))
    return ", ".join(words.format(fact) for fact, words in told if fact)


def _alike(remarks: Iterable[tuple[int, str]]) -> list[str]:
    """Return each remark once, with the clock of its first, and how often it is true."""
    times: dict[str, list[int]] = {}
    for at_ms, remark in remarks:
        times.setdefault(remark, []).append(at_ms)
    lines = {f"{clock(at[0]):>8}  {remark}": len(at) for remark, at in times.items()}
    return [f"{line} ({often} times)" if often > 1 else line for line, often in lines.items()]


def _where(where: Where) -> dict[str, Any]:
    # Far quicker than `asdict`, and each of some hundred events has one.
    return {"exercise": where.exercise, "index": where.index, "set": where.set, "rep": where.rep, "side": where.side}
