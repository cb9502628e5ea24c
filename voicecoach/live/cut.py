"""Cutting into a placed session: what is left of a slot and of a sound at a position."""

from dataclasses import replace

import numpy as np

from voicecoach.audio import Clip, Pcm
from voicecoach.events import Event, PlacedEvent, Sound, Tone
from voicecoach.player.commands import Cut
from voicecoach.script.cues import CUES
from voicecoach.speech import Speech
from voicecoach.timeline import GAP_MS, PlacedSlot
from voicecoach.units import ms_to_samples

FADE_MS = 30
"""A word that a command cuts off fades out, so that nothing clicks."""


def rest_of(placed: PlacedSlot, position_ms: int) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return what is left to say in a slot, and what is being said at the position.

    Talk is left as it was written, the rest at its places from the position on.
    """
    if not placed.slot.elastic:
        left = [event for event in placed.events if event.start_ms >= position_ms]
        return tuple(replace(replaceable(event), at_ms=event.start_ms - position_ms) for event in left), ()
    written = sorted(placed.slot.events, key=lambda event: (event.at_ms or 0) < 0)
    pairs = list(zip(written, placed.events, strict=False))
    rest = tuple(event for event, heard in pairs if heard.start_ms >= position_ms)
    return rest, tuple(event for event, heard in pairs if heard.start_ms < position_ms < heard.end_ms)


def replaceable(event: PlacedEvent) -> Event:
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


def fade_out(pcm: Pcm, rate_hz: int) -> Pcm:
    """Return the first moments of a sound, fading out."""
    samples = ms_to_samples(FADE_MS, rate_hz)
    kept = pcm[:samples].astype(np.float64)
    return (kept * np.linspace(1, 0, len(kept))).astype(np.int16)
