"""What is said between movements: setting up an exercise, rests, the switch of sides, welcome and close."""

from collections.abc import Iterator, Sequence

from voicecoach.events import Event, Slot
from voicecoach.model import Detail, Pacing, Posture, Program, Sides
from voicecoach.script.position_change import get_up, lead_in_ms, leave_position, posture_before, words_between
from voicecoach.script.wording import Coaching, Wording
from voicecoach.units import scaled

BLUETOOTH_MS = 1500
"""A Bluetooth link swallows the first moments of a stream: nothing is said in them."""
READY_MS = (-4300, 1300)
"""When "get ready" is heard, counted from the end of a lead-in, and how long it may be."""
SETTLE_MS = 1200
"""A breath between the words that lead into a position and what follows them."""

TAUGHT = {
    Detail.FULL: ("position", "dose", "step", "caution", "mistake", "tip"),
    Detail.BRIEF: ("position", "dose", "caution"),
    Detail.MINIMAL: ("dose",),
}
"""What is said before an exercise, in this order. `learn` is full the first time, brief after it."""


def welcome(wording: Wording, program: Program, pacing: Pacing) -> Iterator[Slot]:
    """Yield the opening: silence for the link, the title, safety, and all that has to be within reach."""
    chapter = wording.phrases.chapter("welcome")
    yield Slot(kind="silence", nominal_ms=BLUETOOTH_MS, elastic=False, chapter=chapter)
    minimal = pacing.detail is Detail.MINIMAL
    events = [wording.event("welcome", facts={"title": program.title})]
    if program.intro and not minimal:
        events.append(wording.text("intro", program.intro))
    safety = wording.phrases.safety(full=not minimal)
    events += [wording.text("safety", sentence, pause_ms=600) for sentence in safety]
    items = tuple(dict.fromkeys(item for exercise in program.exercises for item in exercise.equipment))
    if items:
        events.append(wording.event("equipment", facts={"items": wording.phrases.items(items)}))
    yield Slot(kind="welcome", events=tuple(events))


def setup(coaching: Coaching, earlier: Sequence[Coaching]) -> Slot:
    """Return the way to an exercise: the rest before it, its name, its position and how it is done.

    The lead-in counts from the words that lead into position, else from the name, and is the end of a longer rest: the
    one after the exercise before, of those `earlier`, is the time in which this one is named and taught.
    """
    wording, exercise = coaching.wording, coaching.exercise
    before = earlier[-1] if earlier else None
    # By its steps too: another exercise may have the same name.
    taught = any((each.exercise.name, each.exercise.steps) == (exercise.name, exercise.steps) for each in earlier)
    teaching = tuple(_teaching(coaching, taught=taught))
    placed = any(event.settles and event.wordings for event in teaching)
    stays = before is not None and before.exercise.posture is exercise.posture
    # In `minimal` the position is left out, but never the side that it is on.
    if not placed and _is_sided(coaching):
        teaching, placed = (_position(coaching), *teaching), True
    elif exercise.posture and not (placed or stays):
        # Where an exercise has no words of its own into its position that are spoken, its posture has some.
        into = wording.event("position", f"position-{exercise.posture}", settles=True, pause_ms=SETTLE_MS)
        teaching, placed = (into, *teaching), True
    # With no words into a position, the time to get there counts from the name.
    named = wording.event("next" if before else "first", facts={"name": exercise.name}, settles=not placed)
    opening = [wording.event("rest"), named] if before else [named]  # nobody rests before anything was done
    # What was in use a moment ago is still within reach.
    need = tuple(item for item in exercise.equipment if before and item not in before.exercise.equipment)
    if need:
        opening.append(wording.event("need", facts={"items": wording.phrases.items(need)}))
    rest_ms = before.plan.rest_ms if before else 0
    settle_ms = lead_in_ms(coaching.pacing, posture_before(earlier), exercise.posture)
    return Slot(
        kind="rest" if rest_ms else "lead-in",
        events=(*opening, *words_between(coaching, earlier), *teaching, *count_in(wording)),
        where=coaching.where,
        nominal_ms=max(rest_ms, settle_ms),
        lead_in_ms=settle_ms,
        chapter=exercise.name,
        waits=exercise.wait,
    )


def between_sets(coaching: Coaching) -> Slot:
    """Return the rest before another set of the same exercise."""
    wording, phrases, where = coaching.wording, coaching.wording.phrases, coaching.where
    facts = {"number": phrases.number(where.set or 1), "total": phrases.number(coaching.plan.sets)}
    if coaching.exercise.sides is Sides.EACH and where.side:
        facts["side"] = phrases.side(where.side)
        opening = (wording.event("rest"), wording.event("next-set", "next-set-side", facts=facts), *_turned(coaching))
    else:
        opening = (wording.event("rest"), wording.event("next-set", facts=facts))
    return _again("rest", coaching, opening, coaching.plan.rest_ms)


