"""Reading pages: from a file, an address or standard input to an article, and what is told of it."""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from voicecoach.articles.blanks import filled_in
from voicecoach.articles.decode import decode
from voicecoach.articles.evidence import Article
from voicecoach.articles.json_object import as_object
from voicecoach.articles.language import TAGS
from voicecoach.articles.reading import read_article
from voicecoach.articles.report import report
from voicecoach.cli.source_names import STDIN, STDIN_NAME, refuse_inputs
from voicecoach.cli.terminal import Terminal, can_be_asked
from voicecoach.errors import FileError, NothingFoundError, UsageError, VoicecoachError, misspelt, near_matches, plain
from voicecoach.fetch import LARGEST, is_address
from voicecoach.files import read_bytes
from voicecoach.files.replacement import refuse_target, replacing
from voicecoach.model import Override, Program
from voicecoach.program.detection import is_program
from voicecoach.program.fields import DOSE
from voicecoach.units import Range

ENDINGS = (".yaml", ".yml")
ASKED = ("hold", "reps", "sets")
"""The blanks that flags fill in, and that the person is asked for."""
# How files begin that may well hold exercises, and are no text.
_OTHER_FILES = {b"%PDF": "a PDF", b"PK\x03\x04": "a document or an archive", b"{\\rtf": "a document",
                b"\xd0\xcf\x11\xe0": "a document"}  # fmt: skip
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_CITED = 60

Given = Mapping[tuple[str, str], Range]
"""What flags fill in: by the field, and the name of an exercise in lower case, or ""."""


def read_page(page: str | bytes, language: str = "") -> Article:
    """Return what a page says of exercises: a file, an http(s) address, "-", or the bytes of standard input.

    Raises FileError for what is no page, UsageError for a language, NothingFoundError where no exercise is found.
    """
    if language and language not in TAGS:
        raise misspelt(f'--language: "{plain(language)}" cannot be read', language, TAGS)
    raw, charset, source = _page(page)
    other = next((what for start, what in _OTHER_FILES.items() if raw.startswith(start)), "")
    if other or (b"\0" in raw and not raw.startswith(_WIDE)):
        raise FileError(source, f"this is {other or 'no page of text'}", "save the page as text or HTML")
    text = decode(raw, charset)
    if is_program(text):
        raise FileError(source, "this is a program already, and no page", "play it as it is")
    article = read_article(text, source, language=language)
    if not article.readings:
        raise NothingFoundError(f"{plain(source)}: no exercises were found on this page")
    return article


def read_page_program(
    page: str | bytes, tell: Callable[[str], None], doses: tuple[Override, ...], *, heard: bool
) -> Program:
    """Return the program that a page was read into, and tell what was found and what is doubtful."""
    given = {(each.field, each.exercise.lower()): Range(each.value, each.value) for each in doses}
    article = filled_in(read_page(page), partial(_given_for, given))
    blank = next((name for name, field in article.blanks if field == "hold"), "")
    if heard and blank:
        what = f"{plain(article.source)}: the page leaves blank how long to hold {plain(blank)}"
        raise VoicecoachError(what, "give it with --hold 20s")
    for line in report(article):
        tell(line)
    assert article.program is not None, "read_page returns no page without exercises"  # noqa: S101
    return article.program


def import_page(
    name: str, target: str, terminal: Terminal, fills: dict[str, list[str]], *, language: str, as_json: bool,
    force: bool
) -> None:  # fmt: skip
    """Read a page and write it as a program to `target`, or print it; tell what was found on the way."""
    if target:
        if Path(target).suffix.lower() not in ENDINGS:
            raise UsageError(f"{plain(target)}: a program file ends in .yaml", "name it so")
        refuse_target(target)
        refuse_inputs(target, name)
    given = _given(fills)
    try:
        article = read_page(name, language)
    except NothingFoundError:
        if as_json:
            terminal.result_object({"title": "", "language": language or "en", "exercises": []})
        raise
    for remark in _without_use(given, article):
        terminal.tell(remark)
    asks = not as_json and can_be_asked()

    def fill(exercise: str, field: str) -> Range | None:
        value = _given_for(given, exercise, field)
        return _asked(exercise, field, terminal) if value is None and asks and field in ASKED else value

    article = filled_in(article, fill)
    if as_json:
        terminal.result_object(as_object(article))
        return
    for line in report(article):
        terminal.tell(line)
    # Brings ruamel.yaml (40 ms), which a page that is only told of does without.
    from voicecoach.articles.composed import compose_article

    text = compose_article(article)
    if target:
        _write(target, text, force=force)
        terminal.result(target)
    else:
        terminal.result(text.rstrip())


def _page(page: str | bytes) -> tuple[bytes, str, str]:
    """Return the bytes of a page, the encoding that came with it, and what messages call it."""
    if page == STDIN:
        page = sys.stdin.buffer.read(LARGEST + 1)
        if len(page) > LARGEST:
            raise FileError(STDIN_NAME, "a page is at most 5 MB", "cut it to the exercises")
    if isinstance(page, bytes):
        return page, "", STDIN_NAME
    if not is_address(page):
        return read_bytes(page, LARGEST), "", page
    # HTTP and TLS take longer to load (30 ms) than a page that lies here takes to be read.
    from voicecoach.fetch.page import fetch

    fetched = fetch(page)
    return fetched.raw, fetched.charset, fetched.address


def _write(target: str, text: str, *, force: bool) -> None:
    """Write a program file, and never over somebody's edits unless they say so."""
    if Path(target).is_file() and not force:
        if read_bytes(target, LARGEST) == text.encode():
            return
        raise FileError(target, "this file is there already, maybe with edits of yours", "--force replaces it")
    with replacing(target) as beside:
        Path(beside).write_text(text, encoding="utf-8", newline="\n")


def _given_for(given: Given, exercise: str, field: str) -> Range | None:
    """Return what the flags give for a field of an exercise: by its name, else for all."""
    return given.get((field, exercise.lower()), given.get((field, "")))


def _given(fills: dict[str, list[str]]) -> Given:
    """Return what flags fill in; raises UsageError for a dose that no program may hold."""
    given = {}
    for field, texts in fills.items():
        for text in texts:
            name, _, value = text.rpartition("=")
            try:
                given[field, " ".join(name.lower().split())] = DOSE[field].read(value.strip())
            except ValueError as error:
                raise UsageError(f"--{field}: {error}", DOSE[field].hint) from None
    return given


def _without_use(given: Given, article: Article) -> Iterator[str]:
    """Yield what to say of flags that fill in nothing; raises UsageError for one that names no exercise."""
    names = {each.exercise.name.lower(): each.exercise.name for each in article.readings}
    for field, name in given:
        if name and name not in names:
            near = near_matches(name, names.values()) or tuple(names.values())
            what = f'--{field}: no exercise "{plain(name)[:_CITED]}" on this page'
            raise UsageError(what, f"write {' or '.join(near)}")
        if not any(left == field and name in {"", each.lower()} for each, left in article.blanks):
            yield f"--{field} fills in nothing: the page leaves no such blank"


def _asked(exercise: str, field: str, terminal: Terminal) -> Range | None:
    """Ask on the terminal what belongs into a blank, until it can be read; Enter leaves it blank."""
    question = f"{exercise}: {field}? (Enter leaves it blank) "
    while answer := terminal.ask(question):
        try:
            return DOSE[field].read(answer)
        except ValueError as error:
            terminal.tell(f"{error}; {DOSE[field].hint}")
    return None
