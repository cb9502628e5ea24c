"""Arguments and flags that several commands share."""

from typing import Annotated

import typer

from voicecoach.cli.completion import complete_session, complete_start, complete_voice, complete_words
from voicecoach.cli.source_names import PAGES

OUTPUTS = ("auto", "miniaudio", "simpleaudio", "null")

SessionName = Annotated[str, typer.Argument(metavar="SESSION", autocompletion=complete_session,
    help=f"A library name, a program file, a page {PAGES}, or - for standard input.")]  # fmt: skip
SessionNames = Annotated[list[str], typer.Argument(metavar="SESSION...", autocompletion=complete_session,
    help=f"Library names, program files, pages {PAGES}, or - for standard input.")]  # fmt: skip
Start = Annotated[str, typer.Option("--from", metavar="N|NAME", autocompletion=complete_start,
    help="Start at this exercise.")]  # fmt: skip
VoiceName = Annotated[str, typer.Option(metavar="VOICE", autocompletion=complete_voice,
    help="Who speaks; `voicecoach voices` lists them.")]  # fmt: skip
Output = Annotated[str, typer.Option(metavar="|".join(OUTPUTS), autocompletion=complete_words(*OUTPUTS),
    help="Where the sound goes.")]  # fmt: skip
Device = Annotated[str, typer.Option(metavar="NAME",
    help="The audio device; `voicecoach doctor audio` lists them.")]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
