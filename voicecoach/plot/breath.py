"""The breath as the person hears it: when it goes in, when out, and how long each goes on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from voicecoach.events import Placed, Span, Timeline
from voicecoach.model import Pacing
from voicecoach.plot.parts import Part
from voicecoach.script.dose import STRETCH, breath_cycle
from voicecoach.units import scaled

Stretch = tuple[Part, int, int]
"""What the breath does, from when, until when, in milliseconds."""

_PARTS = {"breath-in": Part.IN, "breath-out": Part.OUT, "breath-pause": Part.PAUSE}
_OTHER = {Part.IN: Part.OUT, Part.OUT: Part.IN}
_LANDMARKS = {"half-way", "ten-left", "thirty-left"}


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
        prompts = list(_prompts(events, holds))
        for place, (part, at_ms) in enumerate(prompts):
            edge = bisect_right(edges, at_ms)
            before_ms = prompts[place - 1][1] if place else -1
            start_ms = edges[edge - 1] if edges[edge - 1] > before_ms else at_ms
            next_ms = prompts[place + 1][1] if place + 1 < len(prompts) else rep.end_ms
            end_ms = min(next_ms, *edges[edge : edge + 1])
            if any(hold.start_ms <= at_ms < hold.end_ms for hold in holds):
                end_ms = min(end_ms, start_ms + most.get(part, end_ms))
            yield part, start_ms, end_ms


def _first(spans: tuple[Placed, ...] | tuple[Span, ...], start_ms: int) -> int:
    return bisect_left(spans, start_ms, key=lambda span: span.start_ms)


def _phase_starts(events: tuple[Placed, ...], holds: tuple[Span, ...]) -> Iterator[int]:
    """Yield where phases start: at both ends of a hold, and at each movement's cue but the opening one.

    The first phase starts with its repetition, as the number is spoken in it.
    """
    for hold in holds:
        yield hold.start_ms
        yield hold.end_ms
    moves = [event.start_ms for event in events if event.cue == "move"]
    starts_with_hold = bool(holds) and (not moves or holds[0].start_ms < moves[0])
    yield from moves if starts_with_hold else moves[1:]


def _prompts(events: tuple[Placed, ...], holds: tuple[Span, ...]) -> Iterator[tuple[Part, int]]:
    """Yield the prompts, also those of landmarks: between two alike stands one of the other kind."""
    heard = [event for event in events if event.cue in _PARTS or event.cue in _LANDMARKS]
    for event in heard:
        if event.cue in _PARTS:
            yield _PARTS[event.cue], event.start_ms
            continue
        hold = next((each for each in holds if each.start_ms <= event.start_ms < each.end_ms), None)
        prompts = [each for each in heard if hold and hold.start_ms <= each.start_ms < hold.end_ms]
        before = [_PARTS.get(each.cue) for each in prompts if each.start_ms < event.start_ms][-1:]
        after = [_PARTS.get(each.cue) for each in prompts if each.start_ms > event.start_ms][:1]
        if before and before == after and before[0] in _OTHER:
            yield _OTHER[before[0]], event.start_ms
