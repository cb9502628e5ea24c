"""One repetition: its number, its phases, its hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.events import Event, Rank, Slot, Where
from voicecoach.model import Breath, Detail, Exercise, Pacing, Phase, Side, Sides
from voicecoach.script.hold import hold_slot
from voicecoach.script.phases import SHORTEST_PHASE_MS, tempo_ms
from voicecoach.script.prescription import Prescription
from voicecoach.script.wording import Timing, Wording

START_MS = 3000
"""The longest words that start a hold, with the gap after them: the body holds already while they last."""

RELEASE_MS = 1500
"""After a hold that no phase follows: time to let go."""

HALF_FROM_REPS = 10
"""Half of a set is announced from ten repetitions on."""


TOLD_REPS = 3
"""So many repetitions of a set have every cue; after them the person knows the movement."""

ANNOUNCED = {"rep-half", "rep-last-two", "rep-last"}
"""Forms of a repetition's number that say more than the number: that goes before a movement's cue."""

TOLD_AGAIN = {"rep-half", "rep-last"}
"""Later repetitions that have every cue once more."""

BREATHS = {"rep-first": "rep-first-breath", "rep-half": "rep-half-breath",
           "rep-last-two": "rep-last-two-breath", "rep-last": "rep-last-breath"}  # fmt: skip
"""The forms of a breath's number: short, as the breath flows on."""


@dataclass(frozen=True, slots=True)
class Coaching:
    """One exercise being coached: the words, the knobs, what is done, and on which side it starts."""

    wording: Wording
    pacing: Pacing
    exercise: Exercise
    plan: Prescription
    first: Side

    def on_side(self, text: str, side: Side | None) -> str:
        """Return a text of the exercise for one side."""
        return self.wording.phrases.on_side(text, side, self.first)


def repetition(coaching: Coaching, where: Where) -> Iterator[Slot]:
    """Yield the slots of one repetition: phases of fixed length, a hold between its start and end cues."""
    opening = _opening(coaching, where)
    if coaching.plan.timed:
        yield from _number_alone(opening, where)
        yield from _hold(coaching, coaching.plan.hold_ms, "", where)
        yield _release(coaching, "timed-end", where)
        return
    after_hold = False  # the cue of the phase after a hold is what ends it
    for nth, (phase, length_ms) in enumerate(coaching.plan.phases):
        if phase.hold:
            if after_hold:
                yield _release(coaching, "hold-end", where)
            yield from _number_alone(opening, where)
            yield from _hold(coaching, length_ms, phase.cue, where)
        else:
            cued = _phase_events(coaching, phase, nth, where, length_ms, after_hold=after_hold)
            grown_ms = max(0, SHORTEST_PHASE_MS - tempo_ms(phase, coaching.pacing))
            yield Slot(kind="phase", nominal_ms=length_ms, elastic=False, events=(*opening, *cued),
                       where=where, grown_ms=grown_ms)  # fmt: skip
        opening, after_hold = (), phase.hold  # a number is said once, in front of the first phase
    if after_hold:
        yield _release(coaching, "hold-end", where)


def _number_alone(opening: tuple[Event, ...], where: Where) -> Iterator[Slot]:
    if opening:
        yield Slot(kind="number", nominal_ms=0, elastic=True, events=opening, where=where)


def _opening(coaching: Coaching, where: Where) -> tuple[Event, ...]:
    """Return the number of a repetition, and its side where sides alternate."""
    phrases, events = coaching.wording.phrases, []
    rep, reps = where.rep or 1, coaching.plan.reps
    if reps > 1:
        facts = {"number": phrases.number(rep)}
        form = _form(coaching, where)
        alone = phrases.wordings("rep", number=facts["number"].capitalize())
        announced = form in ANNOUNCED
        form = BREATHS.get(form, form) if coaching.plan.breathing else form
        events.append(
            coaching.wording.event("rep", form, facts=facts, at_ms=0, lesser=alone if announced else (),
                                   rank=Rank.ROUTE if announced else None)
        )  # fmt: skip
    if coaching.exercise.sides is Sides.ALTERNATE and where.side:
        side = phrases.side(where.side).capitalize()
        events.append(coaching.wording.event("side", facts={"side": side}))
    return tuple(events)


