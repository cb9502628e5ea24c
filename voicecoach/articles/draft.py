"""An exercise's lines to its parts: position, steps, lists of points, and the doses stated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from voicecoach.articles.bare import is_bare_dose
from voicecoach.articles.dosing import Said, about_movement, said_in
from voicecoach.articles.figures import without_figures
from voicecoach.articles.find import Found
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.sections import Line
from voicecoach.articles.telling import DOSED

_DIRECTED = frozenset({"how", "start"})
_STATED = frozenset({"hold", "duration", "reps", "sets", "dose", "rest", "tempo", "sides", "frequency", "breath"})
_LISTS = {"caution": "cautions", "mistake": "mistakes", "tip": "tips", "equipment": "equipment", "variation": "notes"}
_LETTER = re.compile(r"^\(?[A-Ha-h1-9]\)\s+(?=\w)")
_SPLIT = re.compile(r"\s*;\s*|\s*[•·]\s*")
_COMMAS = re.compile(r"\s*,\s+")
_WORD = re.compile(r"[^\W\d_]")
_BRIEF = 6
"""Words of a mistake that is named in a list of them, and not in a sentence."""
_OPENED = {"variation": "notes", "tip": "tips"}
_HELD = {"hold", "breaths"}
_COUNTING = {"reps", "sets", "sides", "frequency", "rest", "cycles", "duration"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a part, their source line, and whether they lead into a position."""

    text: str
    line: int


@dataclass(slots=True)
class Draft:
    """The parts of an exercise, in the order of the page."""

    position: list[Piece] = field(default_factory=list)
    steps: list[Piece] = field(default_factory=list)
    cautions: list[Piece] = field(default_factory=list)
    mistakes: list[Piece] = field(default_factory=list)
    tips: list[Piece] = field(default_factory=list)
    equipment: list[Piece] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    frequency: list[Piece] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    dropped: list[Piece] = field(default_factory=list)
    doubt: str = ""
    """Why the steps are doubtful, where they are."""


def draft(found: Found, lexicon: Lexicon, language: Language) -> Draft:
    """Return the parts of an exercise."""
    sorting = _Sorting(lexicon, language, directed=any(line.role in _DIRECTED for line in found.lines))
    for line in found.lines:
        sorting.take(line)
    for line in found.notes:
        sorting.listed("notes", line)
    _lift_position(sorting.draft, lexicon)
    return sorting.draft


