"""One repetition: its number, its phases, its hold."""

from collections.abc import Iterator

from voicecoach.events import Event, Rank, Slot
from voicecoach.model import Breath, Detail, Phase, Sides
from voicecoach.script.hold import hold_slot
from voicecoach.script.prescription import SHORTEST_PHASE_MS, tempo_ms
from voicecoach.script.wording import Coaching, Timing

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


def repetition(coaching: Coaching) -> Iterator[Slot]:
    """Yield the slots of one repetition: phases of fixed length, a hold between its start and end cues."""
    opening, where = tuple(_opening(coaching)), coaching.where
    if coaching.plan.timed:
        yield from _hold(coaching, opening, coaching.plan.hold_ms, "")
        yield _release(coaching, "timed-end")
        return
    after_hold = False  # the cue of the phase after a hold is what ends it
    for nth, (phase, length_ms) in enumerate(coaching.plan.phases):
        if phase.hold:
            if after_hold:
                yield _release(coaching)
            yield from _hold(coaching, opening, length_ms, phase.cue)
        else:
            events = (*opening, *_phase_events(coaching, phase, nth, length_ms, after_hold=after_hold))
            grown_ms = max(0, SHORTEST_PHASE_MS - tempo_ms(phase, coaching.pacing))
            yield Slot(kind="phase", events=events, where=where, nominal_ms=length_ms, elastic=False, grown_ms=grown_ms)
        opening, after_hold = (), phase.hold  # a number is said once, in front of the first phase
    if after_hold:
        yield _release(coaching)


def _opening(coaching: Coaching) -> Iterator[Event]:
    """Yield the number of a repetition, and its side where sides alternate."""
    wording, phrases, where = coaching.wording, coaching.wording.phrases, coaching.where
    if coaching.plan.reps > 1:
        number, form = phrases.number(where.rep or 1), _form(coaching)
        announced = form in ANNOUNCED
        lesser = phrases.wordings("rep", number=number.capitalize()) if announced else ()
        # A breath's number is short, as the breath flows on.
        form += "-breath" if coaching.plan.breathing and form != "rep" else ""
        rank = Rank.ROUTE if announced else None
        yield wording.event("rep", form, facts={"number": number}, at_ms=0, lesser=lesser, rank=rank)
    if coaching.exercise.sides is Sides.ALTERNATE and where.side:
        yield wording.event("side", facts={"side": phrases.side(where.side).capitalize()})


def _form(coaching: Coaching) -> str:
    """Return how the number of a repetition is announced: of what is true of it, the last is told."""
    rep, reps = coaching.where.rep or 1, coaching.plan.reps
    half = {reps // 2 + 1: "rep-half"} if reps >= HALF_FROM_REPS else {}
    return (half | {reps - 1: "rep-last-two", 1: "rep-first", reps: "rep-last"}).get(rep, "rep")


def _phase_events(coaching: Coaching, phase: Phase, nth: int, length_ms: int, *, after_hold: bool) -> Iterator[Event]:
    """Yield what is said in a phase: what ends the hold before it, else its breath first, then its cue.

    In a repetition that is not told in full a phase says one thing beside the number: the end of the hold,
    its breath, or, where it is not the first, its cue. After an announcement the breath stands alone, too,
    where the cue has been heard before.
    """
    wording, detail, rep = coaching.wording, coaching.pacing.detail, coaching.where.rep or 1
    cue = coaching.on_side(phase.cue, coaching.where.side)
    timing: Timing = {"at_ms": 0} if after_hold or nth or coaching.plan.reps == 1 else {}
    if coaching.plan.breathing:
        yield _breathing(coaching, phase, cue, timing, after_hold=after_hold)
        return
    if after_hold:
        yield wording.event("hold-end", own="" if detail is Detail.MINIMAL else cue, **timing)
    if detail is Detail.MINIMAL:
        return  # names and counts alone
    later = rep > TOLD_REPS and detail is not Detail.FULL
    told = not later or _form(coaching) in TOLD_AGAIN
    # "Breathe out and reach" needs no "out" beside it.
    breathes = phase.breath is not Breath.FREE and coaching.pacing.breath is not None
    prompted = breathes and not wording.phrases.names_breath(cue)
    if prompted and (told or not after_hold):
        form = f"breath-{phase.breath}{'-again' if rep > 1 else ''}"
        yield wording.event(f"breath-{phase.breath}", form, at_ms=0, slack_ms=length_ms // 2)
    announced = not nth and later and _form(coaching) in ANNOUNCED
    if not after_hold and ((told and not announced) or (not prompted and (told or nth))):
        into = "move-in" if coaching.plan.hold_ms else "move-there"
        unnamed = "move-back" if nth else into
        yield wording.event("move", "" if cue else unnamed, own=cue, **({} if prompted else timing))


def _breathing(coaching: Coaching, phase: Phase, cue: str, timing: Timing, *, after_hold: bool) -> Event:
    """Return what is said in a phase of a breathing exercise: the breath itself."""
    breath = None if phase.breath is Breath.FREE else phase.breath
    prompt = f"breath-{breath or 'pause'}"
    if after_hold:
        own = cue or coaching.wording.phrases.wordings(prompt)[0]
        timing = {**timing, "breath": breath}
        return coaching.wording.event("hold-end", own=own, **timing)
    return coaching.wording.event(prompt, own=cue, **timing)


def _hold(coaching: Coaching, opening: tuple[Event, ...], hold_ms: int, cue: str) -> Iterator[Slot]:
    wording, where, timed = coaching.wording, coaching.where, coaching.plan.timed
    minimal = coaching.pacing.detail is Detail.MINIMAL
    if opening:
        yield Slot(kind="number", events=opening, where=where)
    own = "" if minimal else coaching.on_side(cue, where.side)
    start = wording.event("hold-start", "timed-start" if timed else "", own=own, window_ms=START_MS)
    yield Slot(kind="hold-start", events=(start,), where=where, tail=False)
    yield hold_slot(wording, coaching.pacing, hold_ms, where, breath=not minimal and not timed)


def _release(coaching: Coaching, form: str = "") -> Slot:
    end = coaching.wording.event("hold-end", form, at_ms=0)
    return Slot(kind="release", events=(end,), where=coaching.where, nominal_ms=RELEASE_MS)