def _form(coaching: Coaching, where: Where) -> str:
    """Return how the number of a repetition is announced: the first row that is true."""
    rep, reps = where.rep or 1, coaching.plan.reps
    rows = (
        (rep == reps, "rep-last"),
        (rep == 1, "rep-first"),
        (rep == reps - 1, "rep-last-two"),
        (rep == reps // 2 + 1 and reps >= HALF_FROM_REPS, "rep-half"),
    )
    return next((form for true, form in rows if true), "rep")


def _is_told(coaching: Coaching, where: Where) -> bool:
    """Whether a repetition has every cue: the first ones of a set, its half and its last."""
    first = (where.rep or 1) <= TOLD_REPS
    return first or coaching.pacing.detail is Detail.FULL or _form(coaching, where) in TOLD_AGAIN


def _phase_events(
    coaching: Coaching, phase: Phase, nth: int, where: Where, length_ms: int, *, after_hold: bool
) -> Iterator[Event]:
    """Yield what is said in a phase: what ends the hold before it, else its breath first, then its cue.

    In a repetition that is not told in full a phase says one thing beside the number: the end of the hold,
    its breath, or, where it is not the first, its cue. After an announcement the breath stands alone, too,
    where the cue has been heard before.
    """
    wording, minimal = coaching.wording, coaching.pacing.detail is Detail.MINIMAL
    cue, told = coaching.on_side(phase.cue, where.side), _is_told(coaching, where)
    later = (where.rep or 1) > TOLD_REPS and coaching.pacing.detail is not Detail.FULL
    announced = not nth and later and _form(coaching, where) in ANNOUNCED
    timing: Timing = {"at_ms": 0} if after_hold or nth or coaching.plan.reps == 1 else {}
    if coaching.plan.breathing:
        yield _breathing(coaching, phase, cue, timing, after_hold=after_hold)
        return
    if after_hold:
        yield wording.event("hold-end", own="" if minimal else cue, **timing)
    if minimal:
        return  # names and counts alone
    breathes = phase.breath is not Breath.FREE and coaching.pacing.breath
    # "Breathe out and reach" needs no "out" beside it.
    prompted = bool(breathes) and not wording.phrases.names_breath(cue)
    if prompted and (told or not after_hold):
        form = f"breath-{phase.breath}{'-again' if (where.rep or 1) > 1 else ''}"
        yield wording.event(f"breath-{phase.breath}", form, at_ms=0, slack_ms=length_ms // 2)
    if not after_hold and ((told and not announced) or (not prompted and (told or nth))):
        timing = {} if prompted else timing
        yield wording.event("move", "" if cue else _unnamed(coaching, nth), own=cue, **timing)


def _breathing(coaching: Coaching, phase: Phase, cue: str, timing: Timing, *, after_hold: bool) -> Event:
    """Return what is said in a phase of a breathing exercise: the breath itself."""
    named = "pause" if phase.breath is Breath.FREE else phase.breath.value
    if after_hold:
        own = cue or coaching.wording.phrases.wordings(f"breath-{named}")[0]
        timing = {**timing, "breath": None if phase.breath is Breath.FREE else phase.breath}
        return coaching.wording.event("hold-end", own=own, **timing)
    return coaching.wording.event(f"breath-{named}", own=cue, **timing)


def _unnamed(coaching: Coaching, nth: int) -> str:
    """Return the wording for a phase without a cue: into a hold, there, or back."""
    if coaching.plan.hold_ms and nth == 0:
        return "move-in"
    return "move-there" if nth == 0 else "move-back"


def _hold(coaching: Coaching, hold_ms: int, cue: str, where: Where) -> Iterator[Slot]:
    own = "" if coaching.pacing.detail is Detail.MINIMAL else coaching.on_side(cue, where.side)
    form = "timed-start" if coaching.plan.timed else ""
    start = coaching.wording.event("hold-start", form, own=own, window_ms=START_MS)
    yield Slot(kind="hold-start", nominal_ms=0, elastic=True, events=(start,), where=where, tail=False)
    breath = coaching.pacing.detail is not Detail.MINIMAL and not coaching.plan.timed
    yield hold_slot(coaching.wording, coaching.pacing, hold_ms, where, breath=breath)


def _release(coaching: Coaching, form: str, where: Where) -> Slot:
    end = coaching.wording.event("hold-end", form, at_ms=0)
    return Slot(kind="release", nominal_ms=RELEASE_MS, elastic=True, events=(end,), where=where)
