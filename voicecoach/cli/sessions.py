"""Wiring: from the names and flags on a command line to a session and the voice that speaks it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from voicecoach import library
from voicecoach.cache import ClipCache
from voicecoach.cli.settings.flags import PresetOverride
from voicecoach.cli.source_names import ARTICLES, STDIN, STDIN_NAME
from voicecoach.cli.tables import range_words
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UnknownNameError, UsageError, misspelt
from voicecoach.fetch import is_address
from voicecoach.files import decode_text, read_text
from voicecoach.languages import phrases_for
from voicecoach.model import LONGEST_PROGRAM_MS, TOO_LONG, Exercise, Override, Pacing, Program
from voicecoach.paths import cache_folder
from voicecoach.script import doses_ms
from voicecoach.script.prescription import TIMES, is_breathing, is_named, outside, stated, takes
from voicecoach.session import Session, speaking_rate, time_session
from voicecoach.studio import Studio, open_studio
from voicecoach.units import compose_ms

MOST_BYTES = 1_000_000


def load(
    name: str, tell: Callable[[str], None] = lambda _: None, doses: tuple[Override, ...] = (), *, heard: bool = False
) -> Program:
    """Return the program that SESSION names: of the library, a file, a page, or on standard input.

    `tell` hears what was read of a page, and `doses` fill in its blanks; one that is to be `heard` may leave
    no hold blank. Raises UnknownNameError, FileError, ProgramError and NothingFoundError.
    """
    if name in library.session_names():
        return library.load_program(name)
    raw = sys.stdin.buffer.read(MOST_BYTES + 1) if name == STDIN else b""
    text = raw.decode("utf-8", "replace")
    # A session of the library needs none of what looks at files.
    from voicecoach.program.detection import is_program

    is_page = is_address(name) or Path(name).suffix.lower() in ARTICLES
    if is_page or (text.strip() and len(raw) <= MOST_BYTES and not is_program(text)):
        # With some hundred patterns in five languages, which a program file does without.
        from voicecoach.cli.pages import read_page_program

        return read_page_program(raw or name, tell, doses, heard=heard)
    has_form = bool(Path(name).suffix) or os.sep in name or "/" in name
    if name != STDIN and not (name.strip() and (has_form or os.path.exists(name))):  # noqa: PTH110 - it takes any name
        hint = "`voicecoach list` shows the library; a file ends in .yaml"
        raise UnknownNameError("session", name, library.session_names(), hint)
    # Other people's files are checked by pydantic, which takes 75 ms; the library needs no checking.
    from voicecoach.program.parse import parse_program

    text = decode_text(raw, STDIN_NAME, MOST_BYTES) if name == STDIN else read_text(name, MOST_BYTES)
    return parse_program(text, STDIN_NAME if name == STDIN else name, library.exercises())


def session_for(name: str, pacing: Pacing, terminal: Terminal) -> Session:
    """Return the session of a name and a pacing, and tell what a person should know about its flags."""
    return session_of(load(name, terminal.tell, pacing.overrides, heard=True), pacing, terminal)


def session_of(program: Program, pacing: Pacing, terminal: Terminal, *, wordings: str = "") -> Session:
    """Return the session of a program and a pacing; raises UsageError for flags that make no sense of the program.

    `wordings` names the language of the cues, where they are not to be heard; else it is the program's.
    """
    phrases = phrases_for(wordings or program.language, terminal.words)
    # A preset dose that none of the exercises takes means nothing here.
    exercises = program.exercises
    kept = (each for each in pacing.overrides if not isinstance(each, PresetOverride) or _takers(each, exercises))
    pacing = replace(pacing, overrides=tuple(kept))
    session = Session(program=program, pacing=pacing, phrases=phrases)
    said = flag_remarks(session)
    if doses_ms(program, pacing) > LONGEST_PROGRAM_MS:
        raise UsageError(*TOO_LONG)
    for remark in said:
        terminal.tell(remark)
    return session


@contextmanager
def open_speech(
    session: Session, voice: str, terminal: Terminal, *, whole: bool = False
) -> Iterator[tuple[Session, Studio]]:
    """Open the voice that speaks a session, fit the session to its target length, and tell what stands in the way.

    `whole` says that all of its words will be wanted before the first is used.
    """
    cache = ClipCache(cache_folder(os.environ))
    with open_studio(voice or None, session.program.language, cache) as studio:
        if whole:
            studio.expect(lambda: session.sounds(studio))
        fitted = session.fit(studio)
        notes = [speaking_rate(session.pacing, studio)[1], cache.note]
        if fitted.pacing.fit_ms:
            # Only --fit looks for a length.
            from voicecoach.session_length import shortfall

            notes.append(shortfall(fitted.pacing, time_session(fitted, studio).duration_ms))
        for note in filter(None, notes):
            terminal.tell(note)
        yield fitted, studio
        if cache.note and cache.note not in notes:
            terminal.tell(cache.note)


def progress_bar(terminal: Terminal, label: str) -> AbstractContextManager[Callable[[float], None]]:
    """Give what moves a bar from 0 to 1, or nothing where there are no bars."""
    if terminal.plain:
        return nullcontext(lambda _: None)
    # Rich takes 60 ms, and draws nothing in a script.
    from voicecoach.cli.live_picture import show_bar

    return show_bar(label)


def flag_remarks(session: Session) -> tuple[str, ...]:
    """Return what to know of the flags, as doses out of range; raises UsageError for one that fits no exercise."""
    exercises = session.program.exercises
    said = []
    for override in session.pacing.overrides:
        named = _named(override, exercises)
        takers = _takers(override, exercises)
        if not named:
            names = " or ".join(each.key or each.name for each in exercises)
            raise UsageError(f'--{override.field}: no exercise "{override.exercise}" in this program', f"write {names}")
        if not takers and override.exercise:
            raise UsageError(f"--{override.field}: {named[0].name} has no {override.field}", "leave it out")
        if not takers:
            said.append(f"--{override.field} changes nothing: no exercise of this program has it")
    if session.pacing.breath and session.pacing.breath.paused and not all(map(is_breathing, exercises)):
        said.append("--breath: a breath with pauses is for breathing exercises; elsewhere it is 4-6")
    for each in exercises:
        for field in outside(each, session.pacing):
            value = stated(each, session.pacing)[field]
            told = compose_ms(value) if field in TIMES else str(value)
            range_ = range_words(field, getattr(each.dose, field))
            said.append(f"{each.name}: {field} {told} is outside the stated {range_}")
    return tuple(said)


def start_at(session: Session, place_or_name: str, of: str = "") -> Session:
    """Return the session from an exercise on, by number (from 1) or name; raises UsageError, beginning with `of`."""
    exercises = session.program.exercises
    if place_or_name.isascii() and place_or_name.isdigit():
        start = int(place_or_name)
    else:
        start = next((n for n, each in enumerate(exercises, 1) if is_named(each, place_or_name)), 0)
    if not 1 <= start <= len(exercises):
        names = [each.key or each.name for each in exercises]
        what = f'{of}--from: no exercise "{place_or_name}" in this program'
        raise misspelt(what, place_or_name, names, f"write 1 to {len(exercises)} or {', '.join(names)}")
    return replace(session, start=start)


def _named(override: Override, exercises: tuple[Exercise, ...]) -> list[Exercise]:
    return [each for each in exercises if not override.exercise or is_named(each, override.exercise)]


def _takers(override: Override, exercises: tuple[Exercise, ...]) -> list[Exercise]:
    named = _named(override, exercises)
    return [each for each in named if takes(each, override.field, named=bool(override.exercise))]
