"""What is said between movements: setting up an exercise, rests, the switch of sides, welcome and close."""

from collections.abc import Iterator
from dataclasses import replace

from voicecoach.events import Event, Slot, Where
from voicecoach.model import Detail, Pacing, Posture, Program, Sides
from voicecoach.script.position_change import (
    GET_DOWN_MS,
    SETTLE_MS,
    PositionChange,
    enter_posture,
    getting_up_form,
    leave_position,
    words_between,
)
from voicecoach.script.repetition import Coaching
from voicecoach.script.wording import Wording
from voicecoach.units import scaled

BLUETOOTH_MS = 1500
"""A Bluetooth link swallows the first moments of a stream: nothing is said in them."""

READY_MS = (-4300, 1300)
"""When "get ready" is heard, counted from the end of a lead-in, and how long it may be."""

FLOOR_LEAD_IN_MS = 10_000
"""Nobody is asked to be ready on the floor sooner than ten seconds after hearing how to lie."""

STAYING, UPRIGHT = 0.6, 0.8
"""The share of a lead-in that staying in a position takes, and changing between standing and sitting."""

TAUGHT = {
    Detail.FULL: ("position", "dose", "step", "caution", "mistake", "tip"),
    Detail.BRIEF: ("position", "dose", "caution"),
    Detail.MINIMAL: ("dose",),
}
"""What is said before an exercise, in this order. `learn` is full the first time, brief after it."""

MORE = {"caution": "caution-too"}
"""The wording of a second text of a cue and all after it: nobody is told "take care" three times running."""


def welcome(wording: Wording, program: Program, pacing: Pacing) -> Iterator[Slot]:
    """Yield the opening: silence for the link, the title, safety, and all that has to be within reach."""
    yield Slot(kind="silence", nominal_ms=BLUETOOTH_MS, elastic=False, events=(),
               chapter=wording.phrases.chapter("welcome"))  # fmt: skip
    minimal = pacing.detail is Detail.MINIMAL
    items = tuple(dict.fromkeys(item for exercise in program.exercises for item in exercise.equipment))
    events = [wording.event("welcome", facts={"title": program.title})]
    if program.intro and not minimal:
        events.append(wording.text("intro", program.intro))
    safety = wording.phrases.safety(full=not minimal)
    events += [wording.text("safety", sentence, pause_ms=600) for sentence in safety]
    if items:
        events.append(wording.event("equipment", facts={"items": wording.phrases.items(items)}))
    yield Slot(kind="welcome", nominal_ms=0, elastic=True, events=tuple(events))


def setup(coaching: Coaching, where: Where, change: PositionChange, rest_ms: int) -> Slot:
    """Return the way to an exercise: the rest before it, its name, its position and how it is done.

    The lead-in counts from the words that lead into position, else from the name, and is the end of a
    longer rest.
    """
    coaching = _in_turn(coaching, where)
    wording, exercise = coaching.wording, coaching.exercise
    name, first = {"name": exercise.name}, change.first
    opening = [] if first else [wording.event("rest")]  # nobody rests before anything was done
    teaching = tuple(_teaching(coaching, where, change))
    placed = any(event.settles and event.wordings for event in teaching)
    # In `minimal` the position is left out, but never the side that it is on.
    if not placed and _is_sided(coaching, where):
        teaching, placed = (_position(coaching, where), *teaching), True
    elif exercise.posture and not (placed or change.stays):
        teaching, placed = (enter_posture(wording, exercise.posture), *teaching), True
    named = "first" if first else "next"
    # With no words into a position, the time to get there counts from the name.
    opening.append(wording.event(named, facts=name, settles=not placed))
    # What was in use a moment ago is still within reach.
    need = tuple(item for item in exercise.equipment if item not in change.needed)
    if need and not first:
        opening.append(wording.event("need", facts={"items": wording.phrases.items(need)}))
    settle_ms = lead_in_ms(coaching.pacing, change.before, exercise.posture)
    return Slot(
        kind="rest" if rest_ms else "lead-in",
        nominal_ms=max(rest_ms, settle_ms),
        elastic=True,
        events=(*opening, *words_between(wording, change, exercise), *teaching, *count_in(wording)),
        where=where,
        lead_in_ms=settle_ms,
        chapter=exercise.name,
        waits=exercise.wait,
    )  # fmt: skip


def between_sets(coaching: Coaching, where: Where) -> Slot:
    """Return the rest before another set of the same exercise."""
    coaching = _in_turn(coaching, where)
    wording, number = coaching.wording, coaching.wording.phrases.number
    facts = {"number": number(where.set or 1), "total": number(coaching.plan.sets)}
    turned: tuple[Event, ...] = ()
    form, settle_ms = "next-set", 0
    if coaching.exercise.sides is Sides.EACH and where.side:
        form, facts["side"] = "next-set-side", wording.phrases.side(where.side)
        turned, settle_ms = _turned(coaching, where)
    opening = (wording.event("rest"), wording.event("next-set", form, facts=facts))
    again = _texts(coaching, "step", coaching.exercise.steps, where) if _is_full(coaching) else ()
    events = (*opening, *turned, *again, *count_in(wording))
    nominal_ms = max(coaching.plan.rest_ms, settle_ms)
    return Slot(kind="rest", nominal_ms=nominal_ms, elastic=True, events=events, where=where,
                lead_in_ms=settle_ms)  # fmt: skip


