"""Reading pages: from a file, an address or standard input to an article, and what is told of it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.cli.terminal import Terminal
from voicecoach.errors import FileError, NothingFoundError, UsageError, did_you_mean, near_matches
from voicecoach.files import read_bytes, replacing
from voicecoach.units import Range, parse_count_range, parse_time_range

if TYPE_CHECKING:
    from voicecoach.articles.evidence import Article

STDIN, STDIN_NAME = "-", "standard input"
MOST_BYTES = 5_000_000
ENDINGS = (".yaml", ".yml")
READERS: dict[str, Callable[[str], Range]] = {"hold": parse_time_range, "reps": parse_count_range,
                                              "sets": parse_count_range}  # fmt: skip
"""The blanks that flags fill in, and how their words are read."""


def read_page(page: str | bytes, language: str = "") -> "Article":
    """Return what a page says of exercises: a file, an http(s) address, "-", or the bytes of standard input.

    Raises FileError, UsageError for an unknown language, and NothingFoundError where no exercise is found.
    """
    from voicecoach.articles.decode import decode
    from voicecoach.articles.language import TAGS
    from voicecoach.articles.reading import read_article

    if language and language not in TAGS:
        near = did_you_mean(near_matches(language, TAGS))
        raise UsageError(f'--language: "{language}" cannot be read', near or f"write {', '.join(TAGS)}")
    raw, charset, source = (page, "", STDIN_NAME) if isinstance(page, bytes) else _page(page)
    if b"\0" in raw[:MOST_BYTES] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError(source, "this is no page of text", "save the page as text or HTML")
    article = read_article(decode(raw, charset), source, language=language)
    if not article.readings:
        raise NothingFoundError(f"{source}: no exercises were found on this page")
    return article


def import_page(
    name: str, target: str, terminal: Terminal, fills: dict[str, list[str]], *, language: str, as_json: bool,
    force: bool
) -> None:  # fmt: skip
    """Read a page and write it as a program to `target`, or print it; tell what was found on the way."""
    from voicecoach.articles.blanks import filled_in
    from voicecoach.articles.composed import compose_article
    from voicecoach.articles.json_object import as_object
    from voicecoach.articles.report import report

    if target and Path(target).suffix.lower() not in ENDINGS:
        raise UsageError(f"{target}: a program file ends in .yaml", "name it so")
    try:
        article = read_page(name, language)
    except NothingFoundError:
        if as_json:
            terminal.result(json.dumps({"title": "", "language": language or "en", "exercises": []}))
        raise
    article = filled_in(article, _filler(fills, asks=not as_json))
    if as_json:
        terminal.result(json.dumps(as_object(article), ensure_ascii=False))
        return
    for line in report(article):
        terminal.tell(line)
    text = compose_article(article)
    if target:
        _write(target, text, force=force)
        terminal.result(target)
    else:
        terminal.result(text.rstrip())


def _page(name: str) -> tuple[bytes, str, str]:
    """Return the bytes of a page, the encoding that came with it, and what messages call it."""
    from voicecoach.fetch import fetch, is_address

    if is_address(name):
        fetched = fetch(name)
        return fetched.raw, fetched.charset, fetched.address
    if name == STDIN:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise FileError(STDIN_NAME, "a page is at most 5 MB", "cut it to the exercises")
        return raw, "", STDIN_NAME
    return read_bytes(name, MOST_BYTES), "", name


def _write(target: str, text: str, *, force: bool) -> None:
    """Write a program file, and never over somebody's edits unless they say so."""
    path = Path(target)
    if path.exists() and not force:
        if path.is_file() and path.read_bytes() == text.encode():
            return
        raise FileError(
            target, "this file is there already, maybe with edits of yours", "--force replaces it"
        )
    with replacing(target) as beside:
        Path(beside).write_text(text, encoding="utf-8", newline="\n")


def _filler(fills: dict[str, list[str]], *, asks: bool) -> Callable[[str, str], Range | None]:
    """Return what fills in blanks: the flags, else the person, where there is one to ask."""
    given = {
        (field, name.lower()): value for field, texts in fills.items() for name, value in _read(field, texts)
    }
    asks = asks and sys.stdin is not None and sys.stdin.isatty()

    def fill(exercise: str, field: str) -> Range | None:
        value = given.get((field, exercise.lower()), given.get((field, "")))
        return _asked(exercise, field) if value is None and asks and field in READERS else value

    return fill


def _read(field: str, texts: list[str]) -> list[tuple[str, Range]]:
    pairs = []
    for text in texts:
        name, _, value = text.rpartition("=")
        try:
            pairs.append((name.strip(), READERS[field](value)))
        except ValueError as error:
            raise UsageError(f"--{field}: {error}") from None
    return pairs


def _asked(exercise: str, field: str) -> Range | None:
    """Ask on the terminal what belongs into a blank, until it can be read; Enter leaves it blank."""
    while True:
        sys.stderr.write(f"{exercise}: {field}? (Enter leaves it blank) ")
        sys.stderr.flush()
        answer = sys.stdin.readline().strip()
        if not answer:
            return None
        try:
            return READERS[field](answer)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
