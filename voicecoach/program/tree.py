"""A YAML document as a tree of plain values that know their line and column.

Only the parser's events are read: nothing is built from a tag, an alias shares its value instead of copying
it, and depth and number of values are bounded before anything is made of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from ruamel.yaml import events as kinds

from voicecoach.errors import Problem, plain
from voicecoach.program.fields import LONGEST_TEXT
from voicecoach.program.syntax import Refused, events

_STUMP = 100
"""What is kept of a text that is too long: less than any other limit, so that it is one problem."""
_DEEPEST = 12
_MOST_VALUES = 50_000

Scalar = str | float | bool | None


def _number(text: str) -> float | str:
    """Return a number; one that is beyond all numbers stays as it was written, so that it is cited so."""
    return float(text) if isfinite(float(text)) else text


_UNQUOTED: tuple[tuple[re.Pattern[str], Callable[[str], Scalar]], ...] = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]{1,18}"), int),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), _number),
    (re.compile(r"[-+]?\.(inf|Inf|INF)"), lambda text: float(text.replace(".", ""))),
    (re.compile(r"\.(nan|NaN|NAN)"), lambda _: float("nan")),
)
"""The core schema of YAML 1.2 (chapter 10.3.2), in which `no` is a word and `1:30` is not 90."""


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


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come; `key` is the name that waits for its value."""

    node: Node
    anchor: str | None
    key: str | None = None

    @property
    def wants_key(self) -> bool:
        return isinstance(self.node.value, dict) and self.key is None


def read_tree(text: str) -> tuple[Node | None, list[Problem]]:
    """Return the tree of the one document in `text`, or None where it cannot be read, and all problems."""
    growth = _Growth()
    try:
        for event in events(text):
            growth.take(event)
    except Refused as refused:
        return None, [*growth.problems, refused.problem]
    if growth.root is None or growth.root.value is None:
        return None, [*growth.problems, Problem(0, 0, "the file is empty", "give it a title and exercises")]
    return growth.root, growth.problems


def unquoted(text: str) -> Scalar:
    """Return what an unquoted `text` is in YAML: nothing, a truth value, a number, else the text itself."""
    return next((read(text) for pattern, read in _UNQUOTED if pattern.fullmatch(text)), text)


class _Growth:
    """The tree as far as its events have come."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._values = 0

    def take(self, event: kinds.Event) -> None:
        """Grow by one event; raises Refused where no sense can be made of what follows."""
        match event:
            case kinds.ScalarEvent() | kinds.AliasEvent() | kinds.CollectionStartEvent():
                self._begin(event)
            case kinds.CollectionEndEvent():
                done = self._open.pop()
                self._place(done.node, done.anchor)
            case kinds.DocumentStartEvent() if self.root:
                raise Refused(_problem(event, "a second document begins here", "keep one program in a file"))

    def _begin(self, event: Any) -> None:  # noqa: ANN401 - the parser's events carry untyped attributes
        self._bound(event)
        if isinstance(event, kinds.AliasEvent):
            self._alias(event)
        elif isinstance(event, kinds.ScalarEvent):
            self._scalar(event)
        else:
            value: Any = {} if isinstance(event, kinds.MappingStartEvent) else []
            self._open.append(_Open(_node(event, value), event.anchor))

    def _bound(self, event: Any) -> None:  # noqa: ANN401 - as above
        self._values += 1
        if self._values > _MOST_VALUES:
            raise Refused(_problem(event, f"over {_MOST_VALUES:,} values", "split it into several programs"))
        if len(self._open) > _DEEPEST:
            raise Refused(
                _problem(event, "brackets or lists nested too deep", "put a text with brackets in quotes")
            )
        if getattr(event, "tag", None):
            self.problems.append(
                _problem(event, f"the tag {plain(str(event.tag))}", "write the value without a tag")
            )

    def _alias(self, event: Any) -> None:  # noqa: ANN401 - as above
        node = self._anchors.get(event.anchor)
        if node is None:
            hint = "put a text that begins with an asterisk in quotes"
            raise Refused(_problem(event, f"*{plain(event.anchor)} stands for nothing before it", hint))
        if self._open and self._open[-1].wants_key:
            raise Refused(_problem(event, "an alias in the place of a field's name", "write the name"))
        self._place(node, None)

    def _scalar(self, event: Any) -> None:  # noqa: ANN401 - as above
        if self._open and self._open[-1].wants_key:
            self._name(event)
            return
        value = unquoted(event.value) if event.implicit[0] else event.value
        if isinstance(value, str):
            value = plain(value)
            if len(value) > LONGEST_TEXT:
                what = f"a text of {len(value):,} characters"
                self.problems.append(_problem(event, what, f"write at most {LONGEST_TEXT:,}"))
                value = value[:_STUMP]
        self._place(_node(event, value), event.anchor)

    def _name(self, event: Any) -> None:  # noqa: ANN401 - as above
        mapping, key = self._open[-1].node, plain(event.value)
        if key in mapping.keys:
            first, _ = mapping.keys[key]
            what = f"{key} stands here again, after line {first}"
            self.problems.append(_problem(event, what, "keep one of the two"))
        else:
            mapping.keys[key] = (event.start_mark.line + 1, event.start_mark.column + 1)
        self._open[-1].key = key

    def _place(self, node: Node, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        inside = self._open[-1]
        if inside.wants_key:
            hint = "put a text that begins with a bracket in quotes"
            raise Refused(Problem(node.line, node.column, "a list or mapping in the place of a name", hint))
        whole = inside.node
        if inside.key is None:
            whole.parts[len(whole.value)] = node
            whole.value.append(node.value)
        elif inside.key not in whole.parts:
            whole.parts[inside.key] = node
            whole.value[inside.key] = node.value
        inside.key = None


def _node(event: Any, value: object) -> Node:  # noqa: ANN401 - as above
    return Node(value, event.start_mark.line + 1, event.start_mark.column + 1)


def _problem(event: Any, what: str, hint: str) -> Problem:  # noqa: ANN401 - as above
    return Problem(event.start_mark.line + 1, event.start_mark.column + 1, what, hint)
