"""Fit a session to a target length: rests and lead-ins first, then stated ranges, then what was filled in.

Every exercise moves by the same share, so that the time is spread and not laid on one of them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from voicecoach.events import Sound, Utterance, Where
from voicecoach.model import Detail, Exercise, Fitted, Pacing, Posture, Program
from voicecoach.phrases import Phrases
from voicecoach.script.position_change import lead_in_ms, posture_before
from voicecoach.script.prescription import DEFAULTS, Prescription, prescribe
from voicecoach.script.repetition import repetition
from voicecoach.script.transition import between_sets, close, setup, switch, welcome
from voicecoach.script.wording import Coaching, Wording
from voicecoach.timeline import Duration, slot_ms
from voicecoach.units import clock, scaled

REST_MS = (5000, 45_000)
LEAD_IN_MS = (6000, 20_000)
"""How far rests that nobody states move, and lead-ins; into a floor position they stay at 10 s or more."""
CLOSE_ENOUGH = 0.03
"""A fitted session is at most this share of its target away from it, wherever the ranges allow."""
_SHARES = tuple(step / 8 for step in range(9))
_HALVINGS = 12  # 1/4096 of a range: no whole second or repetition is missed
_FAR_MS = 10_000_000


def estimate_duration(rate_wpm: int) -> Duration:
    """Return a way to estimate the length of words before any is synthesised."""

    def duration(sound: Sound) -> int:
        # Five letters and a space are a word, as typists count; no word is shorter than a digit.
        letters = len(sound.text) if isinstance(sound, Utterance) else 0
        return max(250, round(letters / 6 * 60_000 / rate_wpm))

    return duration


def fit_length(costs: "Costs", pacing: Pacing) -> Pacing:
    """Return the pacing whose session is as near to `pacing.fit_ms` as the ranges allow.

    The same arguments always give the same pacing.
    """
    target_ms = pacing.fit_ms or 0
    knobs = [0.0, 0.0, 0.0]

    def at(knob: int, turn: float) -> int:
        return costs.total_ms(turn_knobs(pacing, [*knobs[:knob], turn, *knobs[knob + 1 :]]))

    # One knob after the other, each only once the one before is at its end.
    towards = 1.0 if at(0, 0.0) < target_ms else -1.0
    for knob in range(len(knobs)):
        knobs[knob] = _nearest(partial(at, knob), target_ms, 0.0, towards)
        if abs(knobs[knob]) < 1:
            break
    # Whole repetitions move in steps, so that some exercises stand a little apart from the rest.
    nudged = _nudged(costs, turn_knobs(pacing, knobs), target_ms)

    def rested(turn: float) -> Pacing:
        return _nudging(turn_knobs(pacing, [turn, *knobs[1:]]), nudged)

    # What whole seconds and repetitions left over, the rests take up.
    return rested(_nearest(lambda turn: costs.total_ms(rested(turn)), target_ms, -1.0, 1.0))


def turn_knobs(pacing: Pacing, knobs: list[float]) -> Pacing:
    """Return the pacing with its three knobs turned, each from -1 over 0 (as it was) to 1."""
    rests, doses, fills = knobs
    rest_ms = _between(*REST_MS, scaled(DEFAULTS["rest"][0], 1 / pacing.pace), rests)
    lead_ms = pacing.lead_in_ms if pacing.lead_in_given else _between(*LEAD_IN_MS, pacing.lead_in_ms, rests)
    base = replace(pacing, fitted=None).share
    share = base + doses * (1 - base if doses > 0 else base)
    return replace(pacing, fitted=Fitted(share, fills, rest_ms), lead_in_ms=lead_ms)


def _nudged(costs: "Costs", pacing: Pacing, target_ms: int) -> tuple[tuple[str, float], ...]:
    """Return the few exercises that have to stand elsewhere in their ranges to meet the target."""
    left_ms, enough_ms = target_ms - costs.total_ms(pacing), CLOSE_ENOUGH / 3 * target_ms
    if abs(left_ms) <= enough_ms:
        return ()
    # By how much the session grows when all exercises of a name stand at another share.
    gains: Counter[tuple[str, float]] = Counter()
    for cost in costs.exercises:
        name, own_ms = cost.exercise.name, cost.total_ms(prescribe(cost.exercise, pacing), pacing)
        for share in _SHARES:
            plan = prescribe(cost.exercise, _nudging(pacing, ((name, share),)))
            gains[name, share] += cost.total_ms(plan, pacing) - own_ms
    nudges: dict[str, float] = {}
    while abs(left_ms) > enough_ms:
        tried = [
            (abs(left_ms - gain_ms), abs(share - pacing.share), place, name, share, gain_ms)
            for place, ((name, share), gain_ms) in enumerate(gains.items())
            if name not in nudges
        ]
        if not tried or min(tried)[0] >= abs(left_ms):
            break
        *_, name, share, gain_ms = min(tried)
        nudges[name] = share
        left_ms -= gain_ms
    return tuple(sorted(nudges.items()))


def _nudging(pacing: Pacing, nudges: tuple[tuple[str, float], ...]) -> Pacing:
    return replace(pacing, fitted=pacing.fitted and replace(pacing.fitted, nudges=nudges))


def shortfall(pacing: Pacing, length_ms: int) -> str:
    """Return what to say of a session of `length_ms` that misses its target, or nothing."""
    target_ms = pacing.fit_ms or length_ms
    if abs(length_ms - target_ms) <= CLOSE_ENOUGH * target_ms:
        return ""
    short = length_ms < target_ms
    by, end = clock(abs(length_ms - target_ms)), "longest" if short else "shortest"
    shorter = ["fewer exercises"]
    shorter += ["--detail brief"] if pacing.detail not in {Detail.BRIEF, Detail.MINIMAL} else []
    shorter += ["a brisk --pace"] if pacing.pace <= 1 else []
    help_ = "more --sets or another exercise" if short else " or ".join(shorter)
    what = f"the session is {clock(length_ms)}, {by} {'shorter' if short else 'longer'} than {clock(target_ms)}"
    return f"--fit: {what}, as all that may move is at its {end}; {help_} would help"


class Cost(NamedTuple):
    """What one exercise takes, in milliseconds, apart from what the knobs turn.

    `talk_ms` is all that is said on the way to it and `settle_ms` when its position has been said (0: never);
    `between_ms` and `switch_ms` are the words between its sets and sides, `start_ms` those of a repetition.
    """

    exercise: Exercise
    before: Posture | None
    turns: int
    talk_ms: int
    settle_ms: int
    between_ms: int
    switch_ms: int
    start_ms: int

    @classmethod
    def of(cls, coaching: Coaching, earlier: Sequence[Coaching], duration: Duration) -> "Cost":
        """Measure what is said on the way to an exercise and in it, after those `earlier`."""
        where = Where(exercise=coaching.exercise.name, index=len(earlier) + 1, set=1, side=coaching.turns[0])
        placed = coaching.at(where)
        said = setup(placed, earlier)._replace(nominal_ms=0, lead_in_ms=0)
        # A rest that no words are too long for tells when the position has been said.
        settled_ms = slot_ms(said._replace(lead_in_ms=_FAR_MS), duration) - _FAR_MS
        words = repetition(coaching._replace(where=replace(where, rep=1)))
        return cls(
            exercise=coaching.exercise,
            before=posture_before(earlier),
            turns=len(coaching.turns),
            talk_ms=slot_ms(said, duration),
            settle_ms=max(settled_ms, 0),
            between_ms=slot_ms(between_sets(placed)._replace(nominal_ms=0), duration),
            switch_ms=slot_ms(switch(placed), duration) if len(coaching.turns) > 1 else 0,
            start_ms=sum(slot_ms(slot, duration) for slot in words if slot.elastic),
        )

    def total_ms(self, plan: Prescription, pacing: Pacing, rest_ms: int = 0) -> int:
        """Return how long the exercise is at a dose and a pacing, with the way to it after a rest of `rest_ms`."""
        lead_ms = lead_in_ms(pacing, self.before, self.exercise.posture)
        settled_ms = self.settle_ms + lead_ms if self.settle_ms else 0
        way_ms = max(rest_ms, lead_ms, self.talk_ms, settled_ms)
        set_ms = self.turns * plan.reps * (self.start_ms + plan.rep_ms) + (self.turns - 1) * self.switch_ms
        return way_ms + plan.sets * set_ms + (plan.sets - 1) * max(plan.rest_ms, self.between_ms)


class Costs(NamedTuple):
    """What a session takes: `frame_ms` for welcome and close, and each exercise."""

    frame_ms: int
    exercises: tuple[Cost, ...]

    @classmethod
    def of(cls, program: Program, pacing: Pacing, phrases: Phrases, rate_wpm: int, duration: Duration) -> "Costs":
        """Measure a program once; afterwards any pacing is a matter of arithmetic."""
        wording = Wording(phrases, rate_wpm, program.title)
        frame = (*welcome(wording, program, pacing), *close(wording, program))
        coached = [Coaching.of(wording, pacing, exercise) for exercise in program.exercises]
        every = tuple(Cost.of(coaching, coached[:place], duration) for place, coaching in enumerate(coached))
        return cls(sum(slot_ms(slot, duration) for slot in frame), every)

    def total_ms(self, pacing: Pacing) -> int:
        """Return how long the session is at a pacing."""
        total_ms, rest_ms = self.frame_ms, 0
        for cost in self.exercises:
            plan = prescribe(cost.exercise, pacing)
            total_ms += cost.total_ms(plan, pacing, rest_ms)
            rest_ms = plan.rest_ms
        return total_ms


def _between(lo: int, hi: int, now: int, turn: float) -> int:
    """Return `now` turned towards `lo` (-1) or `hi` (1), in whole tenths of a second."""
    end = hi if turn > 0 else lo
    return round((now + abs(turn) * (end - now)) / 100) * 100


def _nearest(length_ms: Callable[[float], int], target_ms: int, start: float, end: float) -> float:
    """Return where between `start` and `end` a length that moves one way comes nearest to the target."""
    grows = length_ms(end) >= length_ms(start)
    inside, outside = start, end
    if (length_ms(end) < target_ms) is grows:
        return end
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if (length_ms(middle) < target_ms) is grows:
            inside = middle
        else:
            outside = middle
    return min((inside, outside), key=lambda share: abs(length_ms(share) - target_ms))
