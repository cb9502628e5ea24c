"""Sections to exercises: which of them tell a movement, and what of the rest is left out, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.articles.block import sentences
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.sections import PARTS, Line, Section, flattened
from voicecoach.articles.telling import Telling
from voicecoach.articles.title import Title
from voicecoach.articles.untitled import untitled

_DIRECTED = frozenset({"how", "start"})
_MOST_FOUND = 100
"""Exercises of one page; as many as a program may hold."""
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
        self._telling = Telling(lexicon, language)
        self.findings = Findings()

    def walk(self, section: Section, *, aside: bool = False) -> int:
        """Find the exercises in a section, and return how many there are.

        `aside` tells that it stands under a title of what is no exercise: sleep, lifting, aids, tests.
        """
        aside = self._aside(section.title.name, within=aside)
        before = len(self.findings.found)
        at = len(self.findings.found)
        whole = _titled_directions(section, self.lexicon)
        named = [part for part in section.parts if part.role not in PARTS or part in whole]
        sure = {part.rank for part in named if part.role != "noise" and self._sure(part)}
        for part in named:
            if part.role == "noise":
                self._leave(part, "no exercise by its title")
            elif (
                self.walk(part, aside=aside) == 0
                and part.rank in sure
                and not self._aside(part.title.name, within=aside)
                and (self._weak(part) or self._plans(part, named))
            ):
                self._take_back(part)
        inside = len(self.findings.found) - before
        own = [*section.lines, *self._of_parts(section, whole)]
        if aside and not self._telling.doses(own):
            self._set_aside(section, own)
        elif not inside:
            self._settle(section, own)
        elif self._holds_its_own(section, own):
            self.findings.found.insert(at, self._titled(section, own))
        else:
            self._share(section, self.findings.found[at:], whole)
        return len(self.findings.found) - before

    def _share(self, section: Section, found: Sequence[Found], whole: Sequence[Section]) -> None:
        """Give what stands beside exercises to the only one, or to all of them; tell what is left out."""
        self.findings.general += section.lines
        if self._telling.tells(section.lines):
            self._leave(replace(section, title=Title("")), "stands above the exercises, and is none by its title")
        for part in section.parts:
            if part.role not in PARTS or part in whole:
                continue
            lines = list(flattened(part))
            if len(found) == 1 and part.role not in _DIRECTED:
                found[0].lines += [line for line in lines if line.role != "variation"]
                found[0].notes += [line for line in lines if line.role == "variation"]
            elif lines:
                self._leave(part, "belongs to no single exercise")

    def _aside(self, title: str, *, within: bool) -> bool:
        """Return whether a title, or one it stands under, is of what the body does and no exercise."""
        return (within or self.lexicon.names_chore(title)) and not self.lexicon.names_many(title)

    def _set_aside(self, section: Section, own: list[Line]) -> None:
        self.findings.general += own
        if own:
            self._leave(section, "no exercise by its title, and without repetitions, sets or a hold")

    def _sure(self, part: Section) -> bool:
        return bool(part.title.name) and self._telling.tells([*part.lines, *self._of_parts(part, ())], part.title.name)

    def _weak(self, part: Section) -> bool:
        """Return whether a section among exercises tells one movement, and nothing else."""
        title = part.title.name
        short = len(part.lines) <= _FEW_LINES and len(title.split()) <= _FEW_WORDS
        noted = self.lexicon.names_many(title) or title.endswith("?")
        told = self._telling.tells(part.lines, title, least=1) or self._telling.counts_named(part.lines, title)
        return short and not noted and not part.parts and told

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
        asks = self._asks(title)
        several = self._untitled(own) if section.rank <= 1 or asks or not title else []
        single = self.lexicon.names_exercise(title) and not self.lexicon.names_many(title)
        if several and (asks or not title or (len(several) > 1 and not single)):
            self.findings.found += several
        elif (self._telling.tells(own, title) and (single or not asks)) or (
            single and self._telling.doses_alone(section, numbered=not self.plan)
        ):
            self.findings.found.append(self._titled(section, own, asks=asks))
        elif several:
            self.findings.found += several
        else:
            self.findings.general += own
            bare = not section.parts and (self.lexicon.names_exercise(title) or self.lexicon.names_body(title))
            if title and (own or bare):
                self._leave(section, "tells no movement" if own else "nothing stands under it")

    def _holds_its_own(self, section: Section, own: list[Line]) -> bool:
        told = any(line.role in _DIRECTED for line in own)
        directed = told and self._telling.tells(own, section.title.name)
        return section.rank > 0 and (directed or self._moves_at_once(section))

    def _moves_at_once(self, section: Section) -> bool:
        """Return whether one movement stands right under a title, before others begin.

        That is the first exercise of a page whose titles are all of one form, so that the first seems to be
        the page's. Without repetitions, sets or a hold it takes an exercise's name and a way into a position.
        """
        title, lines = section.title.name, section.lines
        if not lines or self.lexicon.names_many(title) or self._asks(title):
            return False
        opening = next((each for _, each in sentences(lines[0].text)), "")
        at_once = self.lexicon.instructs(opening) and self._telling.bodily(opening)
        named = self.lexicon.names_exercise(title) and len(title.split()) <= _FEW_WORDS
        counted = (named or section.rank <= 1) and self._telling.counts(lines)
        placed = named and self.lexicon.leads(opening)
        return at_once and (counted or placed) and self._telling.tells(lines, title)

    def _asks(self, title: str) -> bool:
        return title.endswith("?") or self.lexicon.opens_with("question", title)

    def _titled(self, section: Section, own: list[Line], *, asks: bool = False) -> Found:
        title = "" if asks or (not section.rank and not section.title.name) else section.title.name
        lines = [line for line in own if line.role != "variation"]
        notes = [line for line in own if line.role == "variation"]
        return Found(title, section.block.line, lines, section.title.tail, notes)

    def _leave(self, section: Section, why: str) -> None:
        what = section.title.name or (section.lines[0].text if section.lines else "")
        self.findings.left_out.append(LeftOut(section.block.line, what[:80], why))

    def _untitled(self, own: Sequence[Line]) -> list[Found]:
        return [Found("", lines[0].line_at(0), lines) for lines in untitled(own, self._telling)]

    def _plans(self, part: Section, among: Sequence[Section]) -> bool:
        """Return whether a section among exercises names one more, and states its dose alone."""
        title = part.title.name.lower()
        single = self.lexicon.names_exercise(title) and not self.lexicon.names_many(title)
        once = sum(each.title.name.lower() == title for each in among) == 1
        return single and once and not part.parts and self._telling.doses_alone(part, numbered=False)


def _titled_directions(section: Section, lexicon: Lexicon) -> list[Section]:
    """Return the parts that direct another exercise each ("How to do a plank")."""
    directions = [part for part in section.parts if part.role == "how"]
    named = [part for part in directions if lexicon.names_exercise(_after_label(part, lexicon))]
    return named if len({part.title.name for part in named}) > 1 else []


def _after_label(part: Section, lexicon: Lexicon) -> str:
    label = lexicon.label(part.title.name)
    return part.title.name[label.end :] if label else part.title.name
