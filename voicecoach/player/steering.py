"""The player: what a command makes of a live session, as a pure function over its slots.

A session runs as steps: slots of its script, and answers put in between. A command at a place in a step gives
the steps that are to be heard from there on. Nothing here knows a clock, a device or a key.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from voicecoach.events import Event, Script, Slot
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, Cut, Reply, State, Step
from voicecoach.script.repetition import hold_slot
from voicecoach.script.transition import count_in
from voicecoach.script.wording import Wording

PACE_STEP = 1.1
PACES = {Command.SLOWER: 1 / PACE_STEP, Command.FASTER: PACE_STEP}
"""By how much a command multiplies the tempo."""

MORE_MS = 10_000
REMINDER_MS = 30_000
LEAD_MS = 3400
"""A three-second lead-in, with a breath before its first word."""

_RESTING = {"rest", "lead-in", "switch"}
_ONWARD = {Command.RESUME, Command.SKIP, Command.MORE, Command.AGAIN, Command.SLOWER, Command.FASTER}
_NEEDS_SOUND = {Command.PAUSE, Command.SKIP, Command.MORE, Command.AGAIN, Command.SLOWER, Command.FASTER}


@dataclass(frozen=True, slots=True)
class Player:
    """The script of a session and the words that answer commands."""

    script: Script
    wording: Wording
    pacing: Pacing

    def steps(self, start: int) -> tuple[Step, ...]:
        """Return the script's steps from a place on."""
        return tuple(Step(slot, start + n) for n, slot in enumerate(self.script.slots[start:]))

    def obey(self, state: State, command: Command, cut: Cut, left_ms: int) -> Reply:
        """Return what a command makes of the session; `left_ms` is what is left of it all."""
        if command is Command.TOGGLE:
            command = Command.PAUSE if state is State.PLAYING else Command.RESUME
        if command is Command.STOP:
            return Reply(State.STOPPED, (self._answer("stopping", cut.step.origin),))
        standing = None if state is State.PLAYING else self._standing(state, command, cut, left_ms)
        return standing or self._moving(command, cut, left_ms)

    def _standing(self, state: State, command: Command, cut: Cut, left_ms: int) -> Reply | None:
        """Return the reply of a session that stands, or None where it is that of one that plays."""
        if command is Command.LEFT:
            return Reply(state, (self._left(cut, left_ms),))
        if command is Command.PAUSE and state is State.BETWEEN:
            return self._pause(cut)
        if command in _ONWARD and state is State.BETWEEN:
            return replace(self._from(cut.step.origin, "go-on"), pace=PACES.get(command, 1.0))
        if command is Command.RESUME:
            return self._resume(cut)
        if command in _NEEDS_SOUND:
            return Reply(state, (self._answer("still-paused", cut.step.origin),))
        return None

    def _moving(self, command: Command, cut: Cut, left_ms: int) -> Reply:
        if command is Command.LEFT:
            return self._beside(cut, self._left(cut, left_ms).slot.events[0])
        if command in PACES:
            return replace(self._unchanged(cut, command.value), pace=PACES[command])
        start = self._exercise_start(cut.step.origin)
        rows: dict[Command, Callable[[Cut], Reply]] = {
            Command.PAUSE: self._pause,
            Command.RESUME: partial(self._unchanged, cue="go-on"),
            Command.NEXT: self._next,
            Command.PREVIOUS: lambda _: self._from(self._exercise_start(start - 1), "going-back"),
            Command.REPEAT: lambda _: self._from(start, "once-more"),
            Command.SKIP: self._skip,
            Command.MORE: self._more,
            Command.AGAIN: self._again,
        }
        return rows[command](cut)

    def lost(self, cut: Cut) -> Reply:
        """Return how the session goes on after its device came back: at the start of the cut exercise."""
        return self._from(self._exercise_start(cut.step.origin), "sound-back")

    def waiting(self, step: Step) -> Step:
        """Return what is said to a person before an exercise that waits for them."""
        return self._answer("wait", step.origin, name=step.slot.where.exercise or "")

    def reminder(self, cut: Cut) -> Step:
        """Return what is said to a person who is waited for."""
        return self._answer("reminder", cut.step.origin)

    def _pause(self, cut: Cut) -> Reply:
        return Reply(State.PAUSED, (self._answer("paused", cut.step.origin),))

    def _resume(self, cut: Cut) -> Reply:
        """Go on: where we are, a lead-in, and the repetition that was cut anew, with its hold."""
        start = self._repetition_start(cut.step.origin)
        where = self.script.slots[start].where
        # As it is spoken: "bird-dog, set two, left side".
        place = self.wording.phrases.place(where.exercise or "", where.set, where.side)
        answer = self._answer("resumed", start, place=place)
        # Who comes back to a movement gets time to be in place for it.
        lead = (self._lead_in(start),) if where.rep else ()
        return Reply(State.PLAYING, (answer, *lead, *self.steps(start)))

    def _next(self, cut: Cut) -> Reply:
        slots = self.script.slots
        later = (n for n in range(cut.step.origin + 1, len(slots)) if slots[n].chapter)
        return self._from(next(later, len(slots) - 1), "going-on")

    def _skip(self, cut: Cut) -> Reply:
        # A hold that is skipped would be no hold, and a movement has no end to jump to.
        if cut.step.slot.kind not in _RESTING:
            return self._unchanged(cut, "no-rest")
        lead = self._lead_in(cut.step.next)
        # What is skipped may be silence, and a person is answered at once.
        return Reply(State.PLAYING, (lead, *self.steps(cut.step.next)), over=self.wording.tone("hold-start"))

    def _more(self, cut: Cut) -> Reply:
        slot, word = cut.step.slot, self.wording.event("ten-more", at_ms=0, slack_ms=400)
        if slot.kind == "hold":
            # Counted anew over what is then left, so that no landmark lies.
            longer = hold_slot(self.wording, self.pacing, cut.left_ms + MORE_MS, slot.where)
            events = (word, *(event for event in longer.events if event.at_ms != 0))
            return self._instead(cut, longer._replace(events=events))
        if slot.kind in _RESTING:
            kept = tuple(event for event in cut.rest if event.at_ms is None or event.at_ms >= 0)
            events = (word._replace(slack_ms=0), *kept, *count_in(self.wording))
            return self._instead(cut, slot._replace(nominal_ms=cut.left_ms + MORE_MS, events=events, lead_in_ms=0))
        return self._unchanged(cut, "no-more")

    def _again(self, cut: Cut) -> Reply:
        said = tuple(event._replace(at_ms=None) for event in cut.said[-1:])
        start = self._repetition_start(cut.step.origin)
        slot = Slot(kind="answer", nominal_ms=0, elastic=True, events=said, where=cut.step.slot.where)
        again = Step(slot, start, before=True)
        if not said:
            return self._unchanged(cut, "nothing-said")
        if self.script.slots[start].where.rep:
            return Reply(State.PLAYING, (again, self._lead_in(start), *self.steps(start)))
        return Reply(State.PLAYING, (again, *self._rest_of(replace(cut, rest=(*cut.broken, *cut.rest)))))

    def _from(self, start: int, answer: str) -> Reply:
        return Reply(State.PLAYING, (self._answer(answer, start), *self.steps(start)))

    def _instead(self, cut: Cut, slot: Slot) -> Reply:
        steps = (replace(cut.step, slot=slot._replace(chapter="")), *self.steps(cut.step.next))
        return Reply(State.PLAYING, steps, unbroken=True)

    def _unchanged(self, cut: Cut, cue: str) -> Reply:
        return self._beside(cut, self.wording.event(cue))

    def _beside(self, cut: Cut, answer: Event) -> Reply:
        """Answer without touching what goes on: in talk after the sentence being said, else above it."""
        if self._is_talk(cut):
            steps = self._rest_of(replace(cut, rest=(answer, *cut.rest)))
            return Reply(State.PLAYING, steps, over=self.wording.tone("hold-start"), unbroken=True)
        return Reply(State.PLAYING, self._rest_of(cut), over=answer, unbroken=True)

    def _rest_of(self, cut: Cut) -> tuple[Step, ...]:
        """Return what is left of a step, and the steps behind it."""
        slot = cut.step.slot
        left = Slot(kind=slot.kind, nominal_ms=cut.left_ms, elastic=self._is_talk(cut), events=cut.rest,
                    where=slot.where)  # fmt: skip
        return (replace(cut.step, slot=left), *self.steps(cut.step.next))

    def _is_talk(self, cut: Cut) -> bool:
        return cut.step.slot.elastic and not cut.step.slot.where.rep

    def _repetition_start(self, origin: int) -> int:
        """Return where the repetition at a place starts; talk starts at its own beginning."""
        slots, start = self.script.slots, origin
        while slots[start].where.rep and start and slots[start - 1].where == slots[start].where:
            start -= 1
        return start

    def _exercise_start(self, origin: int) -> int:
        return next((n for n in range(origin, 0, -1) if self.script.slots[n].chapter), 0)

    def _lead_in(self, start: int) -> Step:
        events = count_in(self.wording, ready=False)
        where = replace(self.script.slots[start].where, rep=None)
        slot = Slot(kind="lead-in", nominal_ms=LEAD_MS, elastic=True, events=tuple(events), where=where)
        return Step(slot, start, before=True)

    def _answer(self, cue: str, origin: int, **facts: str) -> Step:
        """Return what is said before the slot at a place, which is still to come."""
        event, where = self.wording.event(cue, facts=facts), self.script.slots[origin].where
        slot = Slot(kind="answer", nominal_ms=0, elastic=True, events=(event,), where=where)
        return Step(slot, origin, before=True)

    def _left(self, cut: Cut, left_ms: int) -> Step:
        seconds_ms = max(round(left_ms, -3), 1000)
        return self._answer("time-left", cut.step.origin, time=self.wording.phrases.time(seconds_ms))
