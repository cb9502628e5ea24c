"""`check`: program files, and every problem of each."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from voicecoach import library, program
from voicecoach.cli.arguments import AsJson
from voicecoach.cli.sessions import load
from voicecoach.cli.source_names import STDIN
from voicecoach.cli.terminal import Terminal, one_line, refuse_two
from voicecoach.errors import ProgramError, UsageError, VoicecoachError, plain
from voicecoach.files import read_text

SCHEMA = Path(program.__file__).with_name("schema.json")
"""The JSON Schema of a program file; `scripts/compile_schema.py` makes it."""


def check(
    terminal: Terminal,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE...",
        help="Program files; - is standard input.")] = None,
    as_schema: Annotated[bool, typer.Option("--schema",
        help="Print the JSON Schema of a program file, for editors.")] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Validate program files: every problem, with line and column.

    \b
    voicecoach check my-program.yaml
    voicecoach check --schema > program.schema.json
    """
    refuse_two({"--schema": as_schema, "--json": as_json})
    if as_schema:
        if files:
            raise UsageError("--schema checks no file", "leave out the one or the other")
        terminal.result(SCHEMA.read_text(encoding="utf-8").rstrip())
        return
    if not files:
        raise UsageError("there is no file to check", "name one or more, or ask for --schema")
    found = [_checked(file) for file in files]
    ok = all(each["ok"] for each, _ in found)
    if as_json:
        terminal.result_object({"schema": 1, "ok": ok, "files": [each for each, _ in found]})
    for each, words in () if as_json else found:
        (terminal.result if each["ok"] else terminal.tell)(words)
    sys.exit(int(not ok))


def _checked(file: str) -> tuple[dict[str, Any], str]:
    """Return a file with its problems, for JSON and in words; one about no place has the line and the column 0."""
    # It brings pydantic and ruamel.yaml, which the help and the settings do without.
    from voicecoach.program.parse import parse_program

    try:
        program = load(file) if file == STDIN else parse_program(read_text(file), file, library.exercises())
    except VoicecoachError as error:
        what = error.what.removeprefix(f"{plain(file)}: ")  # it stands beside its problems
        whole = {"line": 0, "column": 0, "what": what, "hint": error.hint}
        problems = [each._asdict() for each in error.problems] if isinstance(error, ProgramError) else [whole]
        return {"file": file, "ok": False, "exercises": None, "problems": problems}, str(error)
    count = len(program.exercises)
    words = f"{one_line(file)}: ok, {count} exercise{'s' if count > 1 else ''}"
    return {"file": file, "ok": True, "exercises": count, "problems": []}, words
