"""Programs that are not of the library: a file, a page, or standard input."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from voicecoach import library
from voicecoach.cli.source_names import ARTICLES, STDIN, STDIN_NAME
from voicecoach.errors import UnknownNameError, VoicecoachError, plain
from voicecoach.fetch import is_address
from voicecoach.files import decode_text, read_text
from voicecoach.model import Override, Program
from voicecoach.program.parse import parse_program
from voicecoach.units import Range

MOST_BYTES = 1_000_000


def read_program(
    name: str,
    known: Iterable[str],
    tell: Callable[[str], None],
    doses: tuple[Override, ...],
    *,
    heard: bool,
) -> Program:
    """Return the program of a file, a page or standard input, as `sessions.load` has it.

    `known` are the sessions that a name may be a misspelling of.
    """
    if name == STDIN:
        from voicecoach.cli.pages import is_program

        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        text = raw.decode("utf-8", "replace")
        if is_program(text) or not text.strip() or len(raw) > MOST_BYTES:
            return parse_program(decode_text(raw, STDIN_NAME, MOST_BYTES), STDIN_NAME, library.exercises())
        return _of_page(raw, tell, doses, heard=heard)
    if is_address(name) or Path(name).suffix.lower() in ARTICLES:
        return _of_page(name, tell, doses, heard=heard)
    if name.strip() and _looks_like_file(name):
        return parse_program(read_text(name), name, library.exercises())
    raise UnknownNameError(
        "session", name, known, "`voicecoach list` shows the library; a file ends in .yaml"
    )


def _of_page(
    page: str | bytes, tell: Callable[[str], None], doses: tuple[Override, ...], *, heard: bool
) -> Program:
    """Return the program that a page was read into, and tell what was found and what is doubtful."""
    # Pages are read by some hundred patterns in five languages, which a program file does without.
    from voicecoach.cli import pages

    article = pages.filled_in(pages.read_page(page), lambda name, field: _dose_for(name, field, doses))
    blank = next((name for name, field in article.blanks if field == "hold"), "")
    if heard and blank:
        what = f"{plain(article.source)}: the page leaves blank how long to hold {plain(blank)}"
        raise VoicecoachError(what, "give it with --hold 20s")
    for line in pages.report(article):
        tell(line)
    assert article.program is not None, "read_page returns no page without exercises"  # noqa: S101
    return article.program


def _dose_for(name: str, field: str, doses: tuple[Override, ...]) -> Range | None:
    """Return what the flags give for a field of an exercise: by its name, else for all."""
    given = {each.exercise.lower(): each.value for each in doses if each.field == field}
    value = given.get(name.lower(), given.get(""))
    return None if value is None else Range(value, value)


def _looks_like_file(name: str) -> bool:
    return bool(Path(name).suffix) or os.sep in name or "/" in name or os.path.exists(name)  # noqa: PTH110 - it takes any name
