"""What there is to see of a session: every stretch of its timeline, with the words that may stand in it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from voicecoach.errors import plain
from voicecoach.events import Chapter, Kind, Span, Timeline
from voicecoach.model import Pacing, Side
from voicecoach.plot.breath import breaths
from voicecoach.plot.parts import Part
from voicecoach.units import compose_ms


class Gap(StrEnum):
    """What is done between two turns, or before the first."""

    READY = "listen, get ready"
    REST_READY = "rest, listen, get ready"
    LISTEN = "listen"
    REST = "rest"
    SWITCH = "switch sides"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the session to be drawn; the first of its `labels` that fits into it is written."""

    part: Part
    start_ms: int
    end_ms: int
    labels: tuple[str, ...] = ()


Turn = tuple[Span, ...]
"""The repetitions between two rests or switches: a set, or one side of it."""

_SPOKEN = {Kind.SPEAK: Part.SPEECH, Kind.COUNT: Part.COUNT, Kind.BREATH: Part.PROMPT, Kind.TONE: Part.TONE}
_GAP_PARTS = {Gap.REST: Part.REST, Gap.SWITCH: Part.SWITCH}
_LETTERS = {Side.LEFT: "L", Side.RIGHT: "R"}


def marks_of(timeline: Timeline, pacing: Pacing) -> list[Mark]:
    """Return everything to be drawn of a timeline; what is drawn over something comes after it."""
    marks = [_chapter(timeline, chapter) for chapter in timeline.chapters]
    gaps: list[Mark] = []
    for chapter in timeline.chapters:
        turns = chapter_turns(timeline, chapter)
        gaps += _gaps(timeline, chapter, turns)
        marks += _turns(turns)
    marks += gaps
    marks += [Mark(Part.HOLD, hold.start_ms, hold.end_ms, _seconds(hold.prescribed_ms))
              for hold in timeline.holds]  # fmt: skip
    marks += [Mark(part, start_ms, end_ms) for part, start_ms, end_ms in breaths(timeline, pacing)]
    marks += [Mark(_SPOKEN[event.kind], event.start_ms, event.end_ms) for event in timeline.events]
    marks += _changes(timeline, gaps)
    return marks


def chapter_turns(timeline: Timeline, chapter: Chapter) -> list[Turn]:
    """Return the turns of a chapter; a turn starts where repetitions are counted from one again."""
    first = bisect_left(timeline.reps, chapter.start_ms, key=_start)
    last = bisect_left(timeline.reps, chapter.end_ms, key=_start)
    turns: list[list[Span]] = []
    for rep in timeline.reps[first:last]:
        if rep.where.rep == 1 or not turns:
            turns.append([])
        turns[-1].append(rep)
    return [tuple(turn) for turn in turns]


def chapter_label(timeline: Timeline, chapter: Chapter) -> str:
    """Return the title of a chapter, after the number of its exercise in the session."""
    turns = chapter_turns(timeline, chapter)
    number = f"{turns[0][0].where.index} " if turns else ""
    return number + plain(chapter.title)


def round_to_second(ms: int) -> str:
    """Return a length in whole seconds: `15s`, `1m6s`."""
    return compose_ms((ms + 500) // 1000 * 1000)


def alternates(turn: Turn) -> bool:
    """Whether the side changes within a turn."""
    return len({rep.where.side for rep in turn}) > 1


def _start(span: Span) -> int:
    return span.start_ms


def _chapter(timeline: Timeline, chapter: Chapter) -> Mark:
    title = chapter_label(timeline, chapter)
    number, _, _ = title.partition(" ")
    labels = (title, number) if number.isdigit() else (title,)
    return Mark(Part.CHAPTER, chapter.start_ms, chapter.end_ms, labels)


def _turns(turns: list[Turn]) -> Iterator[Mark]:
    sets = max((turn[0].where.set or 1 for turn in turns), default=1)
    for turn in turns:
        yield Mark(Part.TURN, turn[0].start_ms, turn[-1].end_ms, _turn_labels(turn, sets))
        for rep in turn:
            letter = _LETTERS[rep.where.side] if alternates(turn) and rep.where.side else ""
            yield Mark(Part.REP, rep.start_ms, rep.end_ms, (f"{rep.where.rep}{letter}", f"{rep.where.rep}"))


def _turn_labels(turn: Turn, sets: int) -> tuple[str, ...]:
    where = turn[0].where
    number = f"set {where.set} of {sets}" if sets > 1 else ""
    side = "sides in turn" if alternates(turn) else f"{where.side} side" if where.side else ""
    times = "1 repetition" if len(turn) == 1 else f"{len(turn)} repetitions"
    letter = _LETTERS[where.side] if where.side and not alternates(turn) else ""
    parts = (
        (number, side, times),
        (number, side),
        () if number or side else (f"{len(turn)}\u00d7",),
        (f"set {where.set}" if sets > 1 else "", letter),
    )
    return (*(", ".join(filter(None, part)) for part in parts), letter)


def _gaps(timeline: Timeline, chapter: Chapter, turns: list[Turn]) -> Iterator[Mark]:
    """Yield what lies before the first turn, and between each two."""
    work_ms = turns[0][0].start_ms if turns else chapter.end_ms
    yield _gap(_opening(timeline, chapter, turns), chapter.start_ms, work_ms)
    for before, after in pairwise(turns):
        same_set = before[0].where.set == after[0].where.set
        yield _gap(Gap.SWITCH if same_set else Gap.REST, before[-1].end_ms, after[0].start_ms)


def _opening(timeline: Timeline, chapter: Chapter, turns: list[Turn]) -> Gap:
    if not turns:
        return Gap.LISTEN
    place = bisect_left(timeline.events, chapter.start_ms, key=lambda event: event.start_ms)
    first = timeline.events[place] if place < len(timeline.events) else None
    return Gap.REST_READY if first and first.cue == "rest" else Gap.READY


def _gap(gap: Gap, start_ms: int, end_ms: int) -> Mark:
    lasts, part = round_to_second(end_ms - start_ms), _GAP_PARTS.get(gap, Part.READY)
    short = ("\u21c4",) if gap is Gap.SWITCH else ()
    return Mark(part, start_ms, end_ms, (f"{gap} {lasts}", gap.value, lasts, *short))


def _seconds(ms: int) -> tuple[str, ...]:
    whole = round_to_second(ms)
    return (whole, whole.removesuffix("s")) if ms < 60_000 else (whole,)  # noqa: PLR2004 - "20" is seconds


def _changes(timeline: Timeline, gaps: list[Mark]) -> Iterator[Mark]:
    """Yield what was made longer, at the end of the pause it belongs to, and what was dropped."""
    ends = {gap.start_ms: gap.end_ms for gap in gaps}
    for longer in timeline.stretched:
        end_ms = ends.get(longer.at_ms, longer.at_ms + longer.by_ms)
        yield Mark(Part.LONGER, end_ms - longer.by_ms, end_ms, (f"+{round_to_second(longer.by_ms)}",))
    for dropped in timeline.dropped:
        yield Mark(Part.DROPPED, dropped.at_ms, dropped.at_ms)
