"""Wiring: from the names on a command line to a session and the voice that speaks it."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import library
from voicecoach.cli.remarks import remarks, standing_here
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session, speaking_rate, timed
from voicecoach.errors import UnknownNameError, UsageError, VoicecoachError, plain
from voicecoach.model import Override, Pacing, Program
from voicecoach.phrases import Phrases, parse_phrases
from voicecoach.phrases import __file__ as phrases_file
from voicecoach.program.checks import LONGEST_PROGRAM_MS, TOO_LONG
from voicecoach.script import doses_ms
from voicecoach.units import Range

if TYPE_CHECKING:
    from voicecoach.phrases.own import Wordings
    from voicecoach.studio import Studio

MOST_BYTES = 1_000_000
STDIN = "-"
STDIN_NAME = "standard input"
ARTICLES = (".txt", ".md", ".html", ".htm")
"""How the names of pages end."""

_WORDINGS = Path(phrases_file).parent


def load(
    name: str,
    tell: Callable[[str], None] = lambda _: None,
    doses: tuple[Override, ...] = (),
    *,
    heard: bool = False,
) -> Program:
    """Return the program that SESSION names: of the library, a file, a page, or on standard input.

    `tell` hears what was read of a page, and `doses` fill in its blanks; one that is to be `heard` may leave
    no hold blank. Raises UnknownNameError, FileError, ProgramError and
    NothingFoundError.
    """
    known = session_names()
    if name in known:
        return library.load_program(name)
    from voicecoach.fetch import is_address
    from voicecoach.files import decoded_text, read_text
    from voicecoach.program import parse_program
    from voicecoach.program.detection import is_program

    if name == STDIN:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        text = raw.decode("utf-8", "replace")
        if is_program(text) or not text.strip() or len(raw) > MOST_BYTES:
            return parse_program(decoded_text(raw, STDIN_NAME, MOST_BYTES), STDIN_NAME, library.exercises())
        return _of_page(raw, tell, doses, heard=heard)
    if is_address(name) or Path(name).suffix.lower() in ARTICLES:
        return _of_page(name, tell, doses, heard=heard)
    if name.strip() and _looks_like_file(name):
        return parse_program(read_text(name), name, library.exercises())
    raise UnknownNameError(
        "session", name, known, "`voicecoach list` shows the library; a file ends in .yaml"
    )


def session_names() -> tuple[str, ...]:
    """Return what the library can play: programs first, then single exercises."""
    return (*library.program_names(), *library.exercise_names())


def session_for(name: str, pacing: Pacing, terminal: Terminal) -> Session:
    """Return the session of a name and a pacing, and tell what a person should know about its flags."""
    return session_of(load(name, terminal.tell, pacing.overrides, heard=True), pacing, terminal)


def session_of(program: Program, pacing: Pacing, terminal: Terminal, *, wordings: str = "") -> Session:
    """Return the session of a program and a pacing, and tell what a person should know about its flags.

    `wordings` names the language of the cues, where they are not to be heard; else it is the program's.
    Raises UsageError for flags that make no sense of this program, or more than a day.
    """
    phrases = phrases_for(wordings or program.language, terminal.words)
    pacing = standing_here(pacing, program.exercises)
    session = Session(program=program, pacing=pacing, phrases=phrases)
    said = remarks(session)
    if doses_ms(program, pacing) > LONGEST_PROGRAM_MS:
        raise UsageError(*TOO_LONG)
    for remark in said:
        terminal.tell(remark)
    return session


def phrases_for(language: str, own: "Mapping[str, Wordings] | None" = None) -> Phrases:
    """Return the wordings of a language, with a person's `own` by language.

    Raises VoicecoachError for a language without a phrase file.
    """
    if not is_spoken(language):
        what = f'there are no cue wordings for the language "{plain(language)}" yet'
        raise VoicecoachError(what, f"programs can be spoken in: {', '.join(spoken_languages())}")
    file = _WORDINGS / f"{language.partition('-')[0].lower()}.toml"
    phrases = parse_phrases(file.read_text(encoding="utf-8"))
    own_words = (own or {}).get(phrases.language)
    if not own_words:
        return phrases
    from voicecoach.phrases.own import reworded

    return reworded(phrases, own_words)


def is_spoken(language: str) -> bool:
    """Return whether a language has cue wordings: without, a program can be shown and not heard."""
    return language.partition("-")[0].lower() in spoken_languages()


def spoken_languages() -> tuple[str, ...]:
    """Return the languages that have cue wordings."""
    return tuple(sorted(each.stem for each in _WORDINGS.glob("*.toml")))


@contextmanager
def spoken(
    session: Session, voice: str, terminal: Terminal, *, whole: bool = False
) -> Iterator[tuple[Session, "Studio"]]:
    """Open the voice that speaks a session, and fit the session to its target length.

    `whole` says that all of its words will be wanted before the first is used.
    What the voice, the ranges or the disk of the clips do not allow is told once.
    """
    from voicecoach.cache import ClipCache, cache_folder
    from voicecoach.studio import open_studio

    cache = ClipCache(cache_folder(os.environ))
    with open_studio(voice or None, session.program.language, cache) as studio:
        if whole:
            studio.expect(lambda: session.sounds(studio))
        fitted = session.fitted(studio)
        notes = [speaking_rate(session.pacing, studio)[1], cache.note]
        if fitted.pacing.fit_ms:
            from voicecoach.fit import shortfall

            notes.append(shortfall(fitted.pacing, timed(fitted, studio).duration_ms))
        for note in filter(None, notes):
            terminal.tell(note)
        yield fitted, studio
        if cache.note and cache.note not in notes:
            terminal.tell(cache.note)


def _of_page(
    page: str | bytes, tell: Callable[[str], None], doses: tuple[Override, ...], *, heard: bool
) -> Program:
    """Return the program that a page was read into, and tell what was found and what is doubtful."""
    from voicecoach.articles.blanks import filled_in
    from voicecoach.articles.report import report
    from voicecoach.cli.importing import read_page

    article = filled_in(read_page(page), lambda name, field: _dose_for(name, field, doses))
    blank = next((name for name, field in article.blanks if field == "hold"), "")
    if heard and blank:
        what = f"{plain(article.source)}: the page leaves blank how long to hold {plain(blank)}"
        raise VoicecoachError(what, "give it with --hold 20s")
    for line in report(article):
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
