"""The form of a page's titles, by which a line that might be an instruction is told to be one of them."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicecoach.articles.bare import is_bare_dose
from voicecoach.articles.block import Block, Kind, sentences
from voicecoach.articles.language import Language
from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.said import stated_in
from voicecoach.articles.sections import PARTS
from voicecoach.articles.title import in_upper_case, is_title
from voicecoach.articles.wordlists import fold

WORDS_ALIKE = 3
"""Words of a title that is told by its form alone."""
_WORDS = 6
_SIBLINGS = 2
"""Titles of its form that a line needs beside it where an empty line parts it from what it stands over."""
_SHORT = 60
_OPENING = 400


class Forms:
    """Learns the form of the titles of one page, and tells a line that has it."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._lexicon, self._language = lexicon, language
        self._known: Counter[tuple[bool, ...]] = Counter()

    def learn(self, blocks: Sequence[Block]) -> None:
        """Count the titles of each form that stand over a movement."""
        self._known.update(
            _form(block, following)
            for block, following in itertools.pairwise(blocks)
            if self._stands_over(block, following) and self._titled(block.text, words=_WORDS)
        )

    def counted_off(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """Yield the blocks, a line that only counts ("Exercise 1 of 5") as the number of the title below."""
        number = ""
        for block, following in itertools.zip_longest(blocks, blocks[1:]):
            kept = replace(block, number=number) if number else block
            counted = self._lexicon.ordinal.fullmatch(fold(block.text[:_SHORT])) if not number else None
            number = ""
            if counted and block.kind is Kind.TEXT and following and self._is_counted(following):
                number = counted[1]
            else:
                yield kept

    def _is_counted(self, block: Block) -> bool:
        return self._lexicon.label(block.text) is None and self._titled(block.text, marked=True)

    def is_alike(self, block: Block, following: Block | None) -> bool:
        """Return whether a line that might be an instruction, or a rest, has the form of the titles."""
        if not (following and block.gap and self._stands_over(block, following)):
            return False
        label = self._lexicon.label(block.text)
        if label and label.role in PARTS and not (label.role == "rest" and self._lexicon.leads(following.text)):
            return False
        least = _SIBLINGS if following.gap else 1
        return self._known[_form(block, following)] >= least and self._titled(
            block.text, words=WORDS_ALIKE, marked=True
        )

    def _stands_over(self, block: Block, following: Block) -> bool:
        """Return whether a line has a paragraph below it that begins with a movement."""
        plain = block.kind is following.kind is Kind.TEXT and not block.lead
        opening = first_sentence(following.text) if plain else ""
        ends = following.text.endswith((".", "!", ")"))
        return ends and self._lexicon.instructs(opening) and not self._bare(opening)

    def _titled(self, text: str, *, words: int = 10, marked: bool = False) -> bool:
        return is_title(text, self._lexicon, self._language, words=words, marked=marked)

    def _bare(self, sentence: str) -> bool:
        return is_bare_dose(sentence, stated_in(sentence, self._language.tag), self._lexicon)


def first_sentence(text: str) -> str:
    """Return the sentence that a text opens with, "" where there is none."""
    return next((each for _, each in sentences(text[:_OPENING])), "")


def _form(block: Block, following: Block) -> tuple[bool, ...]:
    """Return how a line stands out: empty lines before and behind it, and capitals."""
    return block.gap, following.gap, in_upper_case(block.text)
