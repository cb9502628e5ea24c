"""Whether a text is written as a program, so that it is checked as one and not read as a page.

A program has a title and exercises, and an exercise has a name with steps, or names one of the library. Pages have
titles and lists as well, in front matter and in JSON, so a title and a list alone tell nothing. A program with a
mistake is to be told as a program, with its line and column: any one of these may be missing or damaged.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from voicecoach.program.fields import DOSE, EXERCISE, LONGEST_FILE, PROGRAM

# Lines that are looked at: as many as a program can use, and what keeps a hostile page from costing more.
_MOST_LINES = 20_000
# A line that is neither blank nor a comment: its indentation and its words.
_LINE = re.compile(r"^([ \t]*+)([^\s#][^\n]*+)", re.MULTILINE)
_ENDS_NAME = r"[\"']?[ \t]*+:(?=[\s\[{\"']|$)"
# A field's name, at the top of a program even without its colon.
_NAME = re.compile(rf"[\"']?([^\s:\"'\[{{][^:\"']{{0,30}}?){_ENDS_NAME}|(title)\b|(exercises)$")
_OF_AN_EXERCISE = re.compile(rf"(?:(?:-[ \t]++)*+|[^\"']*?[{{,][ \t]*+)[\"']?(?:steps|use){_ENDS_NAME}")
_ITEM = re.compile(r"-(?:[ \t]|$)|[\]}%]")
_MARKS = ("---", "...")
# What a text in brackets is made of, where it matters: texts, brackets, marks, words, comments.
_PIECE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|[\[{\]}:,\"']|[A-Za-z][\w'-]*+|#[^\n]*+", re.DOTALL)
_CLOSES = {"]": "[", "}": "{"}
# What only a program holds, wherever its brackets are damaged; of the last three it takes two.
_SOMEWHERE = re.compile(
    r"(?<![\w-])(exercises|steps)[\"']?\s*+:\s*+\[|[{,]\s*+[\"']?(use|title|language|intro)[\"']?\s*+:"
)
_TAKE_TWO = {"title", "language", "intro"}
_ALIKE = 0.8
_LEAST_OF_ONE = 3


@dataclass(slots=True)
class _Sketch:
    """What stands at the top of a text: its names, those of lists among them, and lines that fit nowhere.

    `exercise` tells whether an exercise of a program stands in it.
    """

    names: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    exercise: bool = False
    prose: int = 0
    front_matter: bool = False

    def is_program(self) -> bool:
        """Return whether this has what a program must have, but for a mistake."""
        titled, exercises = "title" in self.names, "exercises" in self.names
        if self.front_matter:
            return titled and exercises and self.exercise
        # Front matter of other kinds lists exercises too, among fields of its own and without steps.
        listed = exercises or any(_is_like("exercises", each) for each in self.lists)
        if (listed and (titled or self.exercise)) or self._is_of(PROGRAM, 1):
            return True
        return {"name", "steps"} <= self.names or self._is_of({"use", *EXERCISE, *DOSE}, _LEAST_OF_ONE)

    def _is_of(self, fields: Iterable[str], least: int) -> bool:
        """Return whether at least so many names are among the fields, and nothing else but for a mistake.

        A field's name that a line end breaks in two is one mistake, and two things that are no field.
        """
        known = self.names & set(fields)
        other = sum(not any(_is_like(each, name) for each in fields) for name in self.names - known)
        listless = "exercises" in self.names - self.lists
        return len(known) >= least and other + self.prose + listless <= 1 + (self.exercise or len(known) > 1)


def is_program(text: str) -> bool:
    """Return whether a text is written as a program, with or without a mistake, and is no page.

    It may be block YAML, YAML in brackets, or JSON. The first million characters decide, in one pass.
    """
    text = text[:LONGEST_FILE].removeprefix("\ufeff")
    first = next((each for each in _LINE.finditer(text) if each[2].rstrip() not in _MARKS), None)
    if first is None:
        return False
    if first[2][0] not in "[{":
        return _sketch(text).is_program()
    text = text[first.start(2) :]
    sketch, sound = _sketch_of_brackets(text)
    if text[0] == "[":
        return sketch.exercise
    if sound or sketch.is_program():
        return sketch.is_program()
    # Damaged brackets leave the words in them to tell.
    found = {each[1] or each[2] for each in _SOMEWHERE.finditer(text)}
    return bool(found - _TAKE_TWO) or len(found) > 1


def _sketch(text: str) -> _Sketch:
    """Return what stands at the top of block YAML, up to the end of the first document."""
    sketch, top, opened = _Sketch(), -1, False
    for line in islice(_LINE.finditer(text), _MOST_LINES):
        indent, words = len(line[1]), line[2].rstrip()
        if words in _MARKS and not indent:
            opened = opened or top < 0
            if top >= 0:
                # What a mark opens and closes, above another text, is the front matter of a page.
                sketch.front_matter = opened and _LINE.search(text, line.end()) is not None
                break
            continue
        is_top = indent <= (top := indent if top < 0 else top)
        sketch.exercise = sketch.exercise or ((not is_top or words[0] in "-e") and bool(_OF_AN_EXERCISE.match(words)))
        if is_top and not _ITEM.match(words):
            if named := _NAME.match(words):
                name = named[1] or named[2] or named[3]
                sketch.names.add(name)
                if words[named.end() :].strip()[:1] in {"", "[", "#"}:
                    sketch.lists.add(name)
            else:
                sketch.prose += 1
    return sketch


def _sketch_of_brackets(text: str) -> tuple[_Sketch, bool]:
    """Return what stands in the outermost brackets, and whether all of them close and nothing follows."""
    sketch, name, opened, sound = _Sketch(), "", list[str](), True
    depth_of_exercise = 3 if text[0] == "{" else 2
    for piece in _PIECE.finditer(text):
        words = piece[0]
        if words in _CLOSES:
            sound = sound and opened.pop() == _CLOSES[words]
            if not opened:
                sound = sound and not _LINE.search(text, piece.end())
                break
        elif words in {"[", "{"}:
            opened.append(words)
        elif words == ":" and name:
            sketch.exercise |= name in {"steps", "use"} and len(opened) == depth_of_exercise
            if len(opened) == 1:
                sketch.names.add(name)
                if text[piece.end() : piece.end() + 9].lstrip()[:1] == "[":
                    sketch.lists.add(name)
        elif words in {'"', "'"}:
            # Nothing closes it. To look for its end once more at each quote below would take hours.
            sound = False
            break
        name = words.strip("\"'")
    else:
        sound = False
    return sketch, sound


def _is_like(name: str, other: str) -> bool:
    """Return whether a word is a name or a slip of it; words with a capital begin the lines of pages."""
    if other == name:
        return True
    near = other.islower() and abs(len(other) - len(name)) <= len(name) // 2
    return near and difflib.SequenceMatcher(None, name, other).ratio() >= _ALIKE
