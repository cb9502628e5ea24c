"""The closed list of cues, one row each: what it is for, who yields to it, and which wordings it needs.

How to add a cue: write its row here and, in each language's file of `phrases/`, the wordings that the row
names; add it to the table of `docs/cues.md`. Tests tell what is missing in any of these places.
"""

from typing import NamedTuple

from voicecoach.events import Kind, Rank, Tone
from voicecoach.model import Posture


class CueRow(NamedTuple):
    """A cue: the kind of its event, its rank, and when it is heard.

    `facts` is what any of its wordings may have in braces, and `forms` are its wordings for special moments, beside the
    one of its own name; both are names, parted by spaces, and a form that begins with a dash has the cue's name before
    it. A `tone` stands in where no words fit; a cue without one is dropped instead. A `crisp` cue is a number that has
    to keep its second: it is spoken faster where it must be, and its tone says as much. Of a cue whose `own_says_more`,
    the program's own words tell what to do, and the wordings only that it begins or ends.
    """

    kind: Kind
    rank: Rank
    meaning: str
    facts: str = ""
    forms: str = ""
    tone: Tone | None = None
    crisp: bool = False
    own_says_more: bool = False


_SAFETY, _ROUTE, _TIME, _BREATH, _TIP = Rank
_SPEAK, _COUNT = Kind.SPEAK, Kind.COUNT
_NUMBERS = "-first -half -last-two -last -first-breath -half-breath -last-two-breath -last-breath"
_POSITIONS = " ".join([*(f"-{each}" for each in Posture), "-over"])

