"""What a line of a page is, told by its words: the tables `finding/*.toml`, compiled once for a language."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from voicecoach.articles.wordlists import (
    fold,
    from_there,
    other_sides,
    pattern,
    phrases,
    purposes,
    quoted,
    start_phrases,
    turns,
    word_test,
)
from voicecoach.model import Posture

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE = re.compile(r"[,;:()\"“”„«»…-]+\s|\s-+\s|\band\b|\bthen\b|\bor\b|\bwhile you\b|\bas you\b|\bto\b(?= begin)")
_OF_ALL = r"(?:\s*(?:/|of|von|ze?|de|sur)\s*\d{1,2}(?!\d))?"
"""How many there are, behind the number of one: "exercise 1 of 5"."""
_SHORT = 5
_LOOKED_AT = 1000
"""Characters of a sentence that are looked at: a longer one is no instruction."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line: its `role`, where the rest begins, and whether a colon follows it."""

    role: str
    end: int
    colon: bool


class Lexicon:
    """The words of one language. All of its questions take a sentence or a line and are linear in it."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.made: dict[str, str] = tables["made"]
        self.free_order = bool(tables["free_order"])
        self._movement = word_test(tables["movements"].split())
        self._opener = frozenset(tables["openers"].split())
        self.bare = frozenset(fold(tables["bare"]).split())
        """Words beside the numbers of a dose, folded."""
        self._body = phrases(tables["body"].split())
        self._exercise = phrases(quoted(tables["exercises"]))
        self._many = phrases(tables["many"].split())
        self._postures = [(Posture(name), phrases(each)) for name, each in tables["postures"].items()]
        self._address = phrases(tables["address"].split())
        self._subject = frozenset(tables["subjects"].split())
        self._nothing = frozenset(fold(tables["nothing"]).split())
        self._floor = phrases(tables["floor"]["words"])
        self._lying = phrases(tables["lying"]["words"])
        self._leads = phrases(tables["leads"]["words"])
        self._purpose = purposes(tables["purpose"])
        self._turn = turns(tables["turns"])
        self._other_side = other_sides(tables["turns"])
        self._from_there = from_there(tables)
        self._marks = {name: phrases(each) for name, each in tables["marks"].items()}
        self._roles = {phrase: role for role, each in reversed(tables["labels"].items()) for phrase in each}
        self._label = start_phrases(self._roles)
        words = "|".join(map(pattern, tables["marks"]["ordinal"]))
        self.ordinal = re.compile(
            rf"(?:{words})(?:\.?\s*(?:#|no\.?|nr\.?|c\.|n\.?\s?[°ºo]|num\.?)?\s*(\d{{1,2}}[a-z]?){_OF_ALL}\s*[.:)-]*|\s*:)\s*"
        )
        """What numbers a title in words: "exercise 3:", or only "exercise:". Of a folded line."""
        steps = "|".join(map(pattern, tables["marks"]["step"]))
        self.step = re.compile(rf"(?:{steps})\s*\d{{1,2}}\s*[.:)-]*\s*")
        """What numbers a step in words: "step 3:". Of a folded line."""

    def marked(self, mark: str, text: str) -> bool:
        """Return whether one of the phrases of that mark stands in `text`."""
        return bool(self._marks[mark].search(fold(text[:_LOOKED_AT])))

    def opens_with(self, mark: str, text: str) -> bool:
        """Return whether `text` begins with one of the phrases of that mark."""
        return bool(self._marks[mark].match(fold(text[:_LOOKED_AT]).lstrip("-•\"'“«( ")))

    def announces(self, text: str) -> bool:
        """Return whether a sentence turns to another exercise, behind words such as "okay, so"."""
        folded = fold(text[:_LOOKED_AT])
        found = self._marks["other"].search(folded[:70])
        return found is not None and all(word[0] in self._opener for word in _WORD.finditer(folded, 0, found.start()))

    def on_floor(self, text: str) -> bool:
        """Return whether `text` tells of a place on the floor that is no posture: a kneel, a seat."""
        return bool(self._floor.search(fold(text[:_LOOKED_AT])))

    def posture(self, text: str) -> Posture | None:
        """Return the posture that is named first in `text`; a seat on the floor is none."""
        folded = fold(text[:_LOOKED_AT])
        found = [(match.start(), n, posture) for n, (posture, pattern) in enumerate(self._postures)
                 if (match := pattern.search(folded))]  # fmt: skip
        if found:
            named = min(found)[2]
            return None if not named.on_floor and self.on_floor(text) else named
        return Posture.BACK if self._lying.search(folded) else None

    def leads(self, text: str) -> bool:
        """Return whether a sentence leads into a position near its start."""
        return bool(self._leads.search(fold(text[:70])))

    def begins_lead(self, text: str) -> bool:
        """Return whether the very first words lead into a position."""
        return bool(self._leads.match(fold(text[:70])))

    def is_nothing(self, text: str) -> bool:
        """Return whether `text` says that there is nothing: "None needed.", "-"."""
        words = _WORD.findall(fold(text[:_LOOKED_AT]))
        return not words or (words[0] in self._nothing and len(words) <= _SHORT)

    def names_body(self, text: str) -> bool:
        """Return whether a part of the body is named."""
        return bool(self._body.search(fold(text[:_LOOKED_AT])))

    def names_exercise(self, text: str) -> bool:
        """Return whether `text` holds a word that exercises are called by."""
        return bool(self._exercise.search(fold(text[:_LOOKED_AT])))

    def names_alone(self, text: str) -> bool:
        """Return whether `text` is short and holds, behind its first word, an exercise's name."""
        words = text.split()
        if len(words) == 1:
            return self.names_exercise(text) and self.label(text) is None
        return 1 < len(words) <= _SHORT and self.names_exercise(" ".join(words[1:]))

    def purpose(self, title: str) -> int | None:
        """Return where a title begins to tell what the exercise is good for, or None where it does not."""
        found = self._purpose.search(fold(title))
        return found.start() if found else None

    def turns(self, clause: str) -> bool:
        """Return whether a clause turns to the other side of the body, and does nothing else."""
        return bool(self._turn.fullmatch(fold(clause[:_LOOKED_AT])))

    def names_other_side(self, clause: str) -> bool:
        """Return whether a clause joins on the other side of the body, without a verb."""
        return bool(self._other_side.fullmatch(fold(clause[:_LOOKED_AT])))

    def addresses(self, text: str) -> bool:
        """Return whether `text` speaks to somebody: "your knees"."""
        return bool(self._address.search(fold(text[:_LOOKED_AT])))

    def names_chore(self, title: str) -> bool:
        """Return whether a title is of a chore: begins with one, tells how, or names no exercise beside."""
        folded = fold(title[:_LOOKED_AT])
        found = self._marks["chore"].search(folded)
        if not found:
            return False
        rest = self._marks["chore"].sub(" ", folded)
        label = self.label(title)
        opens = not folded[: found.start()].strip("-•\"'“«( ") and len(rest.split()) > 1
        return opens or bool(label and label.role == "how") or not self.names_exercise(rest)

    def names_many(self, text: str) -> bool:
        """Return whether `text` speaks of several exercises."""
        return bool(self._many.search(fold(text[:_LOOKED_AT])))

    def instructs(self, sentence: str) -> bool:
        """Return whether a sentence tells to do a movement."""
        if len(sentence) > _LOOKED_AT:
            return False
        folded = fold(sentence)
        if self.free_order:
            return any(self._movement(word[0]) for word in _WORD.finditer(folded))
        first = _WORD.search(folded)
        if first and first[0] in self._subject:
            return False
        return bool(self._from_there.match(folded)) or any(self._opens(clause) for clause in _CLAUSE.split(folded))

    def _opens(self, clause: str) -> bool:
        for word in _WORD.finditer(clause):
            if self._movement(word[0]):
                return True
            if word[0] not in self._opener and not word[0].endswith("ly"):
                return False
        return False

    def label(self, line: str) -> Label | None:
        """Return the label that opens `line`: a phrase of the tables, with or without a colon."""
        found = self._label(fold(line[:120]))
        if not found:
            return None
        phrase, end = found
        rest = line[end:120]
        colon = re.match(r"\s*(?:\([^)]{0,30}\)\s*)?[:：]\s*", rest)
        if colon:
            return Label(self._roles[phrase], end + colon.end(), colon=True)
        dash = re.match(r"\s+[-–—]\s+", rest)
        if dash and self._roles[phrase] != "noise":
            return Label(self._roles[phrase], end + dash.end(), colon=True)
        return Label(self._roles[phrase], end, colon=False)


@cache
def load_lexicon(tag: str) -> Lexicon:
    """Return the lexicon of the language with this tag; raises FileNotFoundError for one without."""
    file = resources.files(__package__) / "finding" / f"{tag}.toml"
    return Lexicon(tomllib.loads(file.read_text(encoding="utf-8")))
