"""What an outline is made of: lines under one label each, in sections under their titles."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from voicecoach.articles.block import Block, Kind
from voicecoach.articles.title import Title

PARTS = frozenset({"how", "start", "hold", "duration", "reps", "sets", "dose", "rest", "tempo", "sides",
                   "frequency", "breath", "caution", "mistake", "tip", "equipment", "benefit",
                   "variation"})  # fmt: skip
"""Roles of lines that belong to the exercise above them."""


@dataclass(slots=True)
class Line:
    """A stretch of a block under one label: its `role` ("" for prose), its `start`, the label."""

    text: str
    block: Block
    start: int = 0
    role: str = ""
    label: str = ""

    @property
    def item(self) -> bool:
        """Whether it is one point of a list."""
        return self.block.kind is Kind.ITEM

    def line_at(self, offset: int) -> int:
        """Return the source line of the word at `offset` of the text."""
        return self.block.line_at(self.start + offset)


@dataclass(slots=True)
class Section:
    """A title and all under it.

    `role` is a label's where the title is one, else ""; the page itself has a rank of 0, lower ranks
    (greater numbers) stand under higher ones.
    """

    title: Title
    block: Block
    rank: int
    role: str = ""
    lines: list[Line] = field(default_factory=list)
    parts: list["Section"] = field(default_factory=list)


def flattened(part: Section) -> Iterator[Line]:
    """Yield all lines under a part, with its role; what stands under a titled mistake mends it, as a tip."""
    for line in part.lines:
        yield replace(line, role=line.role or part.role, label=line.label or part.title.name)
    for inner in part.parts:
        if inner.role == "noise":
            continue
        lines = list(flattened(replace(inner, role=part.role)))
        if part.role in {"caution", "mistake", "tip"}:
            yield Line(inner.title.name, inner.block, 0, part.role)
        yield from (replace(line, role="tip") if line.role == "mistake" else line for line in lines)
