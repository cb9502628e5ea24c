"""What starts and ends a hold says what its program says, wherever there is time for it."""

from voicecoach.events import Event, Script, Slot, Timeline, Utterance
from voicecoach.timeline import GAP_MS, SHORTENED, Duration, PlacedSlot, placed_slots

START_MS = 3000
"""So long the words that start a hold may last while a body holds already."""


def starts_and_ends_keep_their_words(script: Script, timeline: Timeline, duration: Duration) -> None:
    """Check the words of each start and end of a hold, and that others in their place are told of."""
    told = {(each.cue, each.at_ms) for each in timeline.dropped if each.why.startswith(SHORTENED)}
    grown = {each.at_ms for each in timeline.stretched if each.cue == "hold-start"}
    for placed in placed_slots(script, duration):
        for event in placed.slot.events:
            if event.cue in {"hold-start", "hold-end"}:
                (heard,) = (each for each in placed.events if each.cue == event.cue)
                says = _says(event, heard.sound)
                assert says or not _fits(event, placed.slot, duration), f"{heard} for {event.wordings[0]}"
                assert says or (event.cue, heard.start_ms) in told, heard
        if placed.slot.kind == "hold-start":
            assert (placed.end_ms - placed.start_ms > START_MS) is (placed.start_ms in grown)
            assert placed.start_ms not in grown or _is_shortest(placed, duration)


def _fits(event: Event, slot: Slot, duration: Duration) -> bool:
    """Whether the best words fit by themselves: a start under its bound, an end in its phase."""
    room_ms = START_MS if event.cue == "hold-start" else 0 if slot.elastic else slot.nominal_ms
    return duration(event.wordings[0]) + GAP_MS <= room_ms


def _says(event: Event, sound: object) -> bool:
    """Whether a sound says as much as the best words: it is they, or both are built-in words."""
    own = isinstance(event.wordings[0], Utterance) and event.wordings[0].text.endswith((".", "!", "?", ":"))
    return sound == event.wordings[0] or (isinstance(sound, Utterance) and not own)


def _is_shortest(placed: PlacedSlot, duration: Duration) -> bool:
    (event,) = placed.slot.events
    words = [duration(sound) for sound in event.wordings if isinstance(sound, Utterance)]
    return placed.events[0].end_ms - placed.events[0].start_ms == min(words)