class _Sorting:
    def __init__(self, lexicon: Lexicon, language: Language, *, directed: bool) -> None:
        self.lexicon, self.language, self.directed = lexicon, language, directed
        self.draft = Draft()
        self._begun = False

    def take(self, line: Line) -> None:
        if line.role in _LISTS:
            self.listed(_LISTS[line.role], line)
        elif line.role in {"benefit", "noise"} or self.lexicon.marked("blame", line.text[:40]):
            self.draft.dropped.append(Piece(line.text, line.line_at(0)))
        elif line.role in _STATED:
            self._stated(line)
        else:
            self._begun = self._begun or line.role in _DIRECTED
            self._told(line)

    def listed(self, name: str, line: Line) -> None:
        """Put the points of a line into a list: its sentences, or its brief parts where it lists mistakes."""
        into: list[Piece] = getattr(self.draft, name)
        if line.item and line.block.lead and name == "mistakes":
            into.append(Piece(line.text, line.line_at(0)))
            return
        for at, sentence, _ in said_in(line, self.language):
            parts = _SPLIT.split(sentence)
            if name == "mistakes" and len(parts) == 1:
                phrases = _COMMAS.split(sentence)
                parts = phrases if all(len(each.split()) <= _BRIEF for each in phrases) else parts
            told = [part.strip() for part in parts if len(part.strip()) > 1]
            if name == "equipment":
                told = [part for part in told if not self.lexicon.is_nothing(part)]
            warns = name == "tips" and self.lexicon.opens_with("caution", sentence)
            pieces = [Piece(part, line.line_at(at)) for part in told]
            (self.draft.cautions if warns else into).extend(pieces)

    def _stated(self, line: Line) -> None:
        for at, sentence, said in said_in(line, self.language, label=line.label):
            place = line.line_at(at)
            if self.lexicon.opens_with("variation", sentence):
                self.draft.notes.append(Piece(sentence, place))
                continue
            self.draft.said += said
            if line.role == "frequency":
                self.draft.frequency.append(Piece(sentence, place))
            elif line.role == "breath":
                self.draft.steps.append(Piece(sentence, place))
            elif self.lexicon.opens_with("caution", sentence):
                self.draft.cautions.append(Piece(sentence, place))

    def _told(self, line: Line) -> None:
        """Sort the sentences of directions, or of prose: what is done, warned of, or only said."""
        loose = self.directed and line.role == ""
        sorted_before = len(self.draft.steps)
        for at, sentence, every in said_in(line, self.language):
            said = about_movement(every, sentence, self.lexicon)
            general = self.lexicon.marked("every", sentence) and said and line.role == ""
            if general or not _WORD.search(sentence):
                continue
            aside = loose and not (self._begun and self._bears(sentence, said))
            piece = Piece(_LETTER.sub("", without_figures(sentence, said)), line.line_at(at))
            kind = self._kind(sentence, said, line, aside=aside, in_steps=len(self.draft.steps) > sorted_before)
            if kind not in {"dropped", "notes"}:
                self.draft.said += said
            if kind:
                getattr(self.draft, kind).append(piece)

    def _kind(self, sentence: str, said: Sequence[Said], line: Line, *, aside: bool, in_steps: bool) -> str:
        """Return the part that a sentence belongs to, or "" where it is a dose and nothing else."""
        fields = {each.stated.field for each in said}
        moves = self.lexicon.instructs(sentence)
        opened = next((part for mark, part in _OPENED.items() if self.lexicon.opens_with(mark, sentence)), None)
        if opened:
            return opened
        if self._warns(sentence) and not fields & DOSED:
            return "cautions"
        bare = is_bare_dose(sentence, [each.stated for each in said], self.lexicon)
        # A walk is another exercise, and its minutes are none of this one's.
        if aside or (bare and in_steps and self.lexicon.opens_with("walk", sentence)):
            return "dropped"
        counts = fields & _COUNTING and not fields & _HELD and self._only_counts(sentence, moves=moves)
        if bare or counts or (_is_blank_form(said) and not self.lexicon.names_body(sentence)):
            return "cautions" if self._warns(sentence) else ""
        told = moves or line.role in _DIRECTED or line.item or bool(fields & _HELD)
        if told or fields & DOSED:
            return "steps" if told else ""
        return "steps" if in_steps and not self.lexicon.opens_with("benefit", sentence) else "dropped"

    def _bears(self, sentence: str, said: Sequence[Said]) -> bool:
        """Return whether a sentence behind the directions still belongs to them."""
        bodily = self.lexicon.names_body(sentence) and self.lexicon.instructs(sentence)
        return bodily or any(each.stated.field in DOSED for each in said)

    def _warns(self, sentence: str) -> bool:
        if self.lexicon.marked("omit", sentence):
            return True
        return self.lexicon.marked("caution", sentence) and not self._moves_first(sentence)

    def _moves_first(self, sentence: str) -> bool:
        """Return whether the warning stands behind a movement, in the same sentence."""
        return self.lexicon.instructs(sentence[:40]) and not self.lexicon.marked("caution", sentence[:40])

    def _only_counts(self, sentence: str, *, moves: bool) -> bool:
        return not moves or (
            self.lexicon.opens_with("again", sentence) and not _movement_besides(sentence, self.lexicon)
        )


def _is_blank_form(said: Sequence[Said]) -> bool:
    """Return whether all that is stated is left blank: "Hold for ___ seconds", which no voice can say."""
    doses = [each.stated for each in said if each.stated.field in DOSED]
    return bool(doses) and all(each.value is None for each in doses)


def _movement_besides(sentence: str, lexicon: Lexicon) -> bool:
    """Return whether a sentence that repeats tells a movement of its own behind a comma."""
    rest = re.split(r"[,;:]\s", sentence, maxsplit=1)
    return len(rest) > 1 and lexicon.instructs(rest[1]) and not lexicon.opens_with("again", rest[1])


def _lift_position(draft: Draft, lexicon: Lexicon) -> None:
    """Make the first step the position, where it leads into one and other steps follow."""
    if draft.steps and not draft.position and len(draft.steps) > 1 and lexicon.leads(draft.steps[0].text):
        draft.position.append(draft.steps.pop(0))