def switch(coaching: Coaching, where: Where) -> Slot:
    """Return the change to the other side."""
    coaching = _in_turn(coaching, where)
    wording = coaching.wording
    side = wording.phrases.side(where.side) if where.side else ""
    again = _texts(coaching, "step", coaching.exercise.steps, where) if _is_full(coaching) else ()
    turned, settle_ms = _turned(coaching, where)
    events = (wording.event("switch", facts={"side": side}), *turned, *again, *count_in(wording, ready=False))
    nominal_ms = max(scaled(coaching.pacing.switch_ms, 1 / coaching.pacing.pace), settle_ms)
    return Slot(kind="switch", nominal_ms=nominal_ms, elastic=True, events=events, where=where,
                lead_in_ms=settle_ms)  # fmt: skip


def _turned(coaching: Coaching, where: Where) -> tuple[tuple[Event, ...], int]:
    """Return the words into a position that is another one on the other side, and the time to get there."""
    if _is_sided(coaching, where):
        said = _position(coaching, where)
    elif coaching.exercise.posture is Posture.SIDE:
        said = coaching.wording.event("position", "position-over", settles=True)
    else:
        return (), 0
    return (said,), lead_in_ms(coaching.pacing, None, coaching.exercise.posture)


def _is_sided(coaching: Coaching, where: Where) -> bool:
    """Return whether the position that an exercise states is another one on its other side."""
    position, side = coaching.exercise.position, where.side
    if coaching.exercise.sides is not Sides.EACH or side is None:
        return False
    return coaching.on_side(position, side) != coaching.on_side(position, side.other)


def _position(coaching: Coaching, where: Where) -> Event:
    said = coaching.on_side(coaching.exercise.position, where.side)
    return coaching.wording.text("position", said, settles=True, pause_ms=SETTLE_MS)


def close(wording: Wording, program: Program) -> Iterator[Slot]:
    """Yield the ending: how to get up, and the last words."""
    events = [wording.event("last-done")]
    last, posture = program.exercises[-1], program.exercises[-1].posture
    # An unknown posture may well be on the floor: better told how to get up once too often.
    if posture is None or posture.on_floor:
        events.append(wording.event("stay", pause_ms=8000))
        events += leave_position(wording, last.leave)
        events.append(wording.event("get-up", getting_up_form(posture), pause_ms=GET_DOWN_MS))
    events.append(wording.event("close"))
    chapter = wording.phrases.chapter("close")
    yield Slot(kind="close", nominal_ms=0, elastic=True, events=tuple(events), chapter=chapter)
    yield Slot(kind="silence", nominal_ms=BLUETOOTH_MS, elastic=False, events=())


def _teaching(coaching: Coaching, where: Where, change: PositionChange) -> Iterator[Event]:
    detail, exercise = coaching.pacing.detail, coaching.exercise
    if detail is Detail.LEARN:
        detail = Detail.BRIEF if change.taught else Detail.FULL
    texts = {"step": exercise.steps, "caution": exercise.cautions, "mistake": exercise.mistakes, "tip": exercise.tips}
    for cue in TAUGHT[detail]:
        if cue == "position" and exercise.position:
            yield _position(coaching, where)
        elif cue == "dose":
            yield from _dose(coaching, where)
        else:
            yield from _texts(coaching, cue, texts.get(cue, ()), where)


def _texts(coaching: Coaching, cue: str, texts: tuple[str, ...], where: Where) -> Iterator[Event]:
    for nth, text in enumerate(texts):
        form = MORE.get(cue, "") if nth else ""
        if cue == "mistake" and not coaching.wording.phrases.warns(text):
            form = "mistake-bare"
        yield coaching.wording.text(cue, coaching.on_side(text, where.side), form)


def _dose(coaching: Coaching, where: Where) -> Iterator[Event]:
    plan, phrases, each = coaching.plan, coaching.wording.phrases, coaching.exercise.sides.value
    if plan.breathing:
        said = phrases.breaths(sets=plan.sets, breaths=plan.reps)
    elif plan.timed:
        said = phrases.timed(sets=plan.sets, reps=plan.reps, ms=plan.hold_ms, each=each)
    else:
        said = phrases.dose(sets=plan.sets, reps=plan.reps, hold_ms=plan.hold_ms, each=each)
    yield coaching.wording.text("dose", said)
    if plan.open_end:
        yield coaching.wording.event("open-end")
    if coaching.exercise.sides is Sides.EACH and where.side:
        yield coaching.wording.event("first-side", facts={"side": phrases.side(where.side)})


def lead_in_ms(pacing: Pacing, before: Posture | None, after: Posture | None) -> int:
    """Return the time to get into position, by how far it is; an unknown posture is a new one."""
    was_down, is_down = bool(before and before.on_floor), after is None or after.on_floor
    if before is after is not None:
        return scaled(pacing.lead_in_ms, STAYING / pacing.pace)
    if not was_down and not is_down and before:
        return scaled(pacing.lead_in_ms, UPRIGHT / pacing.pace)
    whole_ms = scaled(pacing.lead_in_ms, 1 / pacing.pace)
    # No pace hurries a person with a sore back down to the floor.
    return max(whole_ms, FLOOR_LEAD_IN_MS) if is_down else whole_ms


def count_in(wording: Wording, *, ready: bool = True) -> Iterator[Event]:
    """Yield "three, two, one" into the first hold or repetition."""
    if ready:
        at_ms, window_ms = READY_MS
        yield wording.event("ready", at_ms=at_ms, window_ms=window_ms)
    for left in (3, 2, 1):
        said = {"count": wording.phrases.number(left).capitalize()}
        yield wording.event("lead-in", facts=said, at_ms=-1000 * left, window_ms=1000)


def _in_turn(coaching: Coaching, where: Where) -> Coaching:
    """Return the coaching whose wording has the variants that are this set's turn."""
    turn = (where.index or 0) + (where.set or 0)
    return replace(coaching, wording=replace(coaching.wording, turn=turn))


def _is_full(coaching: Coaching) -> bool:
    return coaching.pacing.detail is Detail.FULL
