"""The breath as the person hears it: when it goes in, when out, and how long each goes on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from voicecoach.events import PlacedEvent, Span, Timeline
from voicecoach.model import Breath, Pacing
from voicecoach.plot.parts import Part
from voicecoach.script.prescription import STRETCH, breath_cycle
from voicecoach.timeline import GAP_MS
from voicecoach.units import scaled

Stretch = tuple[Part, int, int]
"""What the breath does, from when, until when, in milliseconds."""

# What a cue starts, or what a landmark says of the breath.
_IN_OUT = {"breath-in": Part.IN, "breath-out": Part.OUT, Breath.IN: Part.IN, Breath.OUT: Part.OUT}


def breaths(timeline: Timeline, pacing: Pacing) -> Iterator[Stretch]:
    """Yield each prompted breath; where nothing is prompted, the breath is free and nothing is drawn.

    In a movement a breath lasts as long as its phase. In a hold it lasts until the next prompt, and never
    longer than the pacing's breath may be stretched: what is left of the hold is unprompted.
    """
    in_ms, out_ms = breath_cycle(pacing)
    most = {Part.IN: scaled(in_ms, 1 + STRETCH), Part.OUT: scaled(out_ms, 1 + STRETCH)}
    for rep in timeline.reps:
        events = timeline.events[_first(timeline.events, rep.start_ms) : _first(timeline.events, rep.end_ms)]
        holds = timeline.holds[_first(timeline.holds, rep.start_ms) : _first(timeline.holds, rep.end_ms)]
        edges = sorted({rep.start_ms, rep.end_ms, *_phase_starts(events, holds)})
        before_ms = -1
        for (part, at_ms), (_, next_ms) in pairwise([*_prompts(events), (Part.OUT, rep.end_ms)]):
            edge = bisect_right(edges, at_ms)
            # The first prompt of a phase speaks for all of it, though a number may be said before.
            start_ms = edges[edge - 1] if edges[edge - 1] > before_ms else at_ms
            end_ms = min(next_ms, *edges[edge : edge + 1])
            if any(hold.start_ms <= at_ms < hold.end_ms for hold in holds):
                end_ms = min(end_ms, start_ms + most.get(part, end_ms))
            yield part, start_ms, end_ms
            before_ms = at_ms


def _first(spans: tuple[PlacedEvent, ...] | tuple[Span, ...], start_ms: int) -> int:
    return bisect_left(spans, start_ms, key=lambda span: span.start_ms)


def _phase_starts(events: tuple[PlacedEvent, ...], holds: tuple[Span, ...]) -> Iterator[int]:
    """Yield where phases start: at both ends of a hold, and at each movement's cue but the opening one.

    The first phase starts with its repetition, as the number is spoken in it; another one with the first of
    the words that stand together with its cue.
    """
    for hold in holds:
        yield from (hold.start_ms, hold.end_ms)
    words_ms, ended_ms = 0, -GAP_MS - 1
    for event in events:
        words_ms = words_ms if event.start_ms - ended_ms <= GAP_MS else event.start_ms
        ended_ms = event.end_ms
        if event.cue == "move":
            yield words_ms


def _prompts(events: tuple[PlacedEvent, ...]) -> Iterator[tuple[Part, int]]:
    """Yield what each prompt starts, and when; a landmark may speak one, too."""
    last = Part.OUT
    for event in events:
        if event.cue == "breath-pause":
            yield (Part.FULL if last is Part.IN else Part.EMPTY), event.start_ms
        elif (event.breath or event.cue) in _IN_OUT:
            last = _IN_OUT[event.breath or event.cue]
            yield last, event.start_ms
