"""A script and the measured lengths of its words become the timeline, slot by slot.

Slots are placed one after the other, so that a live session can begin before its last words are made.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from voicecoach.events import Chapter, Dropped, PlacedEvent, Script, Slot, Span, Stretched, Timeline, Utterance, Where
from voicecoach.timeline.laying import GAP_MS, Candidate, Duration, resolve_conflicts, talk

__all__ = ["GAP_MS", "SHORTENED", "Duration", "PlacedSlot", "gather", "place", "place_slot", "placed_slots", "slot_ms"]


SHORTENED = "is shortened from"
"""How the reason begins for what is heard, but in words that say less, or as a tone."""


class PlacedSlot(NamedTuple):
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
    """Place one slot at `start_ms`; the speech before it leaves room from `free_ms` on.

    Talk grows where its words need more than its nominal length; in a slot of fixed length they yield.
    """
    if slot.elastic:
        tries, lost, length_ms = talk(slot, free_ms - start_ms, duration)
        # A welcome is as long as its words: only what had a length of its own can have grown.
        room_ms = slot.nominal_ms + sum(event.window_ms for event in slot.events if event.at_ms is None)
        grown_ms = length_ms - room_ms if room_ms or slot.kind == "rest" else 0
        why = f"its words need {length_ms / 1000:.1f} s, and nothing that is said is cut"
    else:
        tries, lost, length_ms = resolve_conflicts(slot.events, slot.nominal_ms, free_ms - start_ms, duration)
        grown_ms, why = slot.grown_ms, "as short as it is asked for, no sound would fit"
    lost += [Dropped(each.cue, 0, "has no words that can be spoken") for each in slot.events if not each.wordings]
    lost += [Dropped(each.event.cue, each.start_ms, _shortened(each)) for each in tries if each.says_less]
    return PlacedSlot(
        slot,
        start_ms,
        start_ms + length_ms,
        events=tuple(each.placed(start_ms, slot.where) for each in tries),
        dropped=tuple(each._replace(at_ms=start_ms + each.at_ms) for each in lost),
        stretched=(Stretched(slot.kind, start_ms, grown_ms, why),) if grown_ms > 0 else (),
    )


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
        chapters=tuple(_chapters(every, end_ms)),
        events=tuple(event for placed in every for event in placed.events),
        holds=tuple(
            Span(each.slot.where, each.start_ms, each.end_ms, each.slot.nominal_ms)
            for each in every
            if each.slot.kind == "hold"
        ),
        reps=tuple(_reps(every)),
        dropped=tuple(each for placed in every for each in placed.dropped),
        stretched=tuple(each for placed in every for each in placed.stretched),
        filled=script.filled,
    )


def _shortened(each: Candidate) -> str:
    """Return what is told of words that say less than they are for, or of a tone in their place."""
    best, heard = (
        f'"{sound.text}"' if isinstance(sound, Utterance) else "a tone"
        for sound in (each.event.wordings[0], each.sound)
    )
    return f"{SHORTENED} {best} to {heard}"


def _chapters(slots: tuple[PlacedSlot, ...], end_ms: int) -> Iterator[Chapter]:
    opening = [placed for placed in slots if placed.slot.chapter]
    ends = [placed.start_ms for placed in opening[1:]] + [end_ms]
    return (Chapter(each.slot.chapter, each.start_ms, end) for each, end in zip(opening, ends, strict=False))


def _reps(slots: tuple[PlacedSlot, ...]) -> Iterable[Span]:
    """Return each repetition, from its first slot to its last."""
    spans: dict[Where, Span] = {}
    for placed in slots:
        where = placed.slot.where
        if where.rep is not None:
            start_ms = spans[where].start_ms if where in spans else placed.start_ms
            spans[where] = Span(where, start_ms, placed.end_ms)
    return spans.values()