def switch(coaching: Coaching) -> Slot:
    """Return the change to the other side."""
    side = coaching.wording.phrases.side(coaching.where.side) if coaching.where.side else ""
    opening = (coaching.wording.event("switch", facts={"side": side}), *_turned(coaching))
    return _again("switch", coaching, opening, scaled(coaching.pacing.switch_ms, 1 / coaching.pacing.pace))


def _again(kind: str, coaching: Coaching, opening: tuple[Event, ...], least_ms: int) -> Slot:
    """Return the way to more of the same exercise, with the time to get into a position that is another one."""
    turned = any(event.settles for event in opening)
    settle_ms = lead_in_ms(coaching.pacing, None, coaching.exercise.posture) if turned else 0
    steps = _texts(coaching, "step", coaching.exercise.steps) if coaching.pacing.detail is Detail.FULL else ()
    events = (*opening, *steps, *count_in(coaching.wording, ready=kind == "rest"))
    return Slot(
        kind=kind, events=events, where=coaching.where, nominal_ms=max(least_ms, settle_ms), lead_in_ms=settle_ms
    )


def _turned(coaching: Coaching) -> Iterator[Event]:
    """Yield the words into a position that is another one on the other side."""
    if _is_sided(coaching):
        yield _position(coaching)
    elif coaching.exercise.posture is Posture.SIDE:
        yield coaching.wording.event("position", "position-over", settles=True)


def _is_sided(coaching: Coaching) -> bool:
    """Return whether the position that an exercise states is another one on its other side."""
    position, side = coaching.exercise.position, coaching.where.side
    if coaching.exercise.sides is not Sides.EACH or side is None:
        return False
    return coaching.on_side(position, side) != coaching.on_side(position, side.other)


def _position(coaching: Coaching) -> Event:
    said = coaching.on_side(coaching.exercise.position, coaching.where.side)
    return coaching.wording.text("position", said, settles=True, pause_ms=SETTLE_MS)


def close(wording: Wording, program: Program) -> Iterator[Slot]:
    """Yield the ending: how to get up, and the last words."""
    events = [wording.event("last-done")]
    last = program.exercises[-1]
    # An unknown posture may well be on the floor: better told how to get up once too often.
    if last.posture is None or last.posture.on_floor:
        events.append(wording.event("stay", pause_ms=8000))
        events += leave_position(wording, last.leave)
        events.append(get_up(wording, last.posture))
    events.append(wording.event("close"))
    yield Slot(kind="close", events=tuple(events), chapter=wording.phrases.chapter("close"))
    yield Slot(kind="silence", nominal_ms=BLUETOOTH_MS, elastic=False)


def _teaching(coaching: Coaching, *, taught: bool) -> Iterator[Event]:
    detail, exercise = coaching.pacing.detail, coaching.exercise
    if detail is Detail.LEARN:
        detail = Detail.BRIEF if taught else Detail.FULL
    texts = {"step": exercise.steps, "caution": exercise.cautions, "mistake": exercise.mistakes, "tip": exercise.tips}
    for cue in TAUGHT[detail]:
        if cue == "position" and exercise.position:
            yield _position(coaching)
        elif cue == "dose":
            yield from _dose(coaching)
        else:
            yield from _texts(coaching, cue, texts.get(cue, ()))


def _texts(coaching: Coaching, cue: str, texts: tuple[str, ...]) -> Iterator[Event]:
    for nth, text in enumerate(texts):
        # Nobody is told "take care" three times running.
        form = "caution-too" if cue == "caution" and nth else ""
        if cue == "mistake" and not coaching.wording.phrases.warns(text):
            form = "mistake-bare"
        yield coaching.wording.text(cue, coaching.on_side(text, coaching.where.side), form)


def _dose(coaching: Coaching) -> Iterator[Event]:
    wording, plan, side = coaching.wording, coaching.plan, coaching.where.side
    kind = "breaths" if plan.breathing else "timed" if plan.timed else "reps"
    each = coaching.exercise.sides
    said = wording.phrases.dose(kind, sets=plan.sets, reps=plan.reps, ms=plan.hold_ms, each=each)
    yield wording.text("dose", said)
    if plan.open_end:
        yield wording.event("open-end")
    if coaching.exercise.sides is Sides.EACH and side:
        yield wording.event("first-side", facts={"side": wording.phrases.side(side)})


def count_in(wording: Wording, *, ready: bool = True) -> Iterator[Event]:
    """Yield "three, two, one" into the first hold or repetition."""
    if ready:
        at_ms, window_ms = READY_MS
        yield wording.event("ready", at_ms=at_ms, window_ms=window_ms)
    for left in (3, 2, 1):
        said = {"count": wording.phrases.number(left).capitalize()}
        yield wording.event("lead-in", facts=said, at_ms=-1000 * left, window_ms=1000)
