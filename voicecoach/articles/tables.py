"""Tables of a page: rows with their heads where they hold facts, plain blocks where they only lay out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.articles.block import Block, Kind

_LONGEST_CELL = 700
_MOST_COLUMNS = 12
_LONGEST_HEAD = 25
_LEAST_HEADS = 3


@dataclass(slots=True)
class Table:
    """The cells of a table as its tags come; `nested` where another table stands inside."""

    nested: bool = False
    _before: list[Block] = field(default_factory=list)
    _rows: list[list[list[Block]]] = field(default_factory=list)
    _heads: list[bool] = field(default_factory=list)

    def start(self, name: str) -> None:
        """Begin a row (`tr`) or a cell (`td`, `th`)."""
        if name == "tr" or not self._rows:
            self._rows.append([])
            self._heads.append(True)
        if name != "tr":
            self._rows[-1].append([])
            self._heads[-1] = self._heads[-1] and name == "th"

    def add(self, block: Block) -> None:
        """Put a block into the cell that is open, or before the table where none is."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(block)
        else:
            self._before.append(block)

    def blocks(self) -> Iterator[Block]:
        """Yield the rows of a table of facts, or the blocks of a table that only lays out a page."""
        yield from self._before
        rows = [row for row in self._rows if any(row)]
        if not self._states_facts(rows):
            yield from (block for row in rows for cell in row for block in cell)
            return
        cells = [[" ".join(block.text for block in cell) for cell in row] for row in rows]
        heads: Sequence[str] = ()
        if len(rows) > 1 and (self._first_is_head() or _looks_like_heads(cells)):
            heads, rows, cells = cells[0], rows[1:], cells[1:]
        for row, texts in zip(rows, cells, strict=True):
            first = next(block for cell in row for block in cell)
            yield row_block(texts, heads, first.line, first.noise)

    def _first_is_head(self) -> bool:
        return next((head for row, head in zip(self._rows, self._heads, strict=True) if any(row)), False)

    def _states_facts(self, rows: list[list[list[Block]]]) -> bool:
        widths = [len(row) for row in rows]
        if self.nested or not rows or not 1 < max(widths) <= _MOST_COLUMNS:
            return False
        if any(block.kind is Kind.HEADING for row in rows for cell in row for block in cell[1:]):
            return False
        return all(sum(len(block.text) for block in cell) <= _LONGEST_CELL for row in rows for cell in row)


def row_block(cells: Sequence[str], heads: Sequence[str], line: int, noise: str = "") -> Block:
    """Return a row of a table, its text the cells in order."""
    text = " | ".join(each for each in cells if each)
    row = Block(Kind.ROW, text, line, cells=tuple(cells), heads=tuple(heads))
    return replace(row, noise=noise) if noise else row


def _looks_like_heads(cells: list[list[str]]) -> bool:
    """Tell a first row of short words without numbers above a row that is longer or has numbers."""
    first, rest = cells[0], cells[1:]
    short = all(0 < len(each) <= _LONGEST_HEAD and not any(c.isdigit() for c in each) for each in first)
    return len(first) >= _LEAST_HEADS and short and any(any(c.isdigit() for c in "".join(row)) for row in rest)
