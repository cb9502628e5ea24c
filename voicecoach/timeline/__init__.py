"""A script and the measured lengths of its words become the timeline, slot by slot.

Slots are placed one after the other, so that a live session can begin before its last words are made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voicecoach.events import (
    Chapter,
    Dropped,
    Kind,
    PlacedEvent,
    Script,
    Slot,
    Span,
    Stretched,
    Timeline,
    Tone,
    Utterance,
    Where,
)
from voicecoach.timeline.conflicts import GAP_MS, Candidate, Duration, Yielded, resolve_conflicts
from voicecoach.timeline.talk import talk

__all__ = ["GAP_MS", "SHORTENED", "Duration", "PlacedSlot", "gather", "place", "place_slot", "placed_slots", "slot_ms"]


SHORTENED = "is shortened from"
"""How the reason begins for what is heard, but in words that say less, or as a tone."""


@dataclass(frozen=True, slots=True)
class PlacedSlot:
    """A slot on the clock, with what is heard in it and what was changed so that it fits."""

    slot: Slot
    start_ms: int
    end_ms: int
    events: tuple[PlacedEvent, ...]
    dropped: tuple[Dropped, ...] = ()
    stretched: tuple[Stretched, ...] = ()

    def free_ms(self, before_ms: int) -> int:
        """Return from when on there is room for the words after it; before that it was `before_ms`.

        A slot of fixed length keeps its own gap: the cue that ends even the shortest hold is never late.
        """
        ends_ms = max((event.end_ms + GAP_MS for event in self.events), default=before_ms)
        return ends_ms if self.slot.elastic else min(ends_ms, self.end_ms)


def place(script: Script, duration: Duration) -> Timeline:
    """Place a whole script; `duration` gives the length of each sound in milliseconds."""
    return gather(script, placed_slots(script, duration))


def placed_slots(script: Script, duration: Duration) -> Iterator[PlacedSlot]:
    """Place a script slot by slot, asking for no length before its slot comes."""
    start_ms = free_ms = 0
    for slot in script.slots:
        placed = place_slot(slot, start_ms, free_ms, duration)
        start_ms, free_ms = placed.end_ms, placed.free_ms(free_ms)
        yield placed


def place_slot(slot: Slot, start_ms: int, free_ms: int, duration: Duration) -> PlacedSlot:
    """Place one slot at `start_ms`; the speech before it leaves room from `free_ms` on."""
    return (_elastic if slot.elastic else _fixed)(slot, start_ms, free_ms, duration)


def slot_ms(slot: Slot, duration: Duration) -> int:
    """Return how long a slot is by itself."""
    return place_slot(slot, 0, 0, duration).end_ms


def gather(script: Script, slots: Iterable[PlacedSlot]) -> Timeline:
    """Join placed slots into the timeline of their script."""
    every = tuple(slots)  # it may be a generator that places as it goes
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
    tries, yielded = resolve_conflicts(slot.events, slot.nominal_ms, free_ms - start_ms, duration)
    why = "as short as it is asked for, no sound would fit"
    grown = (Stretched(slot.kind, start_ms, slot.grown_ms, why),) if slot.grown_ms else ()
    return PlacedSlot(
        slot,
        start_ms,
        start_ms + slot.nominal_ms,
        events=tuple(_placed(each, start_ms, slot.where) for each in tries),
        dropped=(*_dropped(yielded, start_ms), *_shortened(tries, start_ms)),
        stretched=grown,
    )


def _elastic(slot: Slot, start_ms: int, free_ms: int, duration: Duration) -> PlacedSlot:
    """Place a slot of talk, which grows where its words need more than its nominal length."""
    said = talk(slot, free_ms - start_ms, duration)
    return PlacedSlot(
        slot,
        start_ms,
        start_ms + said.length_ms,
        events=tuple(_placed(each, start_ms, slot.where) for each in said.tries),
        dropped=(*_dropped(said.yielded, start_ms), *_shortened(said.tries, start_ms)),
        stretched=tuple(_stretched(slot, start_ms, said.length_ms)),
    )


def _stretched(slot: Slot, start_ms: int, length_ms: int) -> Iterator[Stretched]:
    """Yield by how much a transition grew, or the start of a hold went on after its window.

    Talk that has neither a nominal length nor a window, as the welcome, never grows.
    """
    room_ms = slot.nominal_ms + sum(event.window_ms for event in slot.events if event.at_ms is None)
    # A welcome is as long as its words: only what had a length of its own can have grown.
    if length_ms > room_ms and (room_ms or slot.kind == "rest"):
        why = f"its words need {length_ms / 1000:.1f} s, and nothing that is said is cut"
        yield Stretched(slot.kind, start_ms, length_ms - room_ms, why)


def _placed(each: Candidate, slot_ms: int, where: Where) -> PlacedEvent:
    kind = Kind.TONE if isinstance(each.sound, Tone) else each.event.kind
    start_ms, end_ms = slot_ms + each.start_ms, slot_ms + each.end_ms
    breath = None if each.event.loses(each.wording) else each.event.breath
    return PlacedEvent(kind=kind, start_ms=start_ms, end_ms=end_ms, sound=each.sound, cue=each.event.cue,
                  where=where, breath=breath)  # fmt: skip


def _dropped(yielded: list[Yielded], start_ms: int) -> tuple[Dropped, ...]:
    return tuple(Dropped(each.event.cue, start_ms + each.at_ms, _why(each)) for each in yielded)


def _shortened(tries: list[Candidate], start_ms: int) -> Iterator[Dropped]:
    """Yield what is heard in words that say less than they are for, or as a tone."""
    for each in tries:
        if each.event.loses(each.wording):
            best, heard = each.event.wordings[0], each.sound
            asked = best.text if isinstance(best, Utterance) else best.value
            said = "a tone" if isinstance(heard, Tone) else f'"{heard.text}"'
            yield Dropped(each.event.cue, start_ms + each.start_ms, f'{SHORTENED} "{asked}" to {said}')


def _why(yielded: Yielded) -> str:
    if not yielded.event.wordings:
        return "has no words that can be spoken"
    if yielded.along:
        return f"goes with the {yielded.to_cue} of its breath"
    return f"yields to {yielded.to_cue}" if yielded.to_cue else "does not fit its time in any wording"


def _chapters(slots: tuple[PlacedSlot, ...], end_ms: int) -> tuple[Chapter, ...]:
    opening = [(placed.slot.chapter, placed.start_ms) for placed in slots if placed.slot.chapter]
    ends = [start_ms for _, start_ms in opening[1:]] + [end_ms]
    return tuple(Chapter(title, start_ms, end) for (title, start_ms), end in zip(opening, ends, strict=False))


def _hold(placed: PlacedSlot) -> Span:
    dose_ms = placed.slot.nominal_ms
    return Span(where=placed.slot.where, start_ms=placed.start_ms, end_ms=placed.end_ms, prescribed_ms=dose_ms)


def _reps(slots: tuple[PlacedSlot, ...]) -> Iterator[Span]:
    """Yield each repetition, from its first slot to its last."""
    spans: dict[Where, tuple[int, int]] = {}
    for placed in slots:
        if placed.slot.where.rep is not None:
            start_ms, _ = spans.get(placed.slot.where, (placed.start_ms, 0))
            spans[placed.slot.where] = start_ms, placed.end_ms
    for where, (start_ms, end_ms) in spans.items():
        yield Span(where=where, start_ms=start_ms, end_ms=end_ms)
