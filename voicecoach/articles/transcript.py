"""Talks that are written down with the time beside each line: the times are taken off, the lines joined."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voicecoach.articles.block import Block, Kind

_CLOCK = r"\d{1,2}(?::[0-5]\d){1,2}(?:[.,]\d{1,3})?"
_TIME = re.compile(
    rf"(?P<open>[\[(])?(?P<time>{_CLOCK})(?:\s*(?:-+>|[-\u2013])\s*{_CLOCK})?(?(open)[\])])(?:\s*[-\u2013:]\s+|\s+|$)"
)
_LEAST_BARE = 3
_LONGEST = 10_000
_AND = " • "
"""What stands between the lines of a talk, as they have no full stops: `sentences` cuts there."""


def without_times(blocks: Sequence[Block]) -> list[Block]:
    """Return a page's blocks, those that begin with the time of a talk without it, and joined.

    A time is one where it stands in square brackets or leads to another, or where at least three of them
    rise from line to line: "0:30" under a title is a dose. Lines below a time that stands alone are lines of
    the talk, and a number above one only counts.
    """
    times = [_time(block) for block in blocks]
    if not _run(times):
        return list(blocks)
    return list(itertools.chain.from_iterable(_joined(each) for each in _runs(blocks, times)))


def begins_with_time(line: str) -> bool:
    """Return whether a line begins with what may be the time of a talk."""
    return bool(_TIME.match(line))


def _time(block: Block) -> re.Match[str] | None:
    return _TIME.match(block.text) if block.kind in {Kind.TEXT, Kind.ITEM} and not block.number else None


def _run(times: Iterable[re.Match[str] | None]) -> bool:
    found = [each for each in times if each]
    if any(each["open"] == "[" or "->" in each[0] for each in found):
        return True
    at = [[int(part) for part in re.split(r"[.,]", each["time"])[0].split(":")] for each in found]
    seconds = [sum(part * 60**n for n, part in enumerate(reversed(each))) for each in at]
    return len(found) >= _LEAST_BARE and all(one < other for one, other in itertools.pairwise(seconds))


def _runs(blocks: Sequence[Block], times: Sequence[re.Match[str] | None]) -> Iterator[list[Block]]:
    """Yield the lines of a talk that stand together, without their times, and each other block alone."""
    run: list[Block] = []
    gapped = any(block.gap for block in blocks[1:])
    below = False
    for block, time, after in zip(blocks, times, [*times[1:], None], strict=True):
        alone = time is not None and time.end() == len(block.text)
        counts = block.text.isdigit() and after is not None and not time
        if time or (below and block.kind is Kind.TEXT and not counts):
            run += [] if alone else [_cut(block, time.end() if time else 0)]
        elif not counts:
            yield run
            yield [block]
            run = []
        if sum(len(each.text) for each in run) > _LONGEST:
            yield run
            run = []
        # What stands below a time goes on to the next empty line, or for one line where none is empty.
        below = alone or (below and gapped and not counts)
    yield run


def _cut(block: Block, begin: int) -> Block:
    marks = tuple((max(0, at - begin), line) for at, line in block.marks)
    return replace(block, kind=Kind.TEXT, level=0, text=block.text[begin:], lead=0, marks=marks)


def _joined(run: list[Block]) -> Iterator[Block]:
    if len(run) < 2:  # noqa: PLR2004 - a line between titles stays as it is
        yield from run
        return
    marks, length = [], 0
    for block in run:
        marks += [(length, block.line), *((length + at, line) for at, line in block.marks if at)]
        length += len(block.text) + len(_AND)
    yield replace(run[0], text=_AND.join(block.text for block in run), marks=tuple(marks))
