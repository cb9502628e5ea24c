"""YAML text to the parser's events, and what is wrong where it is no YAML, in plain words."""

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import Event
from ruamel.yaml.reader import ReaderError

from voicecoach.errors import Problem, plain
from voicecoach.program.fields import LONGEST_FILE

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


class Refused(Exception):  # noqa: N818 - it carries a problem, and never leaves this package
    """A file that cannot be read on, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def events(text: str) -> Iterator[Event]:
    """Yield the events of `text` one by one; raises Refused at the first place that is no YAML."""
    if len(text) > LONGEST_FILE:
        raise Refused(Problem(0, 0, "the file has over a million characters", "split it into several programs"))
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise Refused(_worded(error)) from None
    except ReaderError as error:
        before, what = text[: error.position], f"an invisible character, U+{ord(text[error.position]):04X}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise Refused(Problem(line, column, what, "delete it")) from None
    except (ValueError, OverflowError, AssertionError):
        # Corners where the parser fails without a place, as at the escape "\UFFFFFFFF".
        what = "the file is not YAML"
        raise Refused(Problem(0, 0, what, "look for a backslash or a % where none belongs")) from None


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
