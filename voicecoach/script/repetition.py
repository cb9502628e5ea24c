"""One repetition: its number, its phases, and what is heard inside its hold: the count, the landmarks, the breath."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from voicecoach.events import Event, Rank, Slot, Where
from voicecoach.model import Breath, Count, Detail, Pacing, Phase, Sides
from voicecoach.script.prescription import SHORTEST_PHASE_MS, STRETCH, breath_cycle, tempo_ms
from voicecoach.script.wording import Coaching, Wording
from voicecoach.units import scaled

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
SILENT_BELOW_MS = 3000
COUNTED_TO_MS = 10_000
LAST_SECONDS = {Count.AUTO: 5, Count.LAST: 3, Count.TONES: 5}
TENS_ABOVE = 20
LANDMARKS = (("half-way", 20_000, 0), ("ten-left", 30_000, 10_000), ("thirty-left", 90_000, 30_000))
"""Cue, the shortest hold that has it, and the milliseconds then left (0: half of the hold)."""
BREATH_FROM_MS = 10_000
BREATH_UNTIL_MS = 6000
"""Breath is prompted in holds of ten seconds and more, and no later than six seconds before their end."""
BREATH_SLACK_MS = 400
"""A prompt may follow a count of its own second: a breath is no clock."""
COUNTED_SLACK_MS = 800
"""Where every second is counted: the tone of a breath may follow its number."""
SAME_MS = 1000
"""A prompt and a landmark within a second are spoken as one."""


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
    timing: dict[str, Any] = {"at_ms": 0} if after_hold or nth or coaching.plan.reps == 1 else {}
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


def _breathing(coaching: Coaching, phase: Phase, cue: str, timing: dict[str, Any], *, after_hold: bool) -> Event:
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


def hold_slot(wording: Wording, pacing: Pacing, hold_ms: int, where: Where, *, breath: bool = True) -> Slot:
    """Return the hold itself, from the end of its start cue to the onset of its end cue."""
    prompts = dict(breath_prompts(hold_ms, *breath_cycle(pacing))) if breath and pacing.breath else {}
    marks = landmarks(hold_ms) if pacing.count in {Count.AUTO, Count.EVERY} else {}
    slack_ms = COUNTED_SLACK_MS if pacing.count is Count.EVERY else BREATH_SLACK_MS
    events = chain(_marks(wording, hold_ms, marks, prompts, slack_ms), _count(wording, pacing.count, hold_ms, marks))
    # What is counted from the end stands in its place among what is counted from the start.
    in_order = sorted(events, key=lambda event: ((event.at_ms or 0) % hold_ms, event.rank))
    return Slot(kind="hold", events=tuple(in_order), where=where, nominal_ms=hold_ms, elastic=False)


def landmarks(hold_ms: int) -> dict[int, str]:
    """Return the landmarks of a hold: when, in milliseconds from its start, and their cues."""
    heard = [(cue, left_ms) for cue, least_ms, left_ms in LANDMARKS if hold_ms >= least_ms]
    return {hold_ms - left_ms if left_ms else hold_ms // 2: cue for cue, left_ms in heard}


def breath_prompts(hold_ms: int, in_ms: int, out_ms: int) -> Iterator[tuple[int, Breath]]:
    """Yield when to prompt the breath in a hold: whole breaths, each stretched by at most a fifth.

    A breath whose way out would be prompted too late is not begun either.
    """
    count = hold_ms // (in_ms + out_ms)
    # A shorter hold would end in the middle of a breath that was asked for.
    if hold_ms < BREATH_FROM_MS or not count:
        return
    factor = min(hold_ms / (count * (in_ms + out_ms)), 1 + STRETCH)
    for nth in range(count):
        start_ms = nth * (in_ms + out_ms)
        turn_ms = scaled(start_ms + in_ms, factor)
        if turn_ms <= hold_ms - BREATH_UNTIL_MS:
            yield scaled(start_ms, factor), Breath.IN
            yield turn_ms, Breath.OUT


def _marks(
    wording: Wording, hold_ms: int, marks: dict[int, str], prompts: dict[int, Breath], slack_ms: int
) -> Iterator[Event]:
    pairs = {at_ms: nth // 2 + 1 for nth, at_ms in enumerate(prompts)}
    # Two cues in one second would be heard as a rush, or one of them too late.
    joined = {at: near for near in prompts for at in marks if abs(at - near) < SAME_MS}
    for at_ms, cue in marks.items():
        # The plain number of the seconds left, where they are whole.
        seconds, broken = divmod(hold_ms - at_ms, 1000)
        lesser = () if broken else (wording.phrases.number(seconds).capitalize(),)
        if at_ms in joined:
            breath, pair = prompts[joined[at_ms]], pairs[joined[at_ms]]
            lesser = (*wording.phrases.wordings(cue), *lesser)
            yield wording.event(cue, f"{cue}-breath-{breath}", at_ms=at_ms, pair=pair, lesser=lesser, breath=breath)
        else:
            yield wording.event(cue, at_ms=at_ms, lesser=lesser)
    begun: set[Breath] = set()
    for at_ms, breath in prompts.items():
        if at_ms not in joined.values():
            form = f"breath-{breath}{'-again' if breath in begun else ''}"
            # No later than the last moment at which a breath is prompted at all.
            late_ms = min(slack_ms, hold_ms - BREATH_UNTIL_MS - at_ms)
            yield wording.event(f"breath-{breath}", form, at_ms=at_ms, slack_ms=late_ms, pair=pairs[at_ms])
        begun.add(breath)


def _count(wording: Wording, count: Count, hold_ms: int, marks: dict[int, str]) -> Iterator[Event]:
    if hold_ms < SILENT_BELOW_MS or count is Count.OFF:
        return
    whole = count is Count.EVERY or (count is not Count.LAST and hold_ms <= COUNTED_TO_MS)
    counted_ms = hold_ms if whole else min(hold_ms, LAST_SECONDS[count] * 1000 + 1)
    for left in range((counted_ms - 1) // 1000, 0, -1):
        if hold_ms - left * 1000 in marks:
            continue  # the landmark tells these seconds itself
        timing: dict[str, Any] = {"at_ms": -left * 1000, "window_ms": 1000}
        if count is not Count.TONES and (left <= TENS_ABOVE or left % 10 == 0):
            yield wording.event("count", facts={"count": wording.phrases.number(left).capitalize()}, **timing)
        else:
            yield wording.tone("count", **timing)
