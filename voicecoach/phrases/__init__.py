"""The words of the coach: cue wordings, numbers, times and side words of one language.

A language is one TOML file beside this module. A new one is a translation of `en.toml`, table by table, and
needs no line of code: numbers, plurals and times are composed by what the file says, and the package's tests
tell every cue that it leaves without words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from voicecoach.errors import plain
from voicecoach.model import Side

_SPELLED_OUT = re.compile(r"[<>\[\]{}|\\^~_*#=/`\"“”«»()]+")
_LOOSE_POINT = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_DASH_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*[-\u2013\u2014]\s*(?=\d)")

Variants = tuple[tuple[str, ...], ...]
"""Variants of a cue, each of wordings, the best first."""


@dataclass(frozen=True)
class Phrases:
    """One language's wordings; `table` is what its TOML file holds."""

    table: Mapping[str, Any]
    # A session says the same few hundred texts again and again.
    _known: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def language(self) -> str:
        """The BCP 47 tag of the language."""
        return str(self.table["language"])

    def reworded(self, own: Mapping[str, Variants]) -> "Phrases":
        """Return the phrases with a person's own wordings of cues, checked by `own_variants`, in place of theirs."""
        return Phrases({**self.table, "cues": {**self.table["cues"], **own}}) if own else self

    def wordings(self, cue: str, variant: int = 0, **facts: str) -> tuple[str, ...]:
        """Return the wordings of a cue, the best first, with `facts` filled in, ready to be spoken."""
        variants = self.table["cues"][cue]
        return tuple(self.spoken(wording.format_map(facts)) for wording in variants[variant % len(variants)])

    def safety(self, *, full: bool) -> tuple[str, ...]:
        """Return the safety sentences, all of them or the one that is never left out."""
        return tuple(self.table["safety"]["full" if full else "minimal"])

    def number(self, value: int) -> str:
        """Return a whole number below a thousand in words, a larger one in digits: those are as clear."""
        numbers = self.table["numbers"]
        hundreds, rest = divmod(value, len(numbers["words"]))
        if not hundreds:
            return str(numbers["words"][rest])
        if hundreds > len(numbers["hundreds"]):
            return str(value)
        spoken = str(numbers["hundreds"][hundreds - 1])
        return numbers["with-rest"].format(hundreds=spoken, rest=self.number(rest)) if rest else spoken

    def time(self, ms: int) -> str:
        """Return a length in words, to a tenth: "two and a half seconds", "one minute thirty"."""
        words = self.table["time"]
        minutes, tenths = divmod(round(ms / 100), 600)
        if not minutes:
            return self._length("second", tenths)
        said = self._length("minute", minutes * 10)
        if not tenths:
            return said
        if tenths < words["clear-from"] * 10 or tenths % 10:
            return str(words["both"].format(minutes=said, seconds=self._length("second", tenths)))
        return str(words["short"].format(minutes=said, number=self.number(tenths // 10)))

    def items(self, names: tuple[str, ...]) -> str:
        """Return names as a spoken list: "a mat, a chair and a pillow"."""
        *first, last = names
        return str(self.table["join"]).join([str(self.table["list"]).join(first), last] if first else [last])

    def dose(self, kind: str, *, sets: int, reps: int, ms: int = 0, each: str = "none") -> str:
        """Return a dose in words, one of "reps", "breaths" or "timed", repetitions that last for `ms`.

        "Two sets. Ten times on each side, holding for five seconds.", "Twelve slow breaths.", "For two minutes."
        """
        words = self.table["dose"]
        number, time, side = self.number(reps), self.time(ms), words.get(each, "")
        holding = words["holding"].format(time=time) if ms else ""
        said = self._form(words[kind], reps).format(number=number, time=time, each=side, holding=holding)
        every = self._form(words["sets"], sets).format(number=self.number(sets))
        return " ".join(f"{capital(every)} {capital(said)}".split())

    def place(self, exercise: str, number: int | None, side: Side | None) -> str:
        """Return a place in a session in words: "Bird dog, set two, left side"."""
        words = self.table["place"]
        in_set = words["set"].format(number=self.number(number)) if number else ""
        on_side = words["side"].format(side=self.side(side)) if side else ""
        return str(self.table["list"]).join(filter(None, (exercise, in_set, on_side)))

    def chapter(self, name: str) -> str:
        """Return the title of a chapter that is no exercise."""
        return str(self.table["chapters"][name])

    def warns(self, text: str) -> bool:
        """Whether a mistake tells itself what not to do."""
        return text.lower().startswith(tuple(self.table["mistakes"]["told"]))

    def names_breath(self, text: str) -> bool:
        """Whether a cue says itself how to breathe."""
        return any(word in text.lower() for word in self.table["breathing"]["named"])

    def side(self, side: Side) -> str:
        """Return the word for a side."""
        return str(self.table["sides"][side.value])

    def first_side(self, texts: tuple[str, ...]) -> Side:
        """Return the side that texts name first, of the body or as a direction, else left."""
        mentioning = filter(self._mentions_side, texts)
        named = next(filter(None, (self._named_side.search(text) for text in mentioning)), None)
        return self._meant(named) if named else Side.LEFT

    def on_side(self, text: str, side: Side | None, first: Side) -> str:
        """Return `text` for one side: `{side}` and `{other}` filled in, and sides it names exchanged.

        A text that names its sides is meant for the `first` one.
        """
        if side is None:
            return text
        if "{side}" in text or "{other}" in text:
            filled = text.replace("{side}", self.side(side)).replace("{other}", self.side(side.other))
            return capital(filled)
        if side is first or not self._mentions_side(text):
            return text
        return self._named_side.sub(self._exchanged, text)

    def spoken(self, text: str) -> str:
        """Return plain words: markup and symbols become spaces or words, so that no voice interprets them."""
        if text not in self._known:
            # Before the symbols: a dash between numbers is a range, any other one a pause.
            words = _DASH_BETWEEN_NUMBERS.sub(self.table["range"], plain(text))
            for symbol, said in self.table["said"].items():
                words = words.replace(symbol, said)
            words = self._fraction.sub(self._broken, words)
            self._known[text] = _LOOSE_POINT.sub("", " ".join(_SPELLED_OUT.sub(" ", words).split()))
        return self._known[text]

    def _mentions_side(self, text: str) -> bool:
        # Few texts do, and to make the pattern that tells what is meant takes 6 ms.
        return any(self.side(side).casefold() in text.casefold() for side in Side)

    def _exchanged(self, named: re.Match[str]) -> str:
        word = self.side(self._meant(named).other)
        return word.capitalize() if named[0][0].isupper() else word

    def _meant(self, named: re.Match[str]) -> Side:
        return Side.LEFT if named[0].lower() == self.side(Side.LEFT) else Side.RIGHT

    def _broken(self, found: re.Match[str]) -> str:
        alone, after = self.table["fractions"][found["part"]]
        return f"{found['whole']}{self.table['join']}{after}" if found["whole"] else alone

    @cached_property
    def _fraction(self) -> re.Pattern[str]:
        parts = "|".join(map(re.escape, self.table["fractions"]))
        return re.compile(rf"(?<![\w/])(?<!\d[.,])(?:(?P<whole>\d+)\s+)?(?P<part>{parts})(?![\w/])")

    @cached_property
    def _named_side(self) -> re.Pattern[str]:
        sides = self.table["sides"]
        body, between, before, after = (
            "|".join(map(re.escape, sides[name])) for name in ("body", "not-between", "to", "on-from-there")
        )
        side = rf"\b(?:{sides['left']}|{sides['right']})\b"
        of_the_body = rf"{side}(?=(?:[ -]+(?!(?:{between})\b)\w+)?[ -]+(?:{body})\b)"
        onward = rf"(?= (?:{after})\b)(?!(?: (?:{after}|the))+ {side})"
        directions = "|".join(rf"(?<=\b{each} ){side}(?:(?=[.,;:!?]|$)|{onward})" for each in before.split("|"))
        return re.compile(f"{of_the_body}|{directions}", re.IGNORECASE)

    def _form(self, forms: Mapping[str, str], number: int | None) -> str:
        """Return the wording for a whole number, its own, its plural's, else "many"; None is a broken number."""
        plurals = self.table["plurals"].items()
        fits = [name for name, spans in plurals if number is not None and any(lo <= number <= hi for lo, hi in spans)]
        return next(forms[name] for name in (str(number), *fits, "many") if name in forms)

    def _length(self, unit: str, tenths: int) -> str:
        whole, tenth = divmod(tenths, 10)
        said = self.number(whole)
        if tenth:
            form = self.table["numbers"]["half" if whole and tenth == 5 else "point"]  # noqa: PLR2004 - a half
            said = form.format(whole=said, tenth=self.number(tenth))
        return self._form(self.table["time"][unit], None if tenth else whole).format(number=said)


def capital(text: str) -> str:
    """Return a text as it stands at the start of a sentence."""
    return text[:1].upper() + text[1:]
