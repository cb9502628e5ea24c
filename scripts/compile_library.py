"""Compile the YAML files of the library into the one JSON file that a run reads.

Run `python -m scripts.compile_library` after each change of a file of the library; a test tells where it was forgotten.
"""

import json
from dataclasses import asdict, replace

from voicecoach import library
from voicecoach.model import Exercise
from voicecoach.program.parse import parse_program


def exercise_of(text: str, key: str) -> Exercise:
    """Return the exercise of a file, which is read as the only one of a program; raises ProgramError."""
    item = "\n  ".join(text.splitlines())
    (exercise,) = parse_program(f"title: {key}\nexercises:\n- {item}\n", key, {}).exercises
    return replace(exercise, key=key)


def compile_library() -> str:
    """Return all exercises and programs as JSON, read by the checks that a person's file goes through."""
    # By the whole file name, as `a.yaml` stands behind `a-b.yaml`.
    found = sorted(library.COMPILED.parent.glob("*.yaml"), key=lambda path: path.name)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in found}
    programs = {name: text for name, text in texts.items() if "\nexercises:" in text}
    exercises = {name: exercise_of(texts[name], name) for name in texts if name not in programs}
    compiled = {
        "exercises": {name: asdict(each) for name, each in exercises.items()},
        "programs": {name: asdict(parse_program(text, name, exercises)) for name, text in programs.items()},
    }
    return json.dumps(compiled, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    library.COMPILED.write_text(compile_library(), encoding="utf-8")
