"""`export`: sessions as sound files, or one to whoever reads it from a pipe."""

import os
import sys
from functools import partial
from pathlib import Path
from stat import S_ISDIR
from typing import Annotated

import typer

from voicecoach.cli.arguments import SessionNames, Start, VoiceName, complete_words
from voicecoach.cli.export_files import export_several, export_to_pipe, save_session, tell_saved
from voicecoach.cli.sessions import progress_bar, session_for, start_at
from voicecoach.cli.source_names import refuse_inputs
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, misspelt, plain
from voicecoach.export.formats import FORMATS, MP3, Format, check_sound_target, list_formats
from voicecoach.files import mode_of
from voicecoach.model import Pacing

BIT_RATES = {f"{rate // 1000}k": rate for kind in FORMATS.values() for rate in kind.bit_rates}
"""All that some format offers, as `--bitrate` takes them."""

PIPE = "-"
_SLASHES = ("/", os.sep)
_NAMES = tuple(extension.removeprefix(".") for extension in FORMATS)
_WITH_BIT_RATES = list_formats(lambda each: each.name, lambda each: bool(each.bit_rates))


def export(
    sessions: SessionNames,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE|FOLDER|-",
        help=f"The file to write, {list_formats()}; a folder; or - for standard output, by way of a temporary file.")],
    pacing: Pacing, terminal: Terminal, given: frozenset[str], voice: VoiceName = "", start: Start = "1",
    bitrate: Annotated[str, typer.Option(metavar="|".join(BIT_RATES),
        autocompletion=complete_words(*BIT_RATES), show_default="64k",
        help=f"Of {_WITH_BIT_RATES}; it is constant.")] = "",
    sound_format: Annotated[str, typer.Option("--format", metavar="|".join(_NAMES),
        autocompletion=complete_words(*_NAMES), help=f"For a folder or -; {MP3.extension[1:]} unless given.")] = "",
) -> None:  # fmt: skip
    """Write a session to a sound file, or several into a folder.

    \b
    voicecoach export l5-s1-relief -o back.mp3
    voicecoach export first-day -o first-day.wav --pace slow
    voicecoach export first-day core-day my-program.yaml -o sessions/
    voicecoach export first-day -o - | mpv -
    """
    kind = _format(output, sound_format)
    save = partial(save_session, bit_rate=_bit_rate(bitrate, kind, asked="bitrate" in given), voice=voice)
    load = partial(session_for, pacing=pacing, terminal=terminal)
    if output == PIPE:
        _refuse_pipe(sessions)
        export_to_pipe(start_at(load(sessions[0]), start), kind.extension, save, terminal)
    elif len(sessions) == 1 and not _is_folder(output):
        # Before any work.
        refuse_inputs(output, *sessions)
        check_sound_target(output)
        session = start_at(load(sessions[0]), start)
        with progress_bar(terminal, output) as progress:
            saved = save(session, output, terminal, progress)
        tell_saved(saved, terminal, terminal.result)
    elif _is_sound_file(output):
        what = f"{plain(output)}: several sessions need a folder"
        raise UsageError(what, 'name one, or end the name in "/"')
    else:
        sys.exit(export_several(sessions, load, start, output, kind.extension, save, terminal))


def _is_folder(output: str) -> bool:
    """Return whether a name is a folder's: it is there as one, or ends in a slash."""
    return not _is_sound_file(output) and (output.endswith(_SLASHES) or S_ISDIR(mode_of(output)))


def _is_sound_file(output: str) -> bool:
    """Return whether a name is a sound file's, such as "a.mp3", whatever stands there."""
    return Path(output).suffix.lower() in FORMATS and not output.endswith(_SLASHES)


def _format(output: str, sound_format: str) -> Format:
    """Return the format of the files that are to be written, MP3 where no flag says it."""
    wished = sound_format.lower()
    if wished and wished not in _NAMES:
        what = f'--format: "{plain(sound_format)}" cannot be written'
        raise misspelt(what, wished, _NAMES, f"write {' or '.join(_NAMES)}")
    named = Path(output).suffix.lower() if _is_sound_file(output) else ""
    if wished and named and named != f".{wished}":
        what = f"--format: {plain(output)} would be a {named} file"
        raise UsageError(what, f"leave it out, or end the name in .{wished}")
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
    onward = "send it on: voicecoach export SESSION -o - | mpv -"
    if len(sessions) > 1:
        raise UsageError("-o - takes one session", "name a folder for several")
    if sys.stdout is None:
        raise UsageError("standard output is closed", onward)
    if sys.stdout.isatty():
        raise UsageError("standard output is a terminal, and no place for sound", f"name a file, or {onward}")
