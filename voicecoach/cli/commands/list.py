"""`list`: the library, its programs and its exercises."""

from voicecoach import library
from voicecoach.cli.arguments import AsJson
from voicecoach.cli.tables import columns, dose_object, stated_words
from voicecoach.cli.terminal import Terminal


def list_library(terminal: Terminal, as_json: AsJson = False) -> None:
    """Show the library: its programs and its exercises."""
    programs = {name: library.load_program(name) for name in library.program_names()}
    exercises = library.exercises()
    if as_json:
        terminal.result_object({
            "schema": 1,
            "programs": [{"name": name, "title": each.title, "exercises": [one.name for one in each.exercises]}
                         for name, each in programs.items()],
            "exercises": [{"name": name, "title": each.name, "posture": each.posture, "sides": each.sides,
                           "stated": dose_object(each.dose)} for name, each in exercises.items()],
        })  # fmt: skip
        return
    titles = columns((name, each.title) for name, each in programs.items())
    doses = columns((name, each.posture or "", stated_words(each)) for name, each in exercises.items())
    terminal.result(f"Programs\n{titles}\n\nExercises\n{doses}")
