"""The rules of time, told once: what must be true of any session that was placed on a clock.

Each law is read from the rules and not from the code that keeps them, and raises AssertionError.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise

from tests.fakes import compiled, english
from tests.timeline.laws_of_words import starts_and_ends_keep_their_words
from voicecoach.events import Kind, PlacedEvent, Script, Span, Timeline, Where
from voicecoach.model import Breath, Count, Posture, Sides
from voicecoach.script.cues import CUES
from voicecoach.script.prescription import prescribe
from voicecoach.session import Session
from voicecoach.timeline import SHORTENED, Duration, place

SHORTEST_PHASE_MS = 500
NUMBERS = {english().number(n): n for n in range(4000)}
ALWAYS = {"hold-start", "hold-end", "lead-in", "switch", "safety", "caution", "next", "first", "get-down",
          "get-up"}  # fmt: skip
"""What is never dropped where it has words at all."""


def keep_the_rules(session: Session, duration: Duration) -> Timeline:
    """Place a session, hold it to every law, and return its timeline."""
    script = compiled(session)
    timeline = place(script, duration)
    _pure(session, script, timeline, duration)
    _speech_is_whole(timeline, duration)
    _nothing_is_silent(script, timeline)
    starts_and_ends_keep_their_words(script, timeline, duration)
    _chapters_tile(timeline)
    _holds_are_exact(session, timeline)
    for hold in timeline.holds:
        _counts_keep_their_second(session, timeline, hold)
    _repetitions_are_in_order(session, timeline)
    _phases_are_as_asked(session, timeline)
    _second_side_equals_first(session, script, timeline)
    _ways_in_leave_time(session, timeline)
    return timeline


def _pure(session: Session, script: Script, timeline: Timeline, duration: Duration) -> None:
    assert compiled(session) == script
    assert place(script, duration) == timeline


def _speech_is_whole(timeline: Timeline, duration: Duration) -> None:
    for event in timeline.events:
        assert event.end_ms - event.start_ms == duration(event.sound), f"{event} is cut"
    for one, two in pairwise(timeline.events):
        assert one.start_ms <= two.start_ms, f"{two} comes before {one}"
        assert one.end_ms <= two.start_ms, f"{two} overlaps {one}"
    assert all(event.start_ms >= 0 and event.end_ms <= timeline.duration_ms for event in timeline.events)


def _nothing_is_silent(script: Script, timeline: Timeline) -> None:
    asked = Counter(event.cue for slot in script.slots for event in slot.events)
    heard = Counter(event.cue for event in timeline.events)
    silent = [each for each in timeline.dropped if not each.why.startswith(SHORTENED)]
    shortened = {(each.cue, each.at_ms) for each in timeline.dropped if each not in silent}
    assert shortened <= {(event.cue, event.start_ms) for event in timeline.events}
    dropped = Counter(each.cue for each in silent)
    assert asked == heard + dropped
    assert set(heard) <= set(CUES)
    assert all(each.why for each in timeline.dropped)
    wordless = {each.cue for each in silent if "no words" in each.why}
    assert not ALWAYS & (set(dropped) - wordless), dropped
    for each in timeline.dropped:
        to = each.why.removeprefix("yields to ")
        announced = to == "rep" and each.cue == "side"
        assert to not in CUES or announced or CUES[to].rank <= CUES[each.cue].rank, each
    assert all(grown.by_ms > 0 and grown.why for grown in timeline.stretched)


def _chapters_tile(timeline: Timeline) -> None:
    assert timeline.chapters[0].start_ms == 0
    assert timeline.chapters[-1].end_ms == timeline.duration_ms
    assert all(one.end_ms == two.start_ms for one, two in pairwise(timeline.chapters))
    assert all(chapter.start_ms < chapter.end_ms for chapter in timeline.chapters)
    assert timeline.duration_ms == max(chapter.end_ms for chapter in timeline.chapters)


def _by_place(timeline: Timeline) -> dict[Where, list[PlacedEvent]]:
    places: dict[Where, list[PlacedEvent]] = defaultdict(list)
    for event in timeline.events:
        places[event.where].append(event)
    return places


def _holds_are_exact(session: Session, timeline: Timeline) -> None:
    exercises, places = session.program.exercises, _by_place(timeline)
    for hold in timeline.holds:
        plan = prescribe(exercises[(hold.where.index or 0) - 1], session.pacing)
        assert hold.end_ms - hold.start_ms == hold.prescribed_ms == plan.hold_ms
        own = places[hold.where]
        assert [e for e in own if e.cue == "hold-start" and e.end_ms == hold.start_ms], f"no start: {hold}"
        assert [e for e in own if e.cue == "hold-end" and e.start_ms == hold.end_ms], f"no end: {hold}"
    heard = Counter(event.cue for event in timeline.events)
    assert heard["hold-start"] == heard["hold-end"] == len(timeline.holds)
    for index, spans in groupby(timeline.holds, lambda hold: hold.where.index or 0):
        assert len(list(spans)) == _holds_prescribed(session, index)
    held = {hold.where.index for hold in timeline.holds}
    for index, exercise in enumerate(exercises[session.start - 1 :], session.start):
        assert index in held or not prescribe(exercise, session.pacing).hold_ms


def _holds_prescribed(session: Session, index: int) -> int:
    exercise = session.program.exercises[index - 1]
    plan = prescribe(exercise, session.pacing)
    each = 1 if plan.timed else sum(phase.hold for phase, _ in plan.phases)
    return plan.sets * plan.reps * each * (2 if exercise.sides is Sides.EACH else 1)


def _counts_keep_their_second(session: Session, timeline: Timeline, hold: Span) -> None:
    inside = [e for e in timeline.events if hold.start_ms <= e.start_ms < hold.end_ms and e.cue != "hold-start"]
    counts = [e for e in inside if e.cue == "count"]
    heard = set()
    for event in counts:
        left_ms = hold.end_ms - event.start_ms
        assert left_ms % 1000 == 0, f"{event} is off its second"
        heard.add(left_ms // 1000)
        if event.kind is Kind.COUNT:
            assert NUMBERS[event.text.lower()] == left_ms // 1000
    gone = {(hold.end_ms - each.at_ms) // 1000 for each in timeline.dropped
            if each.cue == "count" and hold.start_ms <= each.at_ms < hold.end_ms}  # fmt: skip
    marks = _marks_in(timeline, hold)
    want = _wanted_counts(session.pacing.count, hold.prescribed_ms)
    assert want - marks <= heard | gone <= want, f"{want} {heard} {gone} in {hold}"
    _breath_keeps_off_the_end(session, inside, hold)


def _wanted_counts(count: Count, hold_ms: int) -> set[int]:
    if count is Count.OFF or hold_ms < 3000:
        return set()
    every = count is Count.EVERY or (hold_ms <= 10_000 and count is not Count.LAST)
    last = 3 if count is Count.LAST else 5
    return {n for n in range(1, 4000) if n * 1000 < hold_ms and (every or n <= last)}


def _marks_in(timeline: Timeline, hold: Span) -> set[int]:
    """Check each landmark, heard or dropped, and return the seconds left at which they stand."""
    left = {"half-way": hold.prescribed_ms - hold.prescribed_ms // 2, "ten-left": 10_000, "thirty-left": 30_000}
    least = {"half-way": 20_000, "ten-left": 30_000, "thirty-left": 90_000}
    marks = set()
    heard = [(e.cue, e.start_ms) for e in timeline.events if e.cue in left]
    for cue, at_ms in [*heard, *((e.cue, e.at_ms) for e in timeline.dropped if e.cue in left)]:
        if hold.start_ms <= at_ms < hold.end_ms:
            assert hold.end_ms - at_ms == left[cue]
            assert hold.prescribed_ms >= least[cue]
            marks.add(left[cue] // 1000)
    return marks


def _breath_keeps_off_the_end(session: Session, inside: list[PlacedEvent], hold: Span) -> None:
    breaths = [e for e in inside if e.cue.startswith("breath-")]
    assert not breaths or (hold.prescribed_ms >= 10_000 and session.pacing.breath)
    assert all(e.start_ms <= hold.end_ms - 6000 for e in breaths)
    if hold.prescribed_ms < 3000:
        assert not inside, f"{inside} in {hold}"


def _repetitions_are_in_order(session: Session, timeline: Timeline) -> None:
    assert all(one.end_ms <= two.start_ms for one, two in pairwise(timeline.reps))
    turns: dict[tuple[object, ...], list[Span]] = defaultdict(list)
    for rep in timeline.reps:
        each = session.program.exercises[(rep.where.index or 0) - 1].sides is Sides.EACH
        turns[rep.where.index, rep.where.set, rep.where.side if each else None].append(rep)
    for spans in turns.values():
        assert [rep.where.rep for rep in spans] == list(range(1, len(spans) + 1))
        _counted_in(timeline, spans[0])
        _sides_alternate(session, spans)
    places = _by_place(timeline)
    for rep in timeline.reps:
        number = [e for e in places[rep.where] if e.cue == "rep"]
        assert all(e.start_ms == rep.start_ms for e in number)


def _phases_are_as_asked(session: Session, timeline: Timeline) -> None:
    """Check that a phase asked too short is told of, and that the hold of a breath is its pause."""
    short = 0
    for rep in timeline.reps:
        exercise = session.program.exercises[(rep.where.index or 0) - 1]
        plan = prescribe(exercise, session.pacing)
        asked = [1000 * (phase.seconds or 0) / session.pacing.pace for phase, _ in plan.phases if not phase.hold]
        short += sum(round(ms) < SHORTEST_PHASE_MS for ms in asked)
        if plan.breathing and not exercise.phases:
            pauses = [phase for phase, _ in plan.phases if not phase.hold and phase.breath is Breath.FREE]
            assert not plan.hold_ms or len(pauses) <= 1
    assert short == sum(each.cue == "phase" for each in timeline.stretched)


def _sides_alternate(session: Session, spans: list[Span]) -> None:
    exercise = session.program.exercises[(spans[0].where.index or 0) - 1]
    sides = [rep.where.side for rep in spans]
    if exercise.sides is Sides.ALTERNATE:
        assert len(sides) % 2 == 0
        assert all(one is not two for one, two in pairwise(sides))
    elif exercise.sides in {Sides.LEFT, Sides.RIGHT}:
        assert {side.value for side in sides if side} == {exercise.sides.value}
    else:
        assert len(set(sides)) == 1


def _counted_in(timeline: Timeline, first: Span) -> None:
    """Check that "three, two, one" stands in the three seconds before a first repetition."""
    before = [e for e in timeline.events if first.start_ms - 3000 <= e.start_ms < first.start_ms]
    at = [e.start_ms - first.start_ms for e in before]
    assert at == [-3000, -2000, -1000], f"{at} {first}"
    assert all(e.cue == "lead-in" for e in before)
    said = [e.text.lower() for e in before if e.kind is not Kind.TONE]
    assert all(word in {"three", "two", "one"} for word in said)


def _second_side_equals_first(session: Session, script: Script, timeline: Timeline) -> None:
    doses: dict[tuple[object, ...], dict[object, list[object]]] = defaultdict(lambda: defaultdict(list))
    for slot in script.slots:
        if slot.where.rep:
            key = slot.where.index, slot.where.set
            doses[key][slot.where.side].append((slot.where.rep, slot.kind, slot.nominal_ms))
    for (index, number), by_side in doses.items():
        sides = session.program.exercises[(index or 0) - 1].sides  # type: ignore[operator]
        if sides is not Sides.EACH:
            continue
        first, second = by_side.values()
        assert first == second
        said = [e for e in timeline.events if (e.cue, e.where.index, e.where.set) == ("switch", index, number)]
        assert len(said) == 1
        held = [[hold.prescribed_ms for hold in timeline.holds
                 if (hold.where.index, hold.where.set, hold.where.side) == (index, number, side)]
                for side in by_side]  # fmt: skip
        assert held[0] == held[1]


def _ways_in_leave_time(session: Session, timeline: Timeline) -> None:
    exercises = session.program.exercises
    firsts = {rep.where.index or 0: rep for rep in reversed(timeline.reps)}
    assert sorted(firsts) == list(range(session.start, len(exercises) + 1))
    before: Posture | None = None
    for index, first in sorted(firsts.items()):
        exercise, own = exercises[index - 1], [e for e in timeline.events if e.where.index == index]
        named = next(e for e in own if e.cue in {"first", "next"})
        placing = [e for e in own if e.cue == "position" and e.sound and e.start_ms < first.start_ms]
        stays = index > session.start and exercises[index - 2].posture is exercise.posture
        assert placing or stays or not exercise.posture, f"nothing leads into {exercise}"
        last = [*placing, named][0]
        assert first.start_ms - last.end_ms >= _way_ms(session, before, exercise.posture), exercise
        before = exercise.posture or before


def _way_ms(session: Session, before: Posture | None, after: Posture | None) -> float:
    """Return the least time to get into position, as the rules state it."""
    whole = session.pacing.lead_in_ms / session.pacing.pace
    if before is not None and before is after:
        return whole * 0.6 - 1
    floor = after is None or after.on_floor
    if floor:
        return max(10_000, whole - 1)
    return whole - 1 if before is None or before.on_floor else whole * 0.8 - 1


def shares(timeline: Timeline, session: Session, script: Script) -> Iterator[str]:
    """Yield what a session has: holds, sides, collisions."""
    yield "all"
    if timeline.holds:
        yield "holds"
    if any(exercise.sides is not Sides.NONE for exercise in session.program.exercises[session.start - 1 :]):
        yield "sides"
    wordless = sum(not event.wordings for slot in script.slots for event in slot.events)
    if len(timeline.dropped) > wordless or timeline.stretched:
        yield "collision"
