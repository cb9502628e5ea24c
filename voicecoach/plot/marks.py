"""What there is to see of a session: every stretch of its timeline, with the words that may stand in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeVar

from voicecoach.errors import plain
from voicecoach.events import Chapter, Kind, PlacedEvent, Span, Timeline
from voicecoach.model import Breath, Pacing
from voicecoach.plot.page import Mark, Part
from voicecoach.script.prescription import STRETCH, breath_cycle
from voicecoach.timeline import GAP_MS
from voicecoach.units import MINUTE_MS, compose_ms, scaled

Turn = list[Span]
"""The repetitions between two rests or switches: a set, or one side of it."""

_Placed = TypeVar("_Placed", PlacedEvent, Span)
_SPOKEN = {Kind.SPEAK: Part.SPEECH, Kind.COUNT: Part.COUNT, Kind.BREATH: Part.PROMPT, Kind.TONE: Part.TONE}
_PAUSES = {Part.READY, Part.REST, Part.SWITCH}
# What a cue starts, or what a landmark says of the breath.
_IN_OUT = {"breath-in": Part.IN, "breath-out": Part.OUT, Breath.IN: Part.IN, Breath.OUT: Part.OUT}


def marks_of(timeline: Timeline, pacing: Pacing) -> list[Mark]:
    """Return everything to be drawn of a timeline."""
    marks: list[Mark] = []
    for chapter in timeline.chapters:
        turns = chapter_turns(timeline, chapter)
        title = chapter_label(chapter, turns)
        number = title.partition(" ")[0]
        labels = (title, number) if number.isdigit() else (title,)
        marks.append(Mark(Part.CHAPTER, chapter.start_ms, chapter.end_ms, labels))
        marks += [*_gaps(timeline, chapter, turns), *_turns(turns)]
    for hold in timeline.holds:
        lasts = round_to_second(hold.prescribed_ms)
        # Under a minute the bare number is short, and still read as seconds.
        labels = (lasts, lasts.removesuffix("s")) if hold.prescribed_ms < MINUTE_MS else (lasts,)
        marks.append(Mark(Part.HOLD, hold.start_ms, hold.end_ms, labels))
    marks += breaths(timeline, pacing)
    marks += [Mark(_SPOKEN[event.kind], event.start_ms, event.end_ms) for event in timeline.events]
    # What was made longer stands at the end of the pause it belongs to: the words come first.
    ends = {mark.start_ms: mark.end_ms for mark in marks if mark.part in _PAUSES}
    for longer in timeline.stretched:
        end_ms = ends.get(longer.at_ms, longer.at_ms + longer.by_ms)
        label = f"+{round_to_second(longer.by_ms)}"
        marks.append(Mark(Part.LONGER, end_ms - longer.by_ms, end_ms, (label,)))
    return marks + [Mark(Part.DROPPED, dropped.at_ms, dropped.at_ms) for dropped in timeline.dropped]


def chapter_turns(timeline: Timeline, chapter: Chapter) -> list[Turn]:
    """Return the turns of a chapter; a turn starts where repetitions are counted from one again."""
    turns: list[Turn] = []
    for rep in _begun_in(timeline.reps, chapter):
        if rep.where.rep == 1 or not turns:
            turns.append([])
        turns[-1].append(rep)
    return turns


def chapter_label(chapter: Chapter, turns: list[Turn]) -> str:
    """Return the title of a chapter, after the number of its exercise in the session."""
    return (f"{turns[0][0].where.index} " if turns else "") + plain(chapter.title)


def round_to_second(ms: int) -> str:
    """Return a length in whole seconds: `15s`, `1m6s`."""
    return compose_ms((ms + 500) // 1000 * 1000)


def counted(number: int, thing: str) -> str:
    """Return `1 set`, `2 sets`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def alternates(turn: Turn) -> bool:
    """Whether the side changes within a turn."""
    return len({rep.where.side for rep in turn}) > 1


