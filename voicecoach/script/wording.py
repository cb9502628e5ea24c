"""Cues become events: the wording of a language, at a rate, in a variant that a program always gets again.

Beside it stands what is told at all: an exercise that is being coached.
"""

import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from voicecoach.events import Event, Kind, Rank, Sound, Utterance, Where
from voicecoach.model import Exercise, Pacing, Side, Sides
from voicecoach.phrases import Phrases, capital
from voicecoach.script.cues import CUES
from voicecoach.script.prescription import Prescription, prescribe

CRISP_WPM = (150, 200)
"""A number that has to keep its second is spoken at least so fast: at 110 a "nine" lasts a second."""


class Wording(NamedTuple):
    """Makes the events of a session: its phrases, its speaking rate and the seed of its variants.

    `turn` moves on among the variants of every cue, so that they differ from one repetition to the next.
    """

    phrases: Phrases
    rate_wpm: int
    seed: str
    turn: int = 0

    def event(self, cue: str, form: str = "", *, own: str = "",
              facts: dict[str, str] | None = None, lesser: tuple[str, ...] = (), rank: Rank | None = None,
              **timing: Any) -> Event:  # noqa: ANN401 - as `Event` has them # fmt: skip
        """Return the event of a cue, worded by `form` (else by the cue's own name), with `timing` of `Event`.

        A form without a wording, which only a language that is not whole has, gives way to that name. `own`
        words of the program stand before the wordings. `facts` fill in the wording's braces. `lesser` words
        stand after them and say less than the cue is for; `rank` is another one than the cue's.
        """
        # By a checksum and not by chance: the same program always gets the same words.
        row, variant = CUES[cue], zlib.crc32(f"{self.seed}|{cue}".encode()) + self.turn
        named = form if form in self.phrases.table["cues"] else cue
        words = [capital(words) for words in self.phrases.wordings(named, variant, **(facts or {}))]
        words = [self.phrases.spoken(_ended(own)), *words] if own else words
        # A number that has to keep its second is tried faster, too.
        rates = [max(self.rate_wpm, wpm) for wpm in CRISP_WPM] if row.crisp else [self.rate_wpm]

        def spoken(texts: Iterable[str]) -> list[Utterance]:
            audible = [text for text in texts if any(letter.isalnum() for letter in text)]
            return [Utterance(text, wpm) for text in audible for wpm in rates]

        telling = spoken(words)
        # "Hold" does not say what "Let your knee sink, and hold" says.
        meant = spoken(words[:1]) if own and row.own_says_more else telling
        sounds: dict[Sound, None] = dict.fromkeys([*telling, *spoken(lesser), *([row.tone] if row.tone else [])])
        whole = len({*(meant or telling)}) if lesser or (row.tone and not row.crisp) else 0
        return Event(kind=row.kind, cue=cue, wordings=tuple(sounds), rank=row.rank if rank is None else rank,
                     whole=whole, **timing)  # fmt: skip

    def text(self, cue: str, text: str, form: str = "", **timing: Any) -> Event:  # noqa: ANN401 - as above
        """Return the event of a cue whose words are the program's own."""
        return self.event(cue, form, facts={"text": _ended(text)}, **timing)

    def tone(self, cue: str, **timing: Any) -> Event:  # noqa: ANN401 - as above
        """Return the event of a cue as its tone alone."""
        row = CUES[cue]
        return Event(kind=Kind.TONE, cue=cue, wordings=(row.tone,) if row.tone else (), rank=row.rank, **timing)


class Coaching(NamedTuple):
    """An exercise at a pacing, its dose settled: `sides` in the order in which they work, and `where` it is."""

    wording: Wording
    pacing: Pacing
    exercise: Exercise
    plan: Prescription
    sides: tuple[Side | None, ...]
    where: Where

    @classmethod
    def of(cls, wording: Wording, pacing: Pacing, exercise: Exercise) -> "Coaching":
        """Return how an exercise is coached at a pacing."""
        alone = {Sides.NONE: None, Sides.LEFT: Side.LEFT, Sides.RIGHT: Side.RIGHT}
        sides: tuple[Side | None, ...] = (alone.get(exercise.sides),)
        if exercise.sides not in alone:
            first = wording.phrases.first_side((*exercise.steps, exercise.position))
            sides = first, first.other
        return cls(wording, pacing, exercise, prescribe(exercise, pacing), sides, Where())

    @property
    def turns(self) -> tuple[Side | None, ...]:
        """The sides that have a turn of their own within a set."""
        return self.sides if self.exercise.sides is Sides.EACH else self.sides[:1]

    def at(self, where: Where) -> "Coaching":
        """Return the coaching at a place, in the variants of its wording that are then in turn."""
        turn = (where.index or 0) + (where.set or 0) + (where.rep or 0)
        return self._replace(where=where, wording=self.wording._replace(turn=turn))

    def on_side(self, text: str, side: Side | None) -> str:
        """Return a text of the exercise for one side."""
        return self.wording.phrases.on_side(text, side, self.sides[0] or Side.LEFT)


def _ended(text: str) -> str:
    """Return a sentence with its full stop, as a voice lets its pitch fall at one."""
    return text if text.rstrip().endswith((".", "!", "?", ":")) else f"{text.rstrip()}."
