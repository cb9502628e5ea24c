"""Sections to exercises: which of them tell a movement, and what of the rest is left out, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.articles.bare import is_bare_dose
from voicecoach.articles.block import Kind, sentences
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.said import stated_in
from voicecoach.articles.sections import PARTS, Line, Section, flattened

DOSED = frozenset({"hold", "reps", "sets", "duration", "breaths", "cycles"})
_TOLD = frozenset({"", "how", "start"})
_MEDICAL = 2
_MOST_FOUND = 100
"""Exercises of one page; as many as a program may hold."""
_JUDGED_LINES = 400
_FEW_LINES = 3
_FEW_WORDS = 6


@dataclass(slots=True)
class Found:
    """An exercise as it stands on the page: its title ("" where none is stated) and its lines."""

    title: str
    line: int
    lines: list[Line]
    tail: str = ""
    notes: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line or a section that is no part of any exercise, and why."""

    line: int
    what: str
    why: str


@dataclass(slots=True)
class Findings:
    """The exercises of a page, the lines that speak of all of them, and what was left out."""

    found: list[Found] = field(default_factory=list)
    general: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def find(page: Section, lexicon: Lexicon, language: Language) -> Findings:
    """Return what stands on the page in the order of its lines."""
    search = _Search(lexicon, language)
    if not search.walk(page):
        # A page that tells no movement at all may still be a plan: names, and a dose under each.
        plan = _Search(lexicon, language, plan=True)
        search = plan if plan.walk(page) else search
    if len(search.findings.found) > _MOST_FOUND:
        extra = search.findings.found[_MOST_FOUND:]
        why = f"a program holds at most {_MOST_FOUND} exercises"
        search.findings.left_out += [LeftOut(each.line, each.title, why) for each in extra]
        del search.findings.found[_MOST_FOUND:]
    return search.findings