def _turns(turns: list[Turn]) -> Iterator[Mark]:
    sets = max((turn[0].where.set or 1 for turn in turns), default=1)
    for turn in turns:
        yield Mark(Part.TURN, turn[0].start_ms, turn[-1].end_ms, _turn_labels(turn, sets))
        for rep in turn:
            letter = rep.where.side[0].upper() if alternates(turn) and rep.where.side else ""
            yield Mark(Part.REP, rep.start_ms, rep.end_ms, (f"{rep.where.rep}{letter}", f"{rep.where.rep}"))


def _turn_labels(turn: Turn, sets: int) -> tuple[str, ...]:
    """Return what a turn is called, from the longest to the shortest."""
    place, side = turn[0].where.set, None if alternates(turn) else turn[0].where.side
    number = f"set {place} of {sets}" if sets > 1 else ""
    sided = "sides in turn" if alternates(turn) else f"{side} side" if side else ""
    letter = side[0].upper() if side else ""
    parts = (
        (number, sided, counted(len(turn), "repetition")),
        (number, sided),
        () if number or sided else (f"{len(turn)}\u00d7",),
        (f"set {place}" if sets > 1 else "", letter),
    )
    return (*(", ".join(filter(None, part)) for part in parts), letter)


def _gaps(timeline: Timeline, chapter: Chapter, turns: list[Turn]) -> Iterator[Mark]:
    """Yield what lies before the first turn, and between each two."""
    rests = any(event.cue == "rest" for event in _begun_in(timeline.events, chapter)[:1])
    opening = f"{'rest, ' if rests else ''}listen, get ready" if turns else "listen"
    gaps = [(opening, Part.READY, chapter.start_ms, turns[0][0].start_ms if turns else chapter.end_ms)]
    for before, after in pairwise(turns):
        same_set = before[0].where.set == after[0].where.set
        named = ("switch sides", Part.SWITCH) if same_set else ("rest", Part.REST)
        gaps.append((*named, before[-1].end_ms, after[0].start_ms))
    for words, part, start_ms, end_ms in gaps:
        lasts = round_to_second(end_ms - start_ms)
        short = ("\u21c4",) if part is Part.SWITCH else ()
        yield Mark(part, start_ms, end_ms, (f"{words} {lasts}", words, lasts, *short))


def breaths(timeline: Timeline, pacing: Pacing) -> Iterator[Mark]:
    """Yield each prompted breath; where nothing is prompted, the breath is free and nothing is drawn.

    In a movement a breath lasts as long as its phase. In a hold it lasts until the next prompt, and never
    longer than the pacing's breath may be stretched: what is left of the hold is unprompted.
    """
    in_ms, out_ms = breath_cycle(pacing)
    most = {Part.IN: scaled(in_ms, 1 + STRETCH), Part.OUT: scaled(out_ms, 1 + STRETCH)}
    for rep in timeline.reps:
        events, holds = _begun_in(timeline.events, rep), _begun_in(timeline.holds, rep)
        edges = sorted({rep.start_ms, rep.end_ms, *_phase_starts(events, holds)})
        before_ms = -1
        for (part, at_ms), (_, next_ms) in pairwise([*_prompts(events), (Part.OUT, rep.end_ms)]):
            edge = bisect_right(edges, at_ms)
            # The first prompt of a phase speaks for all of it, though a number may be said before.
            start_ms = edges[edge - 1] if edges[edge - 1] > before_ms else at_ms
            end_ms = min(next_ms, *edges[edge : edge + 1])
            if any(hold.start_ms <= at_ms < hold.end_ms for hold in holds):
                end_ms = min(end_ms, start_ms + most.get(part, end_ms))
            yield Mark(part, start_ms, end_ms)
            before_ms = at_ms


def _begun_in(spans: tuple[_Placed, ...], whole: Span | Chapter) -> tuple[_Placed, ...]:
    """Return those of `spans`, which stand in their order, that begin within `whole`."""
    ends = (whole.start_ms, whole.end_ms)
    first, last = (bisect_left(spans, ms, key=lambda span: span.start_ms) for ms in ends)
    return spans[first:last]


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
