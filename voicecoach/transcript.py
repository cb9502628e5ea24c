"""The timeline in print: one object for programs, lines of text for people."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from voicecoach.events import Kind, PlacedEvent, Span, Timeline, Where
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
        "chapters": [asdict(chapter) for chapter in timeline.chapters],
        "events": [_event(event) for event in timeline.events],
        "holds": [_span(hold, prescribed=True) for hold in timeline.holds],
        "reps": [_span(rep) for rep in timeline.reps],
        "dropped": [asdict(each) for each in timeline.dropped],
        "stretched": [asdict(each) for each in timeline.stretched],
        "filled": [asdict(each) for each in timeline.filled],
    }


def compose_lines(timeline: Timeline, voice: str, rate_wpm: int) -> Iterator[str]:
    """Yield the lines of the timed speech script: clock, who says what, chapter by chapter."""
    length = clock(timeline.duration_ms)
    yield f"{timeline.title} - {length} - voice {voice}, {rate_wpm} words a minute"
    events = iter(timeline.events)
    event = next(events, None)
    for chapter in timeline.chapters:
        yield ""
        yield f"{clock(chapter.start_ms):>8}  == {chapter.title} =="
        while event and event.start_ms < chapter.end_ms:
            yield _event_line(event)
            event = next(events, None)
    yield ""
    yield f"{length:>8}  end"
    yield from _remarks(timeline)


def _event_line(event: PlacedEvent) -> str:
    """Return one event as a line: clock, who, words."""
    return f"{clock(event.start_ms):>8}  {_WHO[event.kind]:<6}  {event.text}"


def describe_place(where: Where) -> str:
    """Return a place in a session in words: "Bird-dog, set 1, repetition 3, left side"."""
    parts = [
        where.exercise or "",
        f"set {where.set}" if where.set else "",
        f"repetition {where.rep}" if where.rep else "",
        f"{where.side} side" if where.side else "",
    ]
    return ", ".join(part for part in parts if part)


def _remarks(timeline: Timeline) -> Iterator[str]:
    filled = [f"{each.exercise}: {each.field} {each.value}" for each in timeline.filled]
    longer = _alike(
        (each.at_ms, f"{each.cue}, by {each.by_ms / 1000:.1f} s: {each.why}") for each in timeline.stretched
    )
    dropped = _alike((each.at_ms, f"{each.cue}: {each.why}") for each in timeline.dropped)
    tables = (("Filled in, or made even", filled), ("Stretched", longer), ("Dropped", dropped))
    for title, lines in tables:
        if lines:
            yield from ("", f"{title}:", *(f"  {line}" for line in lines))


def _alike(remarks: Iterable[tuple[int, str]]) -> list[str]:
    """Return each remark once, with the clock of its first, and how often it is true."""
    times: dict[str, list[int]] = {}
    for at_ms, remark in remarks:
        times.setdefault(remark, []).append(at_ms)
    often = {remark: f" ({len(at)} times)" if len(at) > 1 else "" for remark, at in times.items()}
    return [f"{clock(at[0]):>8}  {remark}{often[remark]}" for remark, at in times.items()]


def _event(event: PlacedEvent) -> dict[str, Any]:
    return {"kind": event.kind.value, "start_ms": event.start_ms, "end_ms": event.end_ms, "text": event.text,
            "cue": event.cue, **_where(event.where)}  # fmt: skip


def _span(span: Span, *, prescribed: bool = False) -> dict[str, Any]:
    dose = {"prescribed_ms": span.prescribed_ms} if prescribed else {}
    return {**_where(span.where), **dose, "start_ms": span.start_ms, "end_ms": span.end_ms}


def _where(where: Where) -> dict[str, Any]:
    return {"exercise": where.exercise, "index": where.index, "set": where.set, "rep": where.rep,
            "side": where.side.value if where.side else None}  # fmt: skip
