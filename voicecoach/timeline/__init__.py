"""A script and the measured lengths of its words become the timeline, slot by slot.

Slots are placed one after the other, so that a live session can begin before its last words are made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicecoach.events import (
    Chapter,
    Dropped,
    Event,
    Kind,
    Placed,
    Script,
    Slot,
    Span,
    Stretched,
    Timeline,
    Tone,
    Where,
)
from voicecoach.timeline.fit import GAP_MS, Duration, Try, Yielded, fit

__all__ = ["GAP_MS", "Duration", "PlacedSlot", "gather", "place", "place_slot", "placed_slots", "slot_ms"]

SENTENCE_MS = 450
"""Silence between two sentences of a transition."""

COUNT_ROOM_MS = 400
"""Silence between the last sentence of a transition and the count that ends it."""


@dataclass(frozen=True, slots=True)
class PlacedSlot:
    """A slot on the clock, with what is heard in it and what was changed so that it fits."""

    slot: Slot
    start_ms: int
    end_ms: int
    events: tuple[Placed, ...]
    dropped: tuple[Dropped, ...] = ()
    stretched: tuple[Stretched, ...] = ()


def place(script: Script, duration: Duration) -> Timeline:
    """Place a whole script; `duration` gives the length of each sound in milliseconds."""
    return gather(script, placed_slots(script, duration))


def placed_slots(script: Script, duration: Duration) -> Iterator[PlacedSlot]:
    """Place a script slot by slot, asking for no length before its slot comes."""
    start_ms = free_ms = 0
    for slot in script.slots:
        placed = place_slot(slot, start_ms, free_ms, duration)
        start_ms = placed.end_ms
        free_ms = max((event.end_ms + GAP_MS for event in placed.events), default=free_ms)
        if not slot.elastic:
            # A slot of fixed length keeps its own gap: the cue that ends even the shortest hold is never late.
            free_ms = min(free_ms, start_ms)
        yield placed


def place_slot(slot: Slot, start_ms: int, free_ms: int, duration: Duration) -> PlacedSlot:
    """Place one slot at `start_ms`; the speech before it leaves room from `free_ms` on."""
    return (_elastic if slot.elastic else _fixed)(slot, start_ms, free_ms, duration)


def slot_ms(slot: Slot, duration: Duration) -> int:
    """Return how long a slot is by itself."""
    return place_slot(slot, 0, 0, duration).end_ms


def gather(script: Script, slots: Iterable[PlacedSlot]) -> Timeline:
    """Join placed slots into the timeline of their script."""
    every = tuple(slots)
    end_ms = every[-1].end_ms if every else 0
    return Timeline(
        title=script.title,
        language=script.language,
        duration_ms=end_ms,
        chapters=_chapters(every, end_ms),
        events=tuple(event for placed in every for event in placed.events),
        holds=tuple(_hold(placed) for placed in every if placed.slot.kind == "hold"),
        reps=tuple(_reps(every)),
        dropped=tuple(each for placed in every for each in placed.dropped),
        stretched=tuple(each for placed in every for each in placed.stretched),
        filled=script.filled,
    )


def _fixed(slot: Slot, start_ms: int, free_ms: int, duration: Duration) -> PlacedSlot:
    """Place a slot whose length is prescribed: what does not fit yields."""
    tries, yielded = fit(slot.events, slot.nominal_ms, free_ms - start_ms, duration)
    return PlacedSlot(
        slot,
        start_ms,
        start_ms + slot.nominal_ms,
        events=tuple(_placed(each, start_ms, slot.where) for each in tries),
        dropped=tuple(Dropped(each.event.cue, start_ms + each.at_ms, _why(each)) for each in yielded),
    )


def _elastic(slot: Slot, start_ms: int, free_ms: int, duration: Duration) -> PlacedSlot:
    """Place a slot of talk: in shorter words where those spare it from growing, else it grows."""
    best, length_ms = _talk(slot, free_ms - start_ms, duration, shortest=False)
    if slot.nominal_ms and length_ms > slot.nominal_ms:
        shorter, shorter_ms = _talk(slot, free_ms - start_ms, duration, shortest=True)
        if shorter_ms <= slot.nominal_ms:
            best, length_ms = shorter, shorter_ms
    by_ms = length_ms - slot.nominal_ms
    why = f"its words need {length_ms / 1000:.1f} s, and nothing that is said is cut"
    stretched = (Stretched(slot.kind, start_ms, by_ms, why),) if slot.nominal_ms and by_ms > 0 else ()
    events = tuple(_placed(each, start_ms, slot.where) for each in best)
    return PlacedSlot(slot, start_ms, start_ms + length_ms, events=events, stretched=stretched)


def _talk(slot: Slot, free_ms: int, duration: Duration, *, shortest: bool) -> tuple[list[Try], int]:
    """Lay sentences one after the other, then what counts down to the slot's end; return its length too."""
    flow: list[Try] = []
    count: list[Try] = []
    next_ms, settled_ms = max(free_ms, 0), 0
    for event in slot.events:
        if event.at_ms is not None and event.at_ms < 0:
            count.append(_windowed(event, duration))
            continue
        wording = _shortest(event, duration) if shortest else 0
        end_ms = next_ms + duration(event.wordings[wording])
        flow.append(Try(event, wording, next_ms, end_ms))
        next_ms = end_ms + max(SENTENCE_MS, event.pause_ms)
        settled_ms = end_ms + slot.lead_in_ms if event.settles else settled_ms
    length_ms = max(slot.nominal_ms, settled_ms, _needed_ms(slot, flow, count, next_ms))
    for each in count:
        each.start_ms = length_ms + (each.event.at_ms or 0)
        each.end_ms = each.start_ms + duration(each.sound)
    return flow + count, length_ms


