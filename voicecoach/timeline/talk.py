"""Talk has no length of its own: sentence after sentence, then what counts down to its end."""

from voicecoach.events import Dropped, Event, Slot, Tone
from voicecoach.timeline.conflicts import NO_ROOM, Candidate, Duration, Laid

SENTENCE_MS = 450
"""Silence between two sentences of a transition."""

COUNT_ROOM_MS = 400
"""Silence between the last sentence of a transition and the count that ends it."""


def talk(slot: Slot, free_ms: int, duration: Duration) -> Laid:
    """Lay a slot of talk: in shorter words where those spare it from growing, else it grows.

    The speech before it leaves room from `free_ms` on, which counts from the slot's start.
    """
    full = _said(slot, free_ms, duration, shortest=False)
    # Shorter words only where they save the transition from growing; else the best ones are said.
    if 0 < slot.nominal_ms < full[-1]:
        short = _said(slot, free_ms, duration, shortest=True)
        if short[-1] <= slot.nominal_ms:
            return short
    return full


def _said(slot: Slot, free_ms: int, duration: Duration, *, shortest: bool) -> Laid:
    flow: list[Candidate] = []
    count: list[Candidate] = []
    next_ms, settled_ms = max(free_ms, 0), 0
    for event in (event for event in slot.events if event.wordings):
        if event.at_ms is not None and event.at_ms < 0:
            # Counted down to the end of the slot, which is known once all else has its place.
            tries = [Candidate(event, duration, place) for place in range(len(event.wordings))]
            count.append(next((each for each in tries if each.fits_window), tries[-1]))
            continue
        said = _in_words(event, duration, shortest=shortest)
        said.start_ms = next_ms
        flow.append(said)
        next_ms = said.end_ms + max(SENTENCE_MS, event.pause_ms)
        settled_ms = said.end_ms + slot.lead_in_ms if event.settles else settled_ms
    heard = [each for each in count if each.fits_window]
    length_ms = max(slot.nominal_ms, settled_ms, _needed_ms(slot, flow, heard, next_ms))
    for each in count:
        each.start_ms = length_ms + (each.event.at_ms or 0)
    dropped = [Dropped(each.event.cue, each.start_ms, NO_ROOM) for each in count if each not in heard]
    return flow + heard, dropped, length_ms


def _in_words(event: Event, duration: Duration, *, shortest: bool) -> Candidate:
    """Return a try at the first words that fit the event's window, else at the `shortest`; a tone is none."""
    words = [n for n, sound in enumerate(event.wordings) if not isinstance(sound, Tone)] or [0]
    tries = [Candidate(event, duration, place) for place in words]
    fitting = (each for each in tries if not shortest and each.fits_window)
    return next(fitting, None) or min(tries, key=lambda each: duration(each.sound))


def _needed_ms(slot: Slot, flow: list[Candidate], count: list[Candidate], next_ms: int) -> int:
    """Return how long a slot of talk must be for its words, and for the count that ends it."""
    if count:
        first_ms = -min(each.event.at_ms or 0 for each in count)
        return (flow[-1].end_ms + max(COUNT_ROOM_MS, flow[-1].event.pause_ms) if flow else 0) + first_ms
    if not flow:
        return 0
    return next_ms if slot.tail else flow[-1].end_ms
