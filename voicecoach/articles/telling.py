"""Whether lines tell a movement, or state a dose: what makes a section an exercise."""

from collections.abc import Sequence

from voicecoach.articles.bare import is_bare_dose
from voicecoach.articles.block import sentences
from voicecoach.articles.dose.stated import Stated
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.said import stated_in
from voicecoach.articles.sections import Line, Section
from voicecoach.units import MINUTE_MS, Range

DOSED = frozenset({"hold", "reps", "sets", "duration", "breaths", "cycles"})
_TOLD = frozenset({"", "how", "start"})
_COUNTED = frozenset({"hold", "reps", "sets", "cycles"})
_MEDICAL = 2
_JUDGED_LINES = 400
_UNSURE = 0.5
_IDLE_MS = 10 * MINUTE_MS


class Telling:
    """Judges lines of a page in one language."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self.lexicon, self.language = lexicon, language

    def tells(self, lines: Sequence[Line], title: str = "", *, least: int = 2) -> bool:
        """Return whether lines tell how a movement is done: who moves, and how much or in several steps.

        `least` is how many instructions it takes where neither a dose nor the title speaks for it.
        """
        strong = doses = plans = 0
        foreign = int(self.lexicon.marked("foreign", title))
        told = False
        for line in lines[:_JUDGED_LINES]:
            foreign += self.lexicon.marked("foreign", line.text)
            if line.role in {"hold", "reps", "sets", "dose", "duration"}:
                doses += 1
            if line.role not in _TOLD:
                continue
            plans += self.lexicon.marked("plan", line.text)
            for _, sentence in sentences(line.text):
                if any(self.lexicon.marked(mark, sentence) for mark in ("every", "omit")):
                    continue
                moves = self.lexicon.instructs(sentence) and self.bodily(sentence)
                strong += moves
                told = told or (moves and not self.lexicon.opens_with("caution", sentence))
                doses += any(each.field in DOSED for each in stated_in(sentence, self.language.tag))
        directed = any(line.role in {"how", "start"} for line in lines)
        named = bool(title) and self.lexicon.names_exercise(title)
        strange = foreign >= _MEDICAL and not (named and doses)
        if not told or strange or (plans > strong):
            return False
        return strong >= least or (strong == 1 and (doses > 0 or directed or named))

    def counts(self, lines: Sequence[Line]) -> bool:
        """Return whether repetitions, sets or a hold of a movement are stated."""
        for line in lines[:_JUDGED_LINES]:
            if line.role in _COUNTED or any(map(self._counted, (each for _, each in sentences(line.text)))):
                return True
        return False

    def doses(self, lines: Sequence[Line]) -> bool:
        """Return whether lines state any dose of a movement; minutes of ice, heat or rest are none."""
        told = [each for line in lines[:_JUDGED_LINES] for _, each in sentences(line.text)]
        return self.counts(lines) or any(
            each.field in DOSED and each.doubt < _UNSURE and not _is_idle(each)
            for sentence in told
            if not self.lexicon.marked("foreign", sentence)
            for each in stated_in(sentence, self.language.tag)
        )

    def counts_named(self, lines: Sequence[Line], title: str) -> bool:
        """Return whether a title names an exercise or a part of the body, and lines move it so many times."""
        named = self.lexicon.names_exercise(title) or self.lexicon.names_body(title)
        told = (each for line in lines if line.role in _TOLD for _, each in sentences(line.text))
        moves = any(self.lexicon.instructs(each) and not self._bare(each) for each in told)
        foreign = any(self.lexicon.marked("foreign", text) for text in (title, *(line.text for line in lines)))
        return named and moves and not foreign and self.counts(lines)

    def _bare(self, sentence: str) -> bool:
        return is_bare_dose(sentence, stated_in(sentence, self.language.tag), self.lexicon)

    def _counted(self, sentence: str) -> bool:
        stated = stated_in(sentence, self.language.tag)
        moves = self.lexicon.instructs(sentence) and self.bodily(sentence)
        counted = any(each.field in _COUNTED for each in stated)
        return counted and (moves or self._bare(sentence))

    def bodily(self, sentence: str) -> bool:
        """Return whether a sentence names a part of the body or how it rests."""
        placed = self.lexicon.posture(sentence) is not None or self.lexicon.on_floor(sentence)
        return placed or self.lexicon.names_body(sentence)

    def doses_alone(self, section: Section, *, numbered: bool) -> bool:
        """Return whether a name has a dose under it, and nothing else: one line of a plan."""
        told = [each for line in section.lines for _, each in sentences(line.text)]
        bare = all(is_bare_dose(each, stated_in(each, self.language.tag), self.lexicon) for each in told)
        counted = not numbered or section.title.number or section.block.number
        return bool(counted) and bool(told) and bare and any(map(self.dosed, section.lines))

    def dosed(self, line: Line) -> bool:
        """Return whether a line states how much of a movement is done."""
        stated = (each for _, told in sentences(line.text) for each in stated_in(told, self.language.tag))
        return any(each.field in DOSED for each in stated)


def _is_idle(stated: Stated) -> bool:
    """Tell whether a time is too long for one movement, as that of a pack or of sitting still."""
    span = stated.value
    return stated.field in {"hold", "duration"} and isinstance(span, Range) and span.hi >= _IDLE_MS