def _shortest(event: Event, duration: Duration) -> int:
    """Return the place of an event's shortest wording in words; a tone is none."""
    spoken = [n for n, sound in enumerate(event.wordings) if not isinstance(sound, Tone)] or [0]
    return min(spoken, key=lambda n: duration(event.wordings[n]))


def _needed_ms(slot: Slot, flow: list[Try], count: list[Try], next_ms: int) -> int:
    """Return how long a slot of talk must be for its words, and for the count that ends it."""
    if count:
        first_ms = -min(each.event.at_ms or 0 for each in count)
        return (flow[-1].end_ms + max(COUNT_ROOM_MS, flow[-1].event.pause_ms) if flow else 0) + first_ms
    if not flow:
        return 0
    return next_ms if slot.tail else flow[-1].end_ms


def _windowed(event: Event, duration: Duration) -> Try:
    """Return a try at the first wording that fits its window, else at the last."""
    fits = [n for n, sound in enumerate(event.wordings) if duration(sound) + GAP_MS <= event.window_ms]
    return Try(event, (fits or [len(event.wordings) - 1])[0] if event.window_ms else 0)


def _placed(each: Try, slot_ms: int, where: Where) -> Placed:
    kind = Kind.TONE if isinstance(each.sound, Tone) else each.event.kind
    start_ms, end_ms = slot_ms + each.start_ms, slot_ms + each.end_ms
    return Placed(
        kind=kind, start_ms=start_ms, end_ms=end_ms, sound=each.sound, cue=each.event.cue, where=where
    )


def _why(yielded: Yielded) -> str:
    return f"yields to {yielded.to_cue}" if yielded.to_cue else "does not fit its time in any wording"


def _chapters(slots: tuple[PlacedSlot, ...], end_ms: int) -> tuple[Chapter, ...]:
    opening = [(placed.slot.chapter, placed.start_ms) for placed in slots if placed.slot.chapter]
    ends = [start_ms for _, start_ms in opening[1:]] + [end_ms]
    return tuple(Chapter(title, start_ms, end) for (title, start_ms), end in zip(opening, ends, strict=False))


def _hold(placed: PlacedSlot) -> Span:
    dose_ms = placed.slot.nominal_ms
    return Span(
        where=placed.slot.where, start_ms=placed.start_ms, end_ms=placed.end_ms, prescribed_ms=dose_ms
    )


def _reps(slots: tuple[PlacedSlot, ...]) -> Iterator[Span]:
    """Yield each repetition, from its first slot to its last."""
    spans: dict[Where, tuple[int, int]] = {}
    for placed in slots:
        if placed.slot.where.rep is not None:
            start_ms, _ = spans.get(placed.slot.where, (placed.start_ms, 0))
            spans[placed.slot.where] = start_ms, placed.end_ms
    for where, (start_ms, end_ms) in spans.items():
        yield Span(where=where, start_ms=start_ms, end_ms=end_ms)
