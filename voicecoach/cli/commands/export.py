"""`export`: sessions as sound files, or one to whoever reads it from a pipe."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.arguments import SessionNames, Start, VoiceName
from voicecoach.cli.batch import export_several
from voicecoach.cli.completion import complete_words
from voicecoach.cli.export_file import PIPE, Encoding, export_file, export_to_pipe, is_folder, is_sound_file
from voicecoach.cli.flag_remarks import start_at
from voicecoach.cli.outputs import refuse_inputs
from voicecoach.cli.sessions import session_for
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, did_you_mean, near_matches, plain
from voicecoach.export.formats import FORMATS, MP3, Format, list_formats
from voicecoach.model import Pacing
from voicecoach.session import Session

BIT_RATES = {f"{rate // 1000}k": rate for kind in FORMATS.values() for rate in kind.bit_rates}
"""All that some format offers, as `--bitrate` takes them."""

_NAMES = tuple(extension.removeprefix(".") for extension in FORMATS)
_WITH_BIT_RATES = list_formats(lambda each: each.name, lambda each: bool(each.bit_rates))


def export(
    sessions: SessionNames,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE|FOLDER|-",
        help=f"The file to write, {list_formats()}; a folder; or - for standard output.")],
    pacing: Pacing,
    terminal: Terminal,
    given: frozenset[str],
    voice: VoiceName = "",
    start: Start = "1",
    bitrate: Annotated[str, typer.Option(metavar="|".join(BIT_RATES),
        autocompletion=complete_words(*BIT_RATES), show_default="64k",
        help=f"Of {_WITH_BIT_RATES}; it is constant.")] = "",
    sound_format: Annotated[str, typer.Option("--format", metavar="|".join(_NAMES),
        autocompletion=complete_words(*_NAMES),
        help=f"For a folder or -; {MP3.extension[1:]} unless given.")] = "",
) -> None:  # fmt: skip
    """Write a session to a sound file, or several into a folder.

    \b
    voicecoach export l5-s1-relief -o back.mp3
    voicecoach export first-day -o first-day.wav --pace slow
    voicecoach export first-day core-day my-program.yaml -o sessions/
    voicecoach export first-day -o - | mpv -
    """
    encoding = _encoding(_format(output, sound_format), bitrate, asked="bitrate" in given)

    def load_session(name: str) -> Session:
        return start_at(session_for(name, pacing, terminal), start)

    if output == PIPE:
        _refuse_pipe(sessions)
        export_to_pipe(lambda: load_session(sessions[0]), encoding, voice, terminal)
    elif len(sessions) == 1 and not is_folder(output):
        refuse_inputs(output, *sessions)
        export_file(lambda: load_session(sessions[0]), output, encoding, voice, terminal)
    elif is_sound_file(output):
        what = f"{plain(output)}: several sessions need a folder"
        raise UsageError(what, 'name one, or end the name in "/"')
    else:
        sys.exit(export_several(sessions, load_session, output, encoding, voice, terminal))


def _encoding(kind: Format, bitrate: str, *, asked: bool) -> Encoding:
    """Return how files of a format are written, at the bit rate that is wanted of it."""
    return Encoding(kind.extension, _bit_rate(bitrate, kind, asked=asked))


def _format(output: str, sound_format: str) -> Format:
    """Return the format of the files that are to be written, MP3 where no flag says it."""
    wished = sound_format.lower()
    if wished and wished not in _NAMES:
        near = did_you_mean(near_matches(wished, _NAMES))
        raise UsageError(f'--format: "{plain(sound_format)}" cannot be written', near or f"write {' or '.join(_NAMES)}")
    named = Path(output).suffix.lower() if is_sound_file(output) else ""
    if wished and named and named != f".{wished}":
        raise UsageError(
            f"--format: {plain(output)} would be a {named} file", f"leave it out, or end the name in .{wished}"
        )
    return FORMATS.get(named or f".{wished}", MP3)


def _bit_rate(text: str, kind: Format, *, asked: bool) -> int:
    """Read a bit rate of a format, its own where there is none; raises UsageError.

    One that was not `asked` for by a flag, but set for every export, passes over formats without a choice.
    """
    offered = {name: rate for name, rate in BIT_RATES.items() if rate in kind.bit_rates}
    if not asked and not (text and offered):
        return kind.bit_rate
    if not offered:
        chosen = list_formats(which=lambda each: bool(each.bit_rates))
        what = f"--bitrate: a {kind.extension} file has none to choose"
        raise UsageError(what, f"leave it out, or end the name in {chosen}")
    if text.lower() not in offered:
        raise UsageError(f'--bitrate: "{plain(text)}" is not offered', f"write {', '.join(offered)}")
    return offered[text.lower()]


def _refuse_pipe(sessions: list[str]) -> None:
    """Raise UsageError for what nobody could listen to at standard output."""
    if len(sessions) > 1:
        raise UsageError("-o - takes one session", "name a folder for several")
    if sys.stdout is None:
        raise UsageError("standard output is closed", "send it on: voicecoach export SESSION -o - | mpv -")
    if sys.stdout.isatty():
        what = "standard output is a terminal, and no place for sound"
        raise UsageError(what, "name a file, or send it on: voicecoach export SESSION -o - | mpv -")
