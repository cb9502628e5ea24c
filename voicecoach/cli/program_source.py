"""Programs that are not of the library: a file, a page, or standard input."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from voicecoach import library
from voicecoach.cli.source_names import ARTICLES, STDIN, STDIN_NAME
from voicecoach.errors import UnknownNameError
from voicecoach.fetch import is_address
from voicecoach.files import decode_text, read_text
from voicecoach.model import Override, Program
from voicecoach.program.detection import is_program
from voicecoach.program.parse import parse_program

MOST_BYTES = 1_000_000


def read_program(
    name: str, known: Iterable[str], tell: Callable[[str], None], doses: tuple[Override, ...], *, heard: bool
) -> Program:
    """Return the program of a file, a page or standard input, as `sessions.load` has it.

    `known` are the sessions that a name may be a misspelling of.
    """
    if name == STDIN:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        text = raw.decode("utf-8", "replace")
        if is_program(text) or not text.strip() or len(raw) > MOST_BYTES:
            return parse_program(decode_text(raw, STDIN_NAME, MOST_BYTES), STDIN_NAME, library.exercises())
        return _read_page(raw, tell, doses, heard=heard)
    if is_address(name) or Path(name).suffix.lower() in ARTICLES:
        return _read_page(name, tell, doses, heard=heard)
    if name.strip() and _looks_like_file(name):
        return parse_program(read_text(name), name, library.exercises())
    raise UnknownNameError("session", name, known, "`voicecoach list` shows the library; a file ends in .yaml")


def _looks_like_file(name: str) -> bool:
    return bool(Path(name).suffix) or os.sep in name or "/" in name or os.path.exists(name)  # noqa: PTH110 - it takes any name


def _read_page(page: str | bytes, tell: Callable[[str], None], doses: tuple[Override, ...], *, heard: bool) -> Program:
    # With some hundred patterns in five languages, which a program file does without.
    from voicecoach.cli.pages import read_page_program

    return read_page_program(page, tell, doses, heard=heard)
