"""Which blocks are titles, and how high they rank: headings, bold, numbered and plain lines, run-in words."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicecoach.articles.bare import is_bare_dose
from voicecoach.articles.block import Block, Kind, sentences
from voicecoach.articles.forms import WORDS_ALIKE, Forms, first_sentence
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Label, Lexicon
from voicecoach.articles.said import stated_in
from voicecoach.articles.sections import PARTS
from voicecoach.articles.title import LONGEST_TITLE, in_upper_case, is_title, read_title
from voicecoach.articles.wordlists import fold

PAGE, BOLD, RUN_IN, NUMBERED, PLAIN, ROW = 1, 10, 11, 12, 20, 30
"""The ranks of titles below those of headings, which are 1 to 7."""
FIGURE = re.compile(r"\(?[^\W\d_]{3,10}\.? \d\)?\s*$")
"""A reference to a picture, as behind a label: "(Figure 1)"."""
_RUN_IN_WORDS = re.compile(r"[^:.!?]{3,60}?(?::|\s[–—-])\s+(?=[^\W_]|[\"“])")
_NAME_AND_STOP = re.compile(r"([^:.!?,;]{3,50})\.\s+(?=[^\W_]|[\"“(])")
_COUNTED = {"reps", "sets", "hold", "duration", "rest", "frequency", "dose"}
_WHOLE_ROLES = {"noise", "skip", "benefit", "variation", "mistake"}
_SHORT_LABEL = 60
_WORDS_OF_A_PAGE_TITLE = 14
_WORDS_RUN_IN = 6
_OPENING = 400
_SIBLINGS = 2
_APART = ":.-–—→⇒|="
"""What may stand between a name in bold letters and what follows it."""
_MARK = re.compile(r"\s*(?:[→⇒|]|[-=]>)\s*")


def stands_alone(line: str, label: Label, lexicon: Lexicon) -> bool:
    """Return whether a label without a colon is one: all of its line, or followed by a number."""
    rest = line[label.end :].strip(" .:?)(-")
    if not rest or FIGURE.fullmatch(rest):
        return len(line) <= _SHORT_LABEL
    counted = label.role in _COUNTED and re.match(r"\s+(\d|daily\b)", line[label.end :].lower())
    # A full stop takes the label's place, so that only what follows it can instruct.
    return bool(counted) and len(rest) < _SHORT_LABEL and not lexicon.instructs("." + line[label.end :])


def heading_role(text: str, lexicon: Lexicon) -> str:
    """Return the role of a title that is a label, such as "Common mistakes", or ""."""
    label = lexicon.label(text)
    if not label:
        return ""
    rest = text[label.end :]
    if label.colon or not rest.strip(" .:?)(-") or label.role in _WHOLE_ROLES - {"skip"}:
        return label.role
    if label.role == "how":
        return "" if lexicon.marked("chore", text) else "how"
    return label.role if label.role in {"start", "caution", "tip"} and not lexicon.names_exercise(rest) else ""


class Ranks:
    """Finds the titles of a page in one language. A rank comes with where the title ends in its block."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._lexicon, self._language = lexicon, language
        self._stopped = self._capitals = False
        self.forms = Forms(lexicon, language)

    def learn(self, blocks: Sequence[Block]) -> None:
        """Learn the ways of this page: a name and a full stop that open lines, and the form of its titles."""
        self._stopped = sum(self._opens_stopped(block.text) for block in blocks) >= _SIBLINGS
        self._capitals = sum(self._opens_in_capitals(block.text) for block in blocks) >= _SIBLINGS
        self.forms.learn(blocks)

    def unglued(self, block: Block) -> Iterator[Block]:
        """Yield a block, apart where its lines only seem to go on: behind a name, before a dose."""
        begin = 0
        for number, (at, _) in enumerate(block.marks if not block.lead else ()):
            before = block.text[max(begin, at - 2 * LONGEST_TITLE) : at].rstrip()
            after = block.text[at : at + _OPENING]
            named = number == 1 and self._titled(before) and self._is_told_of(before, after)
            if named or (number and self._is_dose_apart(before, after)):
                yield _part(block, begin, at)
                begin = at
        yield _part(block, begin, len(block.text)) if begin else block

    def of(self, block: Block, following: Block | None, *, first: bool) -> tuple[int, int] | None:
        """Return the rank of a block as a title, or None; `first` tells the first block of the page."""
        if block.kind is Kind.HEADING:
            return block.level, len(block.text)
        if block.lead:
            return self._bold(block)
        label = self._lexicon.label(block.text)
        if label and label.role in PARTS and (label.colon or stands_alone(block.text, label, self._lexicon)):
            return (PLAIN, len(block.text)) if self.forms.is_alike(block, following) else None
        whole = self._item if block.kind is Kind.ITEM else self._line
        fits = len(block.text) <= LONGEST_TITLE and following is not None
        return (whole(block, following, first=first) if fits and following else None) or self._run_in(block)

    def _titled(self, text: str, *, words: int = 10, marked: bool = False) -> bool:
        return is_title(text, self._lexicon, self._language, words=words, marked=marked)

    def _bold(self, block: Block) -> tuple[int, int] | None:
        lead, after = block.text[: block.lead], block.text[block.lead :].lstrip()
        label = self._lexicon.label(lead)
        named = label and not label.colon and self._lexicon.names_exercise(lead[label.end :])
        labelled = label and label.role in PARTS and not named
        if labelled or not self._titled(lead.rstrip(" .:"), marked=True):
            return None
        if not after.strip(" :."):
            return (BOLD if block.kind is Kind.TEXT else NUMBERED), len(block.text)
        apart = lead.rstrip()[-1:] in ".:" or after[:1] in _APART or after[:1].isupper() or "(" in after[:2]
        mark = _MARK.match(block.text, block.lead)
        return (RUN_IN, mark.end() if mark else block.lead) if apart else None

    def _item(self, block: Block, following: Block, *, first: bool) -> tuple[int, int] | None:
        """Rank a point of a list: a title where points or, if it is numbered, plain lines stand under it."""
        del first
        deeper = following.kind is Kind.ITEM and following.level > block.level
        numbered = following.kind is Kind.TEXT and bool(block.number)
        if (deeper or numbered) and self._titled(block.text, marked=True):
            return NUMBERED + min(block.level, 6) - 1, len(block.text)
        return None

    def _line(self, block: Block, following: Block, *, first: bool) -> tuple[int, int] | None:
        text = block.text
        told_of = self._is_told_of(text, following.text)
        if following.text[:1].islower() and not told_of:
            return None
        if first and not told_of and self._titled(text, words=_WORDS_OF_A_PAGE_TITLE):
            return PAGE, len(text)
        if self._titled(text, marked=bool(block.number)):
            counted = read_title(text, self._lexicon, self._language).number
            numbered = bool(block.number or counted) or self._lexicon.ordinal.match(text.lower())
            return (NUMBERED if numbered else PLAIN - in_upper_case(text)), len(text)
        if self.forms.is_alike(block, following):
            return PLAIN - in_upper_case(text), len(text)
        label = self._lexicon.label(text)
        noise = label is not None and label.role == "noise" and not text.endswith(".")
        return (PLAIN, len(text)) if noise else None

    def _run_in(self, block: Block) -> tuple[int, int] | None:
        """Rank a title that opens a paragraph and ends in a colon or a dash."""
        found = _RUN_IN_WORDS.match(block.text) or self._name_and_stop(block.text, numbered=bool(block.number))
        if not found:
            return None
        lead, rest = block.text[: found.end()].rstrip(" .:–—-"), block.text[found.end() :]
        named = self._lexicon.names_exercise(lead)
        leads_on = named and self._lexicon.begins_lead(rest)
        if rest[0].islower() and block.kind is not Kind.ITEM and not leads_on:
            return None
        if self._lexicon.label(block.text[: found.end()]) or not self._titled(
            lead, words=_WORDS_RUN_IN, marked=bool(block.number)
        ):
            return None
        if self._lexicon.leads(lead) and not named:
            return None
        opening = [sentence for _, sentence in sentences(rest[:_OPENING])][:2]
        dosed = named and bool(block.number and opening) and self._bare(opening[0])
        told = (
            dosed
            or self._opens_in_capitals(block.text)
            or any(map(self._tells, opening))
            or (named and len(rest) > LONGEST_TITLE)
        )
        return (RUN_IN, found.end()) if told else None

    def _tells(self, sentence: str) -> bool:
        return self._lexicon.instructs(sentence) or self._lexicon.marked("omit", sentence)

    def _is_told_of(self, name: str, text: str) -> bool:
        """Return whether a line names one exercise, and `text` begins with its dose or leads into it."""
        if not self._lexicon.names_exercise(name) or self._lexicon.names_many(name):
            return False
        return self._bare(first_sentence(text)) or (text[:1].islower() and self._lexicon.begins_lead(text))

    def _is_dose_apart(self, before: str, after: str) -> bool:
        """Return whether a line states a dose in its own words, and the one before ends in no link."""
        if not (after[:1].islower() and before[-1:].isalpha()):
            return False
        opening = first_sentence(after)
        linked = fold(before).rsplit(None, 1)[-1] in self._lexicon.bare
        return not linked and self._lexicon.instructs(opening) and self._bare(opening)

    def _bare(self, sentence: str) -> bool:
        return is_bare_dose(sentence, stated_in(sentence, self._language.tag), self._lexicon)

    def _opens_stopped(self, text: str) -> bool:
        found = _NAME_AND_STOP.match(text)
        if not found or len(found[1].split()) > _WORDS_RUN_IN or not self._lexicon.names_exercise(found[1]):
            return False
        alone = len(found[1].split()) == 1 or not self._lexicon.instructs(found[1])
        return alone and self._lexicon.instructs(first_sentence(text[found.end() :]))

    def _opens_in_capitals(self, text: str) -> bool:
        found = _NAME_AND_STOP.match(text)
        short = found is not None and len(found[1].split()) <= WORDS_ALIKE
        return bool(short and found and in_upper_case(found[1]) and not self._lexicon.label(found[1]))

    def _name_and_stop(self, text: str, *, numbered: bool) -> re.Match[str] | None:
        """Return a name that ends in a full stop, where the next sentence leads into a position or is (A)."""
        found = _NAME_AND_STOP.match(text)
        if found and self._capitals and self._opens_in_capitals(text):
            return found
        if not found or not (self._lexicon.names_exercise(found[1]) or self._lexicon.names_body(found[1])):
            return None
        rest = text[found.end() :]
        if self._stopped and self._opens_stopped(text):
            return found
        lettered = rest[:1] == "(" or self._lexicon.leads(rest)
        return found if lettered and (numbered or not self._lexicon.instructs(found[1])) else None


def _part(block: Block, begin: int, end: int) -> Block:
    """Return some lines of a block as a block of their own."""
    marks = tuple((at - begin, line) for at, line in block.marks if begin <= at < end)
    text = block.text[begin:end].rstrip()
    if not begin:
        return replace(block, text=text, marks=marks)
    line = block.line_at(begin)
    return replace(block, kind=Kind.TEXT, text=text, line=line, level=0, number="", gap=False, marks=marks)
