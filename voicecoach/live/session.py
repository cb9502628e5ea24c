"""A session being heard: steps are placed ahead of the sound, and commands turn what is still to come."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from voicecoach.audio import Clip, Pcm
from voicecoach.errors import VoicecoachError
from voicecoach.events import Sound
from voicecoach.live.record import Record, last_movements, over, split_sounds
from voicecoach.live.remaining import RemainingTime, Tempos
from voicecoach.mix import mix
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, Cut, Moment, Reply, State, Step
from voicecoach.player.steering import REMINDER_MS, Player
from voicecoach.speech import Speech, retry_changed
from voicecoach.timeline import GAP_MS, place_slot
from voicecoach.units import ms_to_samples, samples_to_ms

_IDLE_MS = 200

Cuts = Iterator[tuple[int, Clip | None]]


class Live:
    """A session while it is played. Its clock is the count of samples given to the device.

    `placed` is what was and will be heard, in stream time, and `ahead` measures how long it goes on; any
    thread may `command`.
    """

    def __init__(
        self, player: Player, speech: Speech, apology: Sound, turn: Callable[[Pacing], Player], *, waits: bool = False
    ) -> None:
        self.player = player
        self._record = Record()
        self.placed = self._record.placed
        self.state = State.PLAYING
        self.stopped = threading.Event()
        self._is_silent = False
        self.failure: VoicecoachError | None = None
        self._speech, self._apology, self.rate_hz = speech, apology, speech.rate_hz
        self._tempi = Tempos(player, turn)
        self._lock = threading.RLock()
        self._steps: deque[Step] = deque(player.steps(0))
        self._end_ms = self._free_ms = 0
        self._generation = self._idle_ms = self._between_ms = 0
        self.ahead = RemainingTime(player, speech, self._tempi.prepare)
        self._done: frozenset[int] = frozenset()
        self._lasts = last_movements(player)
        self._waits = waits
        self._awaited = -1

    def blocks(self) -> Iterator[Pcm]:
        """Return the session's sound from its start, placed while it is read."""
        return mix(self._cuts(self._generation), self.rate_hz)

    def command(self, command: Command, steer: Callable[[Callable[[int], Iterator[Pcm]]], None]) -> None:
        """Obey, save after a stop, a command at the sample the device has come to; `steer` turns there."""
        with self._lock:
            if self.state is not State.STOPPED:
                # Who hears nothing and sees a pause means to go on.
                toggled = Command.RESUME if self._is_silent and command is Command.TOGGLE else command
                steer(partial(self._turned, partial(self._obeyed, toggled)))

    def tell(self, samples: int, show: Callable[[Moment], None], patience_s: float = -1) -> None:
        """Show where the session is after so many samples; nothing where that is not known in time."""
        position_ms = samples_to_ms(samples, self.rate_hz)
        if not self._lock.acquire(timeout=patience_s):
            return  # the device is not kept waiting for a display
        try:
            if not self.placed:
                return
            stands = self._is_silent and not self.stopped.is_set()  # without a device nothing goes on
            moment = Moment(
                position_ms=position_ms,
                left_ms=self._left_ms(position_ms),
                state=State.PAUSED if stands else self._state_at(position_ms),
                now=self.placed[self._record.place(position_ms)],
                started=self._record.started(position_ms),
                done=self._all_done(),
            )
        finally:
            self._lock.release()
        show(moment)

    def _cuts(self, generation: int, opening: tuple[tuple[int, Clip], ...] = ()) -> Cuts:
        """Yield what is heard and when, step by step; at a failure, an apology ends it."""
        yield from opening
        apology: Clip | None = None
        while True:
            try:
                with self._lock:
                    if generation != self._generation:
                        return  # a command has turned the session, and other blocks follow
                    cuts = self._next()
                    end_ms = self._end_ms
                if cuts is None:
                    return
                yield from cuts
                yield end_ms, None
                # Made early, so that it can be said when nothing more can be made.
                apology = apology or self._speech.clip(self._apology)
            except VoicecoachError as error:
                if apology is None:
                    raise
                self.failure = error
                yield self._end_ms, apology
                yield self._end_ms + apology.duration_ms, None
                return

    def _next(self) -> list[tuple[int, Clip]] | None:
        """Place the next step, or a while of waiting; None where the session is over."""
        if not self._steps:
            return None if self.state in {State.PLAYING, State.STOPPED} else self._idle()
        step = self._steps.popleft()
        waits = step.slot.waits or (self._waits and step.slot.chapter and step.slot.where.index)
        if waits and step.origin != self._awaited:
            self._awaited, self._between_ms, self.state = step.origin, self._end_ms, State.BETWEEN
            self._steps.clear()
            step = self.player.waiting(step)
        return retry_changed(lambda: self._heard(step))

    def _heard(self, step: Step) -> list[tuple[int, Clip]]:
        placed = place_slot(step.slot, self._end_ms, self._free_ms, self._speech.duration_ms)
        clips = [(event.start_ms, self._speech.clip(event.sound)) for event in placed.events]
        self.placed.append(placed)
        self._record.steps.append(step)
        self._end_ms, self._free_ms = placed.end_ms, placed.free_ms(self._free_ms)
        return clips

    def _idle(self) -> list[tuple[int, Clip]]:
        """Let a while pass in silence; somebody who is waited for is reminded now and then."""
        self._end_ms += _IDLE_MS
        self._idle_ms += _IDLE_MS
        if self.state is State.BETWEEN and self._idle_ms >= REMINDER_MS:
            self._idle_ms = 0
            self._steps.append(self.player.reminder(self._cut(self._end_ms)))
        return []

    def _state_at(self, position_ms: int) -> State:
        """Return the state that is heard: steps are placed ahead, and one not heard has not begun to wait."""
        early = self.state is State.BETWEEN and position_ms < self._between_ms
        return State.PLAYING if early else self.state

    def _obeyed(self, command: Command, cut: Cut, position_ms: int) -> Reply:
        state = self._state_at(position_ms)
        if state is not self.state:
            self._awaited = -1  # it was placed ahead and never heard, so it will wait again
        left_ms = self._left_ms(position_ms, roughly=True) if command is Command.LEFT else 0
        return self.player.obey(state, command, cut, left_ms)

    def silent(self) -> None:
        """Stand still, as the device that should play is gone, until it is `lost` no more."""
        with self._lock:
            self._is_silent = True

    def lost(self, steer: Callable[[Callable[[int], Iterator[Pcm]]], None]) -> None:
        """Go on after the device that should have played came back; who had paused still has."""
        with self._lock:
            self._is_silent = False
            if self.state not in {State.PAUSED, State.STOPPED}:
                self._awaited = -1
                steer(partial(self._turned, lambda cut, _: self.player.lost(cut)))

    def _turned(self, answer: Callable[[Cut, int], Reply], given: int) -> Iterator[Pcm]:
        """Return the sound from the sample `given` on, after the answer to a cut at that position."""
        rate_hz = self.rate_hz
        position_ms = -(-given * 1000 // rate_hz)
        cut = self._cut(position_ms)
        reply = answer(cut, position_ms)
        sounding = self._record.sounding(given, self._speech, fades=not reply.unbroken)
        start = ms_to_samples(position_ms, rate_hz)
        head, tails = split_sounds(sounding, start - given, rate_hz)
        busy_ms = max((clip.duration_ms for clip in tails), default=0) if reply.unbroken else 0
        self._record.forget_after(position_ms)
        self.state, self._idle_ms = reply.state, 0
        if reply.state is State.STOPPED:
            self.stopped.set()  # ends a wait for a device that is gone
        self._steps = deque(self._repaced(reply) if reply.pace != 1.0 else reply.steps)
        if reply.over:
            said = retry_changed(partial(self._speech.clip, over(reply.over, cut, self._speech, busy_ms)))
            tails.append(said)
            busy_ms = max(busy_ms, said.duration_ms)
        self._generation += 1
        self._end_ms, self._free_ms = position_ms, position_ms + (busy_ms + GAP_MS if busy_ms else 0)
        cuts = self._cuts(self._generation, tuple((position_ms, clip) for clip in tails))
        return chain([head], mix(cuts, rate_hz, start=start))

    def _repaced(self, reply: Reply) -> tuple[Step, ...]:
        """Return the steps of a reply at another tempo: the one being heard stays as it is."""
        now, before = reply.steps[0], self.player.script.slots
        like = (before[now.origin].where, before[now.origin].kind)
        nth = sum((slot.where, slot.kind) == like for slot in before[: now.origin])
        self.player = self._tempi.at(self.player, reply.pace)
        # Places in the script are others now; and a person is answered before new words are made.
        self._done, self._lasts = self._all_done(), last_movements(self.player)
        self._record.ended.clear()
        self.ahead.turn(self.player)
        after = self.player.script.slots
        alike = [n for n, slot in enumerate(after) if (slot.where, slot.kind) == like]
        origin = alike[min(nth, len(alike) - 1)] if alike else min(now.origin, len(after) - 1)
        now = replace(now, origin=origin)
        return (now, *self.player.steps(now.next))

    def _cut(self, position_ms: int) -> Cut:
        """Return where the session stands at a position in the stream."""
        return self._record.cut(position_ms) if self.placed else Cut(self._steps[0], 0)

    def _all_done(self) -> frozenset[int]:
        return self._done | {self._lasts[origin] for origin in self._lasts.keys() & self._record.ended}

    def _left_ms(self, position_ms: int, *, roughly: bool = False) -> int:
        """Return how long the session still is, waiting left out; 0, or roughly so, while it is not known."""
        return self.ahead.left_ms(self.player, self._record, self._steps, position_ms, roughly=roughly)
