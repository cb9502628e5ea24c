"""A YAML document as a tree of plain values that know their line and column.

Only the parser's events are read: nothing is built from a tag, an alias shares its value instead of copying
it, and depth and number of values are bounded before anything is made of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from math import isfinite
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as kinds
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from voicecoach.errors import Problem, plain
from voicecoach.program.fields import LONGEST_FILE, LONGEST_TEXT

# What is kept of a text that is too long: less than any other limit, so that it is one problem.
_STUMP = 100
_DEEPEST = 12
_MOST_VALUES = 50_000

Scalar = str | float | bool | None


# The core schema of YAML 1.2 (chapter 10.3.2), in which `no` is a word and `1:30` is not 90. A number that is beyond
# all numbers stays as it was written, so that it is cited so.
_UNQUOTED: tuple[tuple[re.Pattern[str], Callable[[str], Scalar]], ...] = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
     lambda text: float(text) if isfinite(float(text)) else text),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), lambda text: float(text.replace(".", ""))),
)  # fmt: skip

_OPEN_QUOTE = r"unexpected end of stream|unexpected document separator"
# (what the parser says, what is wrong, what to do).
_WORDS = (
    (r"character '\\t'", "a tab", "indent with spaces"),
    (r"cannot start any token", "a text that cannot begin with this character", "put it in quotes"),
    (r"mapping values are not allowed", "a colon that cannot stand here", 'put a text with ": " in quotes'),
    (_OPEN_QUOTE, "a quote that is never closed", "close it on the same line"),
    (r"could not find expected ':'", "a line that is no field", "write it as `name: value`"),
    (r"escape", "an escape that YAML does not know", "use single quotes, or double the backslash"),
    (r"expected ',' or", "a bracket that is never closed", "close it, or put the text in quotes"),
    (r"expected <block end>", "a line or word that does not fit what stands before it",
     "line up the fields of one item, and put a text that holds quotes or brackets in quotes"),
)  # fmt: skip


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """A file that cannot be read on; its argument is the problem."""


@dataclass(slots=True)
class Node:
    """A `value` of dicts, lists and scalars, its place (from 1), and the nodes in it by key or index.

    `keys` holds the place of each field's name.
    """

    value: Any
    line: int
    column: int
    parts: dict[str | int, "Node"] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def at(self, *path: str | int) -> "Node":
        """Return the node at the end of `path`, or the last one on the way that exists."""
        node = self
        for step in path:
            if step not in node.parts:
                break
            node = node.parts[step]
        return node


def read_tree(text: str) -> tuple[Node | None, list[Problem]]:
    """Return the tree of the one document in `text`, or None where it cannot be read, and all problems."""
    reading = _Reading(_events(text))
    try:
        root = reading.document()
    except _Refused as refused:
        return None, [*reading.problems, refused.args[0]]
    if root is None or root.value is None:
        return None, [*reading.problems, Problem(0, 0, "the file is empty", "give it a title and exercises")]
    return root, reading.problems


def unquoted(text: str) -> Scalar:
    """Return what an unquoted `text` is in YAML: nothing, a truth value, a number, else the text itself."""
    return next((read(text) for pattern, read in _UNQUOTED if pattern.fullmatch(text)), text)


class _Reading:
    """The events still to come, and what is known of those before; raises _Refused where no sense can be made.

    An event is `Any`: the parser's events carry untyped attributes.
    """

    def __init__(self, coming: Iterator[kinds.Event]) -> None:
        self._events = coming
        self.problems: list[Problem] = []
        self._anchors: dict[str, Node] = {}
        self._values = 0

    def document(self) -> Node | None:
        """Return the value of the one document, None where there is none."""
        root = None
        for event in self._events:
            if isinstance(event, kinds.DocumentStartEvent) and root:
                raise _Refused(Problem(*_place(event), "a second document begins here", "keep one program in a file"))
            if isinstance(event, kinds.NodeEvent):
                root = self._node(event, 0)
        return root

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401
        """Return the value that begins with `event`, inside `depth` others."""
        self._bound(event, depth)
        match event:
            case kinds.AliasEvent():
                if event.anchor in self._anchors:
                    return self._anchors[event.anchor]
                what = f"*{plain(event.anchor)} stands for nothing before it"
                raise _Refused(Problem(*_place(event), what, "put a text that begins with an asterisk in quotes"))
            case kinds.ScalarEvent():
                node = Node(self._scalar(event), *_place(event))
            case kinds.MappingStartEvent():
                node = self._mapping(event, depth)
            case _:
                node = Node([], *_place(event))
                for item in self._until_end():
                    node.parts[len(node.value)] = each = self._node(item, depth + 1)
                    node.value.append(each.value)
        # Only now: an anchor inside its own value would make an endless one.
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _until_end(self) -> Iterator[kinds.Event]:
        """Yield the first event of each value of the open list or mapping."""
        return takewhile(lambda event: not isinstance(event, kinds.CollectionEndEvent), self._events)

    def _bound(self, event: Any, depth: int) -> None:  # noqa: ANN401
        self._values += 1
        if self._values > _MOST_VALUES:
            raise _Refused(Problem(*_place(event), f"over {_MOST_VALUES:,} values", "split it into several programs"))
        if depth > _DEEPEST:
            hint = "put a text with brackets in quotes"
            raise _Refused(Problem(*_place(event), "brackets or lists nested too deep", hint))
        if getattr(event, "tag", None):
            what = f"the tag {plain(str(event.tag))}"
            self.problems.append(Problem(*_place(event), what, "write the value without a tag"))

    def _scalar(self, event: Any) -> Scalar:  # noqa: ANN401
        value = unquoted(event.value) if event.implicit[0] else event.value
        if not isinstance(value, str):
            return value
        value = plain(value)
        if len(value) <= LONGEST_TEXT:
            return value
        what = f"a text of {len(value):,} characters"
        self.problems.append(Problem(*_place(event), what, f"write at most {LONGEST_TEXT:,}"))
        return value[:_STUMP]

    def _mapping(self, event: Any, depth: int) -> Node:  # noqa: ANN401
        node = Node({}, *_place(event))
        for name in self._until_end():
            key = self._key(name, node, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if key not in node.parts:
                node.parts[key] = value
                node.value[key] = value.value
        return node

    def _key(self, event: Any, mapping: Node, depth: int) -> str:  # noqa: ANN401
        if not isinstance(event, kinds.ScalarEvent):
            # Read to its end first: what is no YAML inside it is the nearer problem.
            self._node(event, depth)
            if isinstance(event, kinds.AliasEvent):
                raise _Refused(Problem(*_place(event), "an alias in the place of a field's name", "write the name"))
            hint = "put a text that begins with a bracket in quotes"
            raise _Refused(Problem(*_place(event), "a list or mapping in the place of a name", hint))
        self._bound(event, depth)
        key = plain(event.value)
        if key in mapping.keys:
            what = f"{key} stands here again, after line {mapping.keys[key][0]}"
            self.problems.append(Problem(*_place(event), what, "keep one of the two"))
        else:
            mapping.keys[key] = _place(event)
        return key


def _place(event: Any) -> tuple[int, int]:  # noqa: ANN401
    return event.start_mark.line + 1, event.start_mark.column + 1


def _events(text: str) -> Iterator[kinds.Event]:
    """Yield the events of `text` one by one; raises _Refused at the first place that is no YAML."""
    if len(text) > LONGEST_FILE:
        raise _Refused(Problem(0, 0, "the file has over a million characters", "split it into several programs"))
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise _Refused(_worded(error)) from None
    except ReaderError as error:
        before, what = text[: error.position], f"an invisible character, U+{ord(text[error.position]):04X}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise _Refused(Problem(line, column, what, "delete it")) from None
    except (ValueError, OverflowError, AssertionError):
        # Corners where the parser fails without a place, as at the escape "\UFFFFFFFF".
        what = "the file is not YAML"
        raise _Refused(Problem(0, 0, what, "look for a backslash or a % where none belongs")) from None


def _worded(error: MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    begun_at = error.context_mark if re.search(_OPEN_QUOTE, said) else None
    mark = begun_at or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    for pattern, what, hint in _WORDS:
        if re.search(pattern, said):
            return Problem(line, column, what, hint)
    what = f"this is not YAML, {plain(error.problem or said)}"
    return Problem(line, column, what, "put a text with unusual characters in quotes")
