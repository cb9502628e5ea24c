"""The error family: each error keeps its facts and composes its one sentence from them, with a hint."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from copyreg import __newobj__  # type: ignore[attr-defined]
from typing import ClassVar, NamedTuple

# What steers a terminal by more than one character (ECMA-48, 5.4 and 8.3): it goes as a whole.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]"  # CSI: parameters, and the letter that ends them
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4000}(?:\x07|\x1b\\|\x9c)"  # OSC
)


class VoicecoachError(Exception):
    """Something a person can act on: `what` is wrong, and a `hint` at what to do.

    `exit_code` is what the command line ends with when nobody catches it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(f"{what}; {hint}" if hint else what)
        self.what = what
        self.hint = hint

    def __reduce__(self) -> "tuple[object, ...]":
        """Let an error come whole out of another process, whatever it was made of."""
        # Not by its __init__, which takes other facts in each kind.
        return __newobj__, (type(self), *self.args), self.__dict__


class UsageError(VoicecoachError):
    """A flag that is wrong, contradicts another, or names something that cannot be written."""

    exit_code: ClassVar[int] = 2


class NothingFoundError(VoicecoachError):
    """Nothing to do: a page without exercises."""

    exit_code: ClassVar[int] = 3


class UnknownNameError(VoicecoachError):
    """A name that is not among the `known` ones; `near` holds those that look like it."""

    def __init__(self, kind: str, name: str, known: Iterable[str], hint: str = "") -> None:
        self.kind, self.name = kind, name
        self.near = near_matches(name, known)
        super().__init__(f'there is no {kind} "{plain(name)}"', did_you_mean(self.near) or hint)


class FileError(VoicecoachError):
    """A file or folder that cannot be read or written."""

    def __init__(self, path: object, what: str, hint: str = "") -> None:
        self.path = str(path)
        super().__init__(f"{plain(self.path)}: {what}", hint)


class Problem(NamedTuple):
    """One thing wrong in a file, at a line and column that count from 1 (0: the file as a whole)."""

    line: int
    column: int
    what: str
    hint: str = ""

    def describe(self, source: str) -> str:
        """Return `source:line:column: what; hint`, as compilers print it and editors follow it."""
        named = plain(source)
        place = f"{named}:{self.line}:{self.column}" if self.line else named
        return f"{place}: {self.what}; {self.hint}" if self.hint else f"{place}: {self.what}"


class FaultsError(VoicecoachError):
    """A file with faults: each one a line of its own, which names its place."""


class ProgramError(FaultsError):
    """A program file with problems: all of them, in the order of their lines."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source = source
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(problem.describe(source) for problem in self.problems))


class EngineError(VoicecoachError):
    """A speech engine that is missing, refuses, crashed or hangs."""


class ClipChangedError(EngineError):
    """A clip that was made anew and is not as long as it was said to be; its length is known now."""

    def __init__(self, words: str) -> None:
        super().__init__(f'"{plain(words)}" does not last as long as when it was measured', "start again")


class RemoteError(VoicecoachError):
    """A live session that cannot be steered."""


class NoSessionError(RemoteError):
    """There is no live session to steer."""


class SessionRunningError(RemoteError):
    """Another session is playing already: two would talk over each other."""


class DeviceError(VoicecoachError):
    """An audio device that is missing or failed."""


def plain(text: str) -> str:
    """Return `text` with white space folded and every invisible character left out.

    Control, bidirectional, zero-width, private and lone surrogate characters (Unicode category C) steer a
    terminal or an engine instead of being read; none of them is ever part of words from a file.
    A sequence that steers goes as a whole.
    """
    if not text.isprintable():
        text = _SEQUENCE.sub("", text)
        text = "".join(each for each in text if each.isspace() or unicodedata.category(each)[0] != "C")
    return " ".join(text.split())


def near_matches(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three of `known` that look like `name`, best first, whatever the case."""
    by_lower = {each.lower(): each for each in known}
    # Two letters are as like to most short names; and "cobra" (0.62) is no slip of "core-day".
    close = difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.65) if len(name) > 2 else []  # noqa: PLR2004
    inside = [lower for lower in sorted(by_lower) if len(name) > 1 and name.lower() in lower]
    return tuple(by_lower[lower] for lower in dict.fromkeys([*close, *inside]))[:3]


def did_you_mean(near: tuple[str, ...]) -> str:
    """Return the question that offers near matches, or nothing where there are none."""
    return f"did you mean {' or '.join(map(plain, near))}?" if near else ""


def misspelt(what: str, word: str, known: Iterable[str], hint: str = "") -> UsageError:
    """Return the error about a word that is none of the `known` ones: it asks for a near one, else tells them all."""
    return UsageError(what, did_you_mean(near_matches(word, known)) or hint or f"write {', '.join(known)}")
