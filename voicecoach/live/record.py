"""The record of a live session: what was heard and what is placed ahead, in stream time, and cuts into it."""

import numpy as np

from voicecoach.audio import Clip, Pcm
from voicecoach.events import Event, Kind, PlacedEvent, Sound, Tone
from voicecoach.player.commands import Cut, Step
from voicecoach.player.steering import Player
from voicecoach.script.cues import CUES
from voicecoach.speech import Speech
from voicecoach.timeline import GAP_MS, PlacedSlot
from voicecoach.units import ms_to_samples, samples_to_ms

_REMEMBERED = 8  # slots back to look for the last words: an exercise says something in each of its repetitions

FADE_MS = 30
"""A word that a command cuts off fades out, so that nothing clicks."""


class Record:
    """Placed slots and the step that each was, in order of time.

    `ended` are the places in the script that were heard to their end.
    """

    def __init__(self) -> None:
        self.placed: list[PlacedSlot] = []
        self.steps: list[Step] = []
        self.ended: set[int] = set()
        self._broken: set[int] = set()
        self._told = 0

    def place(self, position_ms: int) -> int:
        """Return which slot is heard at a position."""
        # From the end, as what is heard is never far behind what is placed.
        later = (n for n in range(len(self.placed) - 1, -1, -1) if self.placed[n].start_ms <= position_ms)
        return next(later, 0)

    def started(self, position_ms: int) -> tuple[PlacedSlot, ...]:
        """Return the slots that began since this was asked last."""
        first = self._told
        while self._told < len(self.placed) and self.placed[self._told].start_ms <= position_ms:
            self._told += 1
        whole = (n for n in range(max(first - 1, 0), self._told - 1) if n not in self._broken)
        self.ended |= {self.steps[n].origin for n in whole if not self.steps[n].before}
        return tuple(self.placed[first : self._told])

    def cut(self, position_ms: int) -> Cut:
        """Return where the session stands at a position; something must have been placed."""
        place = self.place(position_ms)
        placed = self.placed[place]
        said = [event for each in self.placed[max(place - _REMEMBERED, 0) : place + 1] for event in each.events]
        words = [event for event in said if event.kind is Kind.SPEAK and event.start_ms < position_ms]
        rest, broken = _rest_of(placed, position_ms)
        return Cut(
            step=self.steps[place],
            left_ms=max(placed.end_ms - position_ms, 0),
            rest=rest,
            broken=broken,
            said=tuple(_replaceable(event) for event in words[-1:]),
        )

    def sounding(self, given: int, speech: Speech, *, fades: bool) -> list[Pcm]:
        """Return what is left of the sounds being heard at a sample; faded out if they are cut off."""
        rate_hz, found = speech.rate_hz, []
        place = self.place(samples_to_ms(given, rate_hz))
        for event in (event for placed in self.placed[place : place + 1] for event in placed.events):
            pcm = speech.clip(event.sound).pcm
            into = given - ms_to_samples(event.start_ms, rate_hz)
            if 0 < into < len(pcm):
                rest = pcm[into:]
                if fades:
                    kept = rest[: ms_to_samples(FADE_MS, rate_hz)].astype(np.float64)
                    rest = (kept * np.linspace(1, 0, len(kept))).astype(np.int16)
                found.append(rest)
        return found

    def forget_after(self, position_ms: int) -> None:
        """Forget what was placed and will not be heard; what is being heard ends here."""
        while self.placed and self.placed[-1].start_ms > position_ms:
            self.placed.pop()
            self.steps.pop()
        if self.placed and self.placed[-1].end_ms > position_ms:
            last = self.placed[-1]
            heard = tuple(event for event in last.events if event.start_ms < position_ms)
            self.placed[-1] = last._replace(end_ms=position_ms, events=heard)
            self._broken.add(len(self.placed) - 1)
        self._told = min(self._told, len(self.placed))


def last_movements(player: Player) -> dict[int, int]:
    """Return the place in the script of each exercise's last movement, and the exercise's index."""
    last = {slot.where.index: n for n, slot in enumerate(player.script.slots) if slot.where.rep}
    return {n: index for index, n in last.items() if index}


def _rest_of(placed: PlacedSlot, position_ms: int) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return what is left to say in a slot, and what is being said at the position.

    Talk is left as it was written, the rest at its places from the position on.
    """
    if not placed.slot.elastic:
        left = [event for event in placed.events if event.start_ms >= position_ms]
        return tuple(_replaceable(event)._replace(at_ms=event.start_ms - position_ms) for event in left), ()
    written = sorted(placed.slot.events, key=lambda event: (event.at_ms or 0) < 0)
    pairs = list(zip(written, placed.events, strict=False))
    rest = tuple(event for event, heard in pairs if heard.start_ms >= position_ms)
    return rest, tuple(event for event, heard in pairs if heard.start_ms < position_ms < heard.end_ms)


def _replaceable(event: PlacedEvent) -> Event:
    """Return a placed event as one that can be placed again, in the wording that fitted."""
    return Event(kind=event.kind, cue=event.cue, wordings=(event.sound,), rank=CUES[event.cue].rank)


def over(event: Event, cut: Cut, speech: Speech, busy_ms: int) -> Sound:
    """Return what answers at once above what goes on: words where they have room, else a tone.

    There is none beside a sound that lasts `busy_ms` more.
    """
    starts = (each.at_ms for each in cut.rest if each.at_ms is not None)
    room_ms = min(starts, default=cut.left_ms) - GAP_MS
    for sound in event.wordings:
        if not busy_ms and speech.duration_ms(sound) <= room_ms:
            return sound
    return Tone.START


def split_sounds(sounding: list[Pcm], samples: int, rate_hz: int) -> tuple[Pcm, list[Clip]]:
    """Return the first samples of what is sounding as a block, and the rest as clips."""
    head = np.zeros(samples, np.int16)
    for pcm in sounding:
        part = pcm[:samples]
        head[: len(part)] += part
    return head, [Clip(pcm[samples:], rate_hz) for pcm in sounding]