CUES = {
    "welcome": CueRow(_SPEAK, _ROUTE, "the first words: the title", "title"),
    "intro": CueRow(_SPEAK, _TIP, "the program's own introduction", "text"),
    "safety": CueRow(_SPEAK, _SAFETY, "when to ask first, and when to stop", "text"),
    "equipment": CueRow(_SPEAK, _ROUTE, "all that the session needs, before anyone lies down", "items"),
    "first": CueRow(_SPEAK, _ROUTE, "names the first exercise", "name"),
    "next": CueRow(_SPEAK, _ROUTE, "names the next exercise, in the rest before it", "name"),
    "next-set": CueRow(_SPEAK, _ROUTE, "names the next set, in the rest before it", "number total side", "-side"),
    "need": CueRow(_SPEAK, _ROUTE, "the equipment of the next exercise", "items"),
    "get-down": CueRow(_SPEAK, _SAFETY, "how to get down to the floor"),
    "get-up": CueRow(_SPEAK, _SAFETY, "how to get up from the floor", "", "-maybe -kneeling"),
    "leave": CueRow(_SPEAK, _SAFETY, "leads out of the exercise's position", "text"),
    "turn": CueRow(_SPEAK, _SAFETY, "how to turn on the floor, from one position to another", "",
                   "-up -down position-over"),
    "position": CueRow(_SPEAK, _ROUTE, "leads into the position", "text", _POSITIONS),
    "dose": CueRow(_SPEAK, _ROUTE, "how many sets, repetitions and seconds", "text"),
    "first-side": CueRow(_SPEAK, _ROUTE, "which side works first", "side"),
    "open-end": CueRow(_SPEAK, _SAFETY, "the dose is an upper bound"),
    "step": CueRow(_SPEAK, _TIP, "how the movement is done", "text"),
    "caution": CueRow(_SPEAK, _SAFETY, "what to take care of, before the first movement", "text", "-too"),
    "mistake": CueRow(_SPEAK, _TIP, "what is often done wrong", "text", "-bare"),
    "tip": CueRow(_SPEAK, _TIP, "what helps", "text"),
    "ready": CueRow(_SPEAK, _TIP, "the last word before a lead-in's count"),
    "lead-in": CueRow(_COUNT, _TIME, '"three, two, one" into the first hold or repetition', "count", "", Tone.COUNT,
                      crisp=True),
    "rep": CueRow(_COUNT, _TIME, "the number of a repetition, at its start", "number", _NUMBERS, Tone.START),
    "side": CueRow(_SPEAK, _ROUTE, "the side of a repetition, where sides alternate", "side"),
    "move": CueRow(_SPEAK, _TIME, "the cue of a phase, at its start", "", "-in -there -back"),
    "hold-start": CueRow(_SPEAK, _TIME, "starts a hold: the hold begins as this word ends", "", "timed-start",
                         Tone.START, own_says_more=True),
    "count": CueRow(_COUNT, _TIME, "the seconds left in a hold", "count", "", Tone.COUNT, crisp=True),
    "half-way": CueRow(_COUNT, _TIME, "half of a hold is over", "", "-breath-in -breath-out", Tone.COUNT),
    "ten-left": CueRow(_COUNT, _TIME, "ten seconds of a hold are left", "", "-breath-in -breath-out", Tone.COUNT),
    "thirty-left": CueRow(_COUNT, _TIME, "thirty seconds of a hold are left", "", "-breath-in -breath-out", Tone.COUNT),
    "hold-end": CueRow(_SPEAK, _TIME, "ends a hold: its onset is the hold's end", "", "timed-end", Tone.END,
                       own_says_more=True),
    "breath-in": CueRow(Kind.BREATH, _BREATH, "an in-breath starts", "", "-again", Tone.IN),
    "breath-out": CueRow(Kind.BREATH, _BREATH, "an out-breath starts", "", "-again", Tone.OUT),
    "breath-pause": CueRow(Kind.BREATH, _BREATH, "the breath rests, in a breathing exercise that asks for it"),
    "switch": CueRow(_SPEAK, _ROUTE, "change sides, and to which", "side"),
    "rest": CueRow(_SPEAK, _ROUTE, "a rest starts"),
    "last-done": CueRow(_SPEAK, _ROUTE, "no exercise is left"),
    "stay": CueRow(_SPEAK, _TIP, "a moment of quiet before getting up"),
    "close": CueRow(_SPEAK, _ROUTE, "the last words"),
    "paused": CueRow(_SPEAK, _ROUTE, "answers a pause"),
    "still-paused": CueRow(_SPEAK, _ROUTE, "answers what a paused session cannot do"),
    "resumed": CueRow(_SPEAK, _ROUTE, "says where the session goes on", "place"),
    "going-on": CueRow(_SPEAK, _ROUTE, "answers a jump to the next exercise"),
    "going-back": CueRow(_SPEAK, _ROUTE, "answers a jump to the exercise before"),
    "once-more": CueRow(_SPEAK, _ROUTE, "answers a repeat of this exercise"),
    "go-on": CueRow(_SPEAK, _ROUTE, "answers a person who was waited for"),
    "slower": CueRow(_SPEAK, _TIP, "answers a slower tempo"),
    "faster": CueRow(_SPEAK, _TIP, "answers a faster tempo"),
    "ten-more": CueRow(_SPEAK, _TIP, "answers ten more seconds"),
    "no-rest": CueRow(_SPEAK, _TIP, "answers a skip where there is no rest"),
    "no-more": CueRow(_SPEAK, _TIP, "answers ten more seconds where there is nothing to lengthen"),
    "nothing-said": CueRow(_SPEAK, _TIP, "answers a wish to hear again what was never said"),
    "time-left": CueRow(_SPEAK, _TIP, "how much of the session is left", "time"),
    "wait": CueRow(_SPEAK, _ROUTE, "waits for the person before an exercise", "name"),
    "reminder": CueRow(_SPEAK, _ROUTE, "reminds a person who is waited for"),
    "sound-back": CueRow(_SPEAK, _ROUTE, "the device is back, and from where the session goes on"),
    "stopped": CueRow(_SPEAK, _SAFETY, "speech failed in mid-session, which ends it"),
    "stopping": CueRow(_SPEAK, _ROUTE, "answers a stop"),
}  # fmt: skip
"""Each cue's name, as it stands in `script --json`, and what it is."""
