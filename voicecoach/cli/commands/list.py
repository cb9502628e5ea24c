"""`list`: the library, its programs and its exercises."""

import json

from voicecoach import library
from voicecoach.cli.arguments import AsJson
from voicecoach.cli.tables import columns, dose_object, stated_words
from voicecoach.cli.terminal import Terminal


def list_library(terminal: Terminal, as_json: AsJson = False) -> None:
    """Show the library: its programs and its exercises."""
    if as_json:
        terminal.result(json.dumps(_library_object(), ensure_ascii=False))
        return
    programs = columns((name, library.load_program(name).title) for name in library.program_names())
    exercises = columns((name, each.posture or "", stated_words(each)) for name, each in library.exercises().items())
    terminal.result("\n".join(["Programs", *programs, "", "Exercises", *exercises]))


def _library_object() -> dict[str, object]:
    programs = {name: library.load_program(name) for name in library.program_names()}
    return {
        "schema": 1,
        "programs": [
            {"name": name, "title": each.title, "exercises": [one.name for one in each.exercises]}
            for name, each in programs.items()
        ],
        "exercises": [
            {"name": name, "title": each.name, "posture": each.posture, "sides": each.sides,
             "stated": dose_object(each.dose)}
            for name, each in library.exercises().items()
        ],
    }  # fmt: skip
