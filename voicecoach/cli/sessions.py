"""Wiring: from the names on a command line to a session and the voice that speaks it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import library
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session, remarks, speaking_rate
from voicecoach.errors import FileError, UnknownNameError, VoicecoachError
from voicecoach.files import read_text
from voicecoach.model import Pacing, Program
from voicecoach.phrases import Phrases, parse_phrases

if TYPE_CHECKING:
    from voicecoach.studio import Studio

MOST_BYTES = 1_000_000
STDIN = "-"
STDIN_NAME = "standard input"


def load(name: str) -> Program:
    """Return the program that SESSION names: of the library, of a file, or on standard input.

    Raises UnknownNameError, FileError and ProgramError.
    """
    from voicecoach.program import parse_program

    if name == STDIN:
        return parse_program(_read_stdin(), STDIN_NAME, library.exercises())
    known = session_names()
    if name in known:
        return library.load_program(name)
    if _looks_like_file(name):
        return parse_program(read_text(name), name, library.exercises())
    raise UnknownNameError(
        "session", name, known, "`voicecoach list` shows the library; a file ends in .yaml"
    )


def session_names() -> tuple[str, ...]:
    """Return what the library can play: programs first, then single exercises."""
    return (*library.program_names(), *library.exercise_names())


def session_for(name: str, pacing: Pacing, terminal: Terminal) -> Session:
    """Return the session of a name and a pacing, and tell what a person should know about its flags."""
    program = load(name)
    session = Session(program=program, pacing=pacing, phrases=phrases_for(program.language))
    for remark in remarks(session):
        terminal.tell(remark)
    return session


def phrases_for(language: str) -> Phrases:
    """Return the wordings of a language; raises VoicecoachError for one without a phrase file."""
    folder = resources.files("voicecoach.phrases")
    wordings = folder / f"{language.partition('-')[0].lower()}.toml"
    if not wordings.is_file():
        spoken = sorted(Path(each.name).stem for each in folder.iterdir() if each.name.endswith(".toml"))
        what = f'there are no cue wordings for the language "{language}" yet'
        raise VoicecoachError(what, f"programs can be spoken in: {', '.join(spoken)}")
    return parse_phrases(wordings.read_text(encoding="utf-8"))


@contextmanager
def speech_for(session: Session, voice: str, terminal: Terminal) -> Iterator["Studio"]:
    """Open the voice that speaks a session, and tell once where it cannot do what is asked."""
    from voicecoach.cache import ClipCache, cache_folder
    from voicecoach.studio import open_studio

    cache = ClipCache(cache_folder(os.environ))
    with open_studio(voice or None, session.program.language, cache) as studio:
        _, remark = speaking_rate(session.pacing, studio)
        for note in (remark, cache.note):
            if note:
                terminal.tell(note)
        yield studio


def _read_stdin() -> str:
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise FileError(STDIN_NAME, "a program is at most 1 MB", "cut it into several")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileError(STDIN_NAME, "this is no text in UTF-8", "save it as UTF-8") from None


def _looks_like_file(name: str) -> bool:
    return bool(Path(name).suffix) or os.sep in name or "/" in name or Path(name).exists()
