"""Files: export, verify and check."""

import sys
from typing import Annotated

import typer

from voicecoach.cli.command import command
from voicecoach.cli.flags import pacing_from
from voicecoach.cli.root import SessionName, VoiceName, app
from voicecoach.cli.sessions import session_for
from voicecoach.cli.terminal import Terminal
from voicecoach.model import Pacing


@command(app, pacing=pacing_from)
def export(
    session: SessionName,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The file to write: .mp3 or .wav.")
    ],
    pacing: Pacing,
    terminal: Terminal,
    voice: VoiceName = "",
) -> None:
    """Write a session to an MP3 or WAV file.

    \b
    voicecoach export l5-s1-relief -o back.mp3
    voicecoach export first-day -o first-day.wav --pace slow
    """
    from voicecoach.cli.saving import export_file

    export_file(lambda: session_for(session, pacing, terminal), output, voice, terminal)


@command(app)
def verify(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A sound file that voicecoach has exported.")],
    terminal: Terminal,
) -> None:
    """Measure a finished sound file against the script that it carries.

    Exits with 1 if a promise is broken: a sound late or missing, a hold too short, too loud, too long.

    \b
    voicecoach verify back.mp3
    """
    from voicecoach.cli.verifying import verify_file

    sys.exit(verify_file(file, terminal))


@command(app)
def check(
    terminal: Terminal,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE...",
        help="Program files; - is standard input.")] = None,
    schema: Annotated[bool, typer.Option("--schema",
        help="Print the JSON Schema of a program file, for editors.")] = False,
) -> None:  # fmt: skip
    """Validate program files: every problem, with line and column.

    \b
    voicecoach check my-program.yaml
    voicecoach check --schema > program.schema.json
    """
    from voicecoach.cli.checking import check_files, print_schema

    sys.exit((print_schema if schema else check_files)(files or [], terminal))