class _Search:
    def __init__(self, lexicon: Lexicon, language: Language, *, plan: bool = False) -> None:
        self.lexicon, self.language, self.plan = lexicon, language, plan
        self.findings = Findings()

    def walk(self, section: Section) -> int:
        """Find the exercises in a section, and return how many there are."""
        before = len(self.findings.found)
        at = len(self.findings.found)
        whole = _titled_directions(section, self.lexicon)
        named = [part for part in section.parts if part.role not in PARTS or part in whole]
        sure = {part.rank for part in named if part.role != "noise" and self._sure(part)}
        for part in named:
            if part.role == "noise":
                self._leave(part, "no exercise by its title")
            elif (
                self.walk(part) == 0 and part.rank in sure and (self._weak(part) or self._plans(part, named))
            ):
                self._take_back(part)
        inside = len(self.findings.found) - before
        own = [*section.lines, *self._of_parts(section, whole)]
        if not inside:
            self._settle(section, own)
        elif self._holds_its_own(section, own):
            self.findings.found.insert(at, self._titled(section, own))
        else:
            self.findings.general += section.lines
        return len(self.findings.found) - before

    def _sure(self, part: Section) -> bool:
        return bool(part.title.name) and self.tells([*part.lines, *self._of_parts(part, ())], part.title.name)

    def _weak(self, part: Section) -> bool:
        """Return whether a section among exercises tells one movement, and nothing else."""
        title = part.title.name
        short = len(part.lines) <= _FEW_LINES and len(title.split()) <= _FEW_WORDS
        noted = self.lexicon.names_many(title) or title.endswith("?")
        return short and not noted and not part.parts and self.tells(part.lines, title, least=1)

    def _take_back(self, part: Section) -> None:
        left = self.findings.left_out
        if left and left[-1].line == part.block.line:
            left.pop()
        general = self.findings.general
        if part.lines:
            del general[-len(part.lines) :]
        self.findings.found.append(self._titled(part, part.lines))

    def _of_parts(self, section: Section, whole: Sequence[Section]) -> Iterator[Line]:
        for part in section.parts:
            if part.role in PARTS and part not in whole:
                yield from flattened(part)

    def _settle(self, section: Section, own: list[Line]) -> None:
        """Make a section without exercises inside into one, into several without titles, or leave it."""
        title = section.title.name
        asks = title.endswith("?") or self.lexicon.opens_with("question", title)
        several = list(self._untitled(own)) if section.rank <= 1 or asks or not title else []
        single = self.lexicon.names_exercise(title) and not self.lexicon.names_many(title)
        if several and (asks or not title or (len(several) > 1 and not single)):
            self.findings.found += several
        elif (self.tells(own, title) and (single or not asks)) or (
            single and self._doses_alone(section, numbered=not self.plan)
        ):
            self.findings.found.append(self._titled(section, own, asks=asks))
        elif several:
            self.findings.found += several
        else:
            self.findings.general += own
            if own and title:
                self._leave(section, "tells no movement")

    def _holds_its_own(self, section: Section, own: list[Line]) -> bool:
        told = any(line.role in {"how", "start"} for line in own)
        return section.rank > 0 and told and self.tells(own, section.title.name)

    def _titled(self, section: Section, own: list[Line], *, asks: bool = False) -> Found:
        title = "" if asks or (not section.rank and not section.title.name) else section.title.name
        lines = [line for line in own if line.role != "variation"]
        notes = [line for line in own if line.role == "variation"]
        return Found(title, section.block.line, lines, section.title.tail, notes)

    def _leave(self, section: Section, why: str) -> None:
        what = section.title.name or (section.lines[0].text if section.lines else "")
        self.findings.left_out.append(LeftOut(section.block.line, what[:80], why))

    def tells(self, lines: Sequence[Line], title: str = "", *, least: int = 2) -> bool:
        """Return whether lines tell how a movement is done: who moves, and how much or in several steps.

        `least` is how many instructions it takes where neither a dose nor the title speaks for it.
        """
        strong = doses = foreign = plans = 0
        told = False
        for line in lines[:_JUDGED_LINES]:
            foreign += self.lexicon.marked("foreign", line.text)
            if line.role in {"hold", "reps", "sets", "dose", "duration"}:
                doses += 1
            if line.role not in _TOLD:
                continue
            plans += self.lexicon.marked("plan", line.text)
            for _, sentence in sentences(line.text):
                if self.lexicon.marked("every", sentence):
                    continue
                moves = self.lexicon.instructs(sentence) and self._bodily(sentence)
                strong += moves
                told = told or (moves and not self.lexicon.opens_with("caution", sentence))
                doses += any(each.field in DOSED for each in stated_in(sentence, self.language.tag))
        directed = any(line.role in {"how", "start"} for line in lines)
        if not told or foreign >= _MEDICAL or (plans > strong):
            return False
        named = bool(title) and self.lexicon.names_exercise(title)
        return strong >= least or (strong == 1 and (doses > 0 or directed or named))

    def _bodily(self, sentence: str) -> bool:
        placed = self.lexicon.posture(sentence) is not None or self.lexicon.on_floor(sentence)
        return placed or self.lexicon.names_body(sentence)

    def _untitled(self, lines: Sequence[Line]) -> Iterator[Found]:
        """Yield the exercises of lines without titles: each begins where one leads into a position."""
        held: Found | None = None
        for line in lines:
            for piece in self._pieces(line):
                if piece.role == "" and self._begins(piece):
                    if held and self.tells(held.lines):
                        yield held
                    held = Found("", piece.line_at(0), [piece])
                elif held and (piece.role or self._goes_on(piece)):
                    held.lines.append(piece)
        if held and self.tells(held.lines):
            yield held

    def _pieces(self, line: Line) -> Iterator[Line]:
        """Cut a paragraph where it turns to another exercise."""
        begin = 0
        for at, sentence in sentences(line.text) if line.role == "" and not line.item else ():
            turns = self.lexicon.announces(sentence)
            if at > begin and turns and self._bodily(sentence):
                yield replace(line, text=line.text[begin:at].strip(), start=line.start + begin)
                begin = at
        yield replace(line, text=line.text[begin:].strip(), start=line.start + begin)

    def _begins(self, line: Line) -> bool:
        told = [sentence for _, sentence in sentences(line.text)]
        opening = told[:3]
        leads = any(self.lexicon.leads(sentence) and self._bodily(sentence) for sentence in opening)
        other = bool(told) and self.lexicon.announces(told[0])
        moves = sum(self.lexicon.instructs(sentence) and self._bodily(sentence) for sentence in told)
        return (leads or other) and not line.item and (moves > 1 or (moves == 1 and self._dosed(line)))

    def _goes_on(self, line: Line) -> bool:
        if line.block.kind is Kind.ITEM:
            return True
        return self._dosed(line) or any(map(self.lexicon.instructs, (s for _, s in sentences(line.text))))

    def _plans(self, part: Section, among: Sequence[Section]) -> bool:
        """Return whether a section among exercises names one more, and states its dose alone."""
        title = part.title.name.lower()
        single = self.lexicon.names_exercise(title) and not self.lexicon.names_many(title)
        once = sum(each.title.name.lower() == title for each in among) == 1
        return single and once and not part.parts and self._doses_alone(part, numbered=False)

    def _doses_alone(self, section: Section, *, numbered: bool) -> bool:
        """Return whether a name has a dose under it, and nothing else: one line of a plan."""
        told = [each for line in section.lines for _, each in sentences(line.text)]
        bare = all(is_bare_dose(each, stated_in(each, self.language.tag), self.lexicon) for each in told)
        counted = not numbered or section.title.number or section.block.number
        return bool(counted) and bool(told) and bare and any(map(self._dosed, section.lines))

    def _dosed(self, line: Line) -> bool:
        stated = (each for _, told in sentences(line.text) for each in stated_in(told, self.language.tag))
        return any(each.field in DOSED for each in stated)


def _titled_directions(section: Section, lexicon: Lexicon) -> list[Section]:
    """Return the parts that direct another exercise each ("How to do a plank")."""
    directions = [part for part in section.parts if part.role == "how"]
    named = [part for part in directions if lexicon.names_exercise(_after_label(part, lexicon))]
    return named if len({part.title.name for part in named}) > 1 else []


def _after_label(part: Section, lexicon: Lexicon) -> str:
    label = lexicon.label(part.title.name)
    return part.title.name[label.end :] if label else part.title.name
