"""Files: export, verify and check."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.cli.invocation import command
from voicecoach.cli.root import PAGES, VoiceName, app, session_completion
from voicecoach.cli.settings.knob_flags import pacing_from
from voicecoach.cli.terminal import Terminal

if TYPE_CHECKING:
    from voicecoach.model import Pacing

SessionNames = Annotated[list[str], typer.Argument(metavar="SESSION...", autocompletion=session_completion,
    help=f"Library names, program files, pages {PAGES}, or - for standard input.")]  # fmt: skip


@command(app, pacing=pacing_from)
def export(
    sessions: SessionNames,
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FILE|FOLDER", help="The file to write, .mp3 or .wav; or a folder."
        ),
    ],
    pacing: "Pacing",
    terminal: Terminal,
    given: frozenset[str],
    voice: VoiceName = "",
    bitrate: Annotated[
        str, typer.Option(metavar="48k|64k|96k", show_default="64k", help="Of an MP3; it is constant.")
    ] = "",
) -> None:
    """Write a session to an MP3 or WAV file, or several into a folder.

    \b
    voicecoach export l5-s1-relief -o back.mp3
    voicecoach export first-day -o first-day.wav --pace slow
    voicecoach export first-day core-day my-program.yaml -o sessions/
    """
    from voicecoach.cli.export_file import export_files
    from voicecoach.cli.sessions import session_for

    sys.exit(
        export_files(
            sessions,
            lambda name: session_for(name, pacing, terminal),
            output,
            voice,
            bitrate,
            terminal,
            asked="bitrate" in given,
        )
    )


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
    from voicecoach.cli.commands.verify import verify_file

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
    from voicecoach.cli.commands.check import check_files, print_schema

    sys.exit((print_schema if schema else check_files)(files or [], terminal))
