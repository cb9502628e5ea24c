"""`export`: sessions as sound files, or one to whoever reads it from a pipe."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.arguments import SessionNames, Start, VoiceName
from voicecoach.cli.batch import export_several
from voicecoach.cli.completion import complete_words
from voicecoach.cli.export_file import PIPE, Encoding, export_file, export_to_pipe, is_folder, is_sound_file
from voicecoach.cli.flag_remarks import starting_at
from voicecoach.cli.outputs import refuse_inputs
from voicecoach.cli.sessions import session_for
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import Session
from voicecoach.errors import UsageError, did_you_mean, near_matches, plain
from voicecoach.export.formats import WRITERS
from voicecoach.model import Pacing

BIT_RATES = {"48k": 48_000, "64k": 64_000, "96k": 96_000}
"""What an MP3 may have; its bit rate is constant."""

FORMATS = tuple(extension.removeprefix(".") for extension in WRITERS)
_USUAL = "mp3"


def export(
    sessions: SessionNames,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE|FOLDER|-",
        help="The file to write, .mp3 or .wav; a folder; or - for standard output.")],
    pacing: Pacing,
    terminal: Terminal,
    given: frozenset[str],
    voice: VoiceName = "",
    start: Start = "1",
    bitrate: Annotated[str, typer.Option(metavar="|".join(BIT_RATES),
        autocompletion=complete_words(*BIT_RATES), help="Of an MP3; it is constant.")] = "64k",
    sound_format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS),
        autocompletion=complete_words(*FORMATS), help="For a folder or -; mp3 unless given.")] = "",
) -> None:  # fmt: skip
    """Write a session to an MP3 or WAV file, or several into a folder.

    \b
    voicecoach export l5-s1-relief -o back.mp3
    voicecoach export first-day -o first-day.wav --pace slow
    voicecoach export first-day core-day my-program.yaml -o sessions/
    voicecoach export first-day -o - | mpv -
    """
    extension = _extension(output, sound_format)
    if "bitrate" in given and extension and extension != ".mp3":
        raise UsageError(
            f"--bitrate: a {extension} file has none to choose", "leave it out, or write an .mp3"
        )
    encoding = Encoding(extension or f".{_USUAL}", _bit_rate(bitrate))

    def wished(name: str) -> Session:
        return starting_at(session_for(name, pacing, terminal), start)

    if output == PIPE:
        _refuse_pipe(sessions)
        export_to_pipe(lambda: wished(sessions[0]), encoding, voice, terminal)
    elif len(sessions) == 1 and not is_folder(output):
        refuse_inputs(output, *sessions)
        export_file(lambda: wished(sessions[0]), output, encoding, voice, terminal)
    elif is_sound_file(output):
        what = f"{plain(output)}: several sessions need a folder"
        raise UsageError(what, 'name one, or end the name in "/"')
    else:
        sys.exit(export_several(sessions, wished, output, encoding, voice, terminal))


def _extension(output: str, sound_format: str) -> str:
    """Return how the names of files end that are to be written, or nothing where no flag says so."""
    wished = sound_format.lower()
    if wished and wished not in FORMATS:
        near = did_you_mean(near_matches(wished, FORMATS))
        raise UsageError(
            f'--format: "{plain(sound_format)}" cannot be written', near or f"write {' or '.join(FORMATS)}"
        )
    named = Path(output).suffix.lower() if is_sound_file(output) else ""
    if wished and named and named != f".{wished}":
        raise UsageError(
            f"--format: {plain(output)} would be a {named} file",
            f"leave it out, or end the name in .{wished}",
        )
    return named or (f".{wished}" if wished else "")


def _bit_rate(text: str) -> int:
    if text.lower() not in BIT_RATES:
        raise UsageError(f'--bitrate: "{plain(text)}" is not offered', f"write {', '.join(BIT_RATES)}")
    return BIT_RATES[text.lower()]


def _refuse_pipe(sessions: list[str]) -> None:
    """Raise UsageError for what nobody could listen to at standard output."""
    if len(sessions) > 1:
        raise UsageError("-o - takes one session", "name a folder for several")
    if sys.stdout is None or sys.stdout.isatty():
        what = "standard output is a terminal, and no place for sound"
        raise UsageError(what, "name a file, or send it on: voicecoach export SESSION -o - | mpv -")
