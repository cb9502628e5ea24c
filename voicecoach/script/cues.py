"""The closed list of cues: what each is for, how it counts when two want the same second."""

from dataclasses import dataclass

from voicecoach.events import Kind, Rank


@dataclass(frozen=True, slots=True)
class CueKind:
    """A row of the list: the kind of event, its rank, and when it is heard."""

    kind: Kind
    rank: Rank
    meaning: str


_SAFETY, _ROUTE, _TIME, _BREATH, _TIP = Rank
_SPEAK, _COUNT = Kind.SPEAK, Kind.COUNT

CUES = {
    "welcome": CueKind(_SPEAK, _ROUTE, "the first words: the title"),
    "intro": CueKind(_SPEAK, _TIP, "the program's own introduction"),
    "safety": CueKind(_SPEAK, _SAFETY, "when to ask first, and when to stop"),
    "equipment": CueKind(_SPEAK, _ROUTE, "all that the session needs, before anyone lies down"),
    "first": CueKind(_SPEAK, _ROUTE, "names the first exercise"),
    "next": CueKind(_SPEAK, _ROUTE, "names the next exercise, in the rest before it"),
    "next-set": CueKind(_SPEAK, _ROUTE, "names the next set, in the rest before it"),
    "need": CueKind(_SPEAK, _ROUTE, "the equipment of the next exercise"),
    "get-down": CueKind(_SPEAK, _SAFETY, "how to get down to the floor"),
    "get-up": CueKind(_SPEAK, _SAFETY, "how to get up from the floor"),
    "leave": CueKind(_SPEAK, _SAFETY, "leads out of the exercise's position"),
    "turn": CueKind(_SPEAK, _SAFETY, "how to turn on the floor, from one position to another"),
    "position": CueKind(_SPEAK, _ROUTE, "leads into the position"),
    "dose": CueKind(_SPEAK, _ROUTE, "how many sets, repetitions and seconds"),
    "first-side": CueKind(_SPEAK, _ROUTE, "which side works first"),
    "open-end": CueKind(_SPEAK, _SAFETY, "the dose is an upper bound"),
    "step": CueKind(_SPEAK, _TIP, "how the movement is done"),
    "caution": CueKind(_SPEAK, _SAFETY, "what to take care of, before the first movement"),
    "mistake": CueKind(_SPEAK, _TIP, "what is often done wrong"),
    "tip": CueKind(_SPEAK, _TIP, "what helps"),
    "ready": CueKind(_SPEAK, _TIP, "the last word before a lead-in's count"),
    "lead-in": CueKind(_COUNT, _TIME, '"three, two, one" into the first hold or repetition'),
    "rep": CueKind(_COUNT, _TIME, "the number of a repetition, at its start"),
    "side": CueKind(_SPEAK, _ROUTE, "the side of a repetition, where sides alternate"),
    "move": CueKind(_SPEAK, _TIME, "the cue of a phase, at its start"),
    "hold-start": CueKind(_SPEAK, _TIME, "starts a hold: the hold begins as this word ends"),
    "count": CueKind(_COUNT, _TIME, "the seconds left in a hold"),
    "half-way": CueKind(_COUNT, _TIME, "half of a hold is over"),
    "ten-left": CueKind(_COUNT, _TIME, "ten seconds of a hold are left"),
    "thirty-left": CueKind(_COUNT, _TIME, "thirty seconds of a hold are left"),
    "hold-end": CueKind(_SPEAK, _TIME, "ends a hold: its onset is the hold's end"),
    "breath-in": CueKind(Kind.BREATH, _BREATH, "an in-breath starts"),
    "breath-out": CueKind(Kind.BREATH, _BREATH, "an out-breath starts"),
    "breath-pause": CueKind(
        Kind.BREATH, _BREATH, "the breath rests, in a breathing exercise that asks for it"
    ),
    "switch": CueKind(_SPEAK, _ROUTE, "change sides, and to which"),
    "rest": CueKind(_SPEAK, _ROUTE, "a rest starts"),
    "last-done": CueKind(_SPEAK, _ROUTE, "no exercise is left"),
    "stay": CueKind(_SPEAK, _TIP, "a moment of quiet before getting up"),
    "close": CueKind(_SPEAK, _ROUTE, "the last words"),
    "paused": CueKind(_SPEAK, _ROUTE, "answers a pause"),
    "still-paused": CueKind(_SPEAK, _ROUTE, "answers what a paused session cannot do"),
    "resumed": CueKind(_SPEAK, _ROUTE, "says where the session goes on"),
    "going-on": CueKind(_SPEAK, _ROUTE, "answers a jump to the next exercise"),
    "going-back": CueKind(_SPEAK, _ROUTE, "answers a jump to the exercise before"),
    "once-more": CueKind(_SPEAK, _ROUTE, "answers a repeat of this exercise"),
    "go-on": CueKind(_SPEAK, _ROUTE, "answers a person who was waited for"),
    "slower": CueKind(_SPEAK, _TIP, "answers a slower tempo"),
    "faster": CueKind(_SPEAK, _TIP, "answers a faster tempo"),
    "ten-more": CueKind(_SPEAK, _TIP, "answers ten more seconds"),
    "no-rest": CueKind(_SPEAK, _TIP, "answers a skip where there is no rest"),
    "no-more": CueKind(_SPEAK, _TIP, "answers ten more seconds where there is nothing to lengthen"),
    "nothing-said": CueKind(_SPEAK, _TIP, "answers a wish to hear again what was never said"),
    "time-left": CueKind(_SPEAK, _TIP, "how much of the session is left"),
    "wait": CueKind(_SPEAK, _ROUTE, "waits for the person before an exercise"),
    "reminder": CueKind(_SPEAK, _ROUTE, "reminds a person who is waited for"),
    "sound-back": CueKind(_SPEAK, _ROUTE, "the device is back, and from where the session goes on"),
    "stopping": CueKind(_SPEAK, _ROUTE, "answers a stop"),
}
"""Each cue's name, as it stands in `script --json`, and what it is."""
