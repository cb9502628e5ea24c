"""`voices`: who can speak."""

from typing import Annotated

import typer

from voicecoach.cli.arguments import AsJson
from voicecoach.cli.tables import columns
from voicecoach.cli.terminal import Terminal
from voicecoach.engines.table import list_voices
from voicecoach.errors import UnknownNameError


def voices(
    terminal: Terminal,
    language: Annotated[str, typer.Option(metavar="TAG", help="Only voices of this language, like en.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the voices that can speak."""
    every = list_voices()
    found = [each for each in every if each[1].language.lower().startswith(language.lower())]
    if not found:
        known = {voice.language for _, voice in every}
        raise UnknownNameError("voice for the language", language, known, "`voicecoach voices` lists all")
    if as_json:
        rows = [
            {"name": voice.name, "language": voice.language, "description": voice.description, "engine": engine}
            for engine, voice in found
        ]
        terminal.result_object({"schema": 1, "voices": rows})
        return
    lines = [(voice.name, voice.language, voice.description, engine) for engine, voice in found]
    terminal.result(columns([("Voice", "Language", "Description", "Engine"), *lines]))
