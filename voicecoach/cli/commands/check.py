"""`check`: program files, and every problem of each."""

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from voicecoach import library
from voicecoach.cli.arguments import AsJson
from voicecoach.cli.sessions import load
from voicecoach.cli.source_names import STDIN
from voicecoach.cli.terminal import Terminal, one_line, refuse_two
from voicecoach.errors import ProgramError, UsageError, VoicecoachError, plain
from voicecoach.files import read_text
from voicecoach.model import Program


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
        # It asks pydantic (75 ms), as checking does; the help and the settings do without.
        from voicecoach.program.json_schema import schema

        terminal.result(json.dumps(schema(library.exercise_names()), indent=2, ensure_ascii=False))
        return
    if not files:
        raise UsageError("there is no file to check", "name one or more, or ask for --schema")
    found = [(file, _try(file)) for file in files]
    ok = all(isinstance(result, Program) for _, result in found)
    if as_json:
        objects = [_file_object(file, result) for file, result in found]
        terminal.result(json.dumps({"schema": 1, "ok": ok, "files": objects}, ensure_ascii=False))
    for file, result in () if as_json else found:
        if isinstance(result, Program):
            count = len(result.exercises)
            terminal.result(f"{one_line(file)}: ok, {count} exercise{'s' if count > 1 else ''}")
        else:
            terminal.tell(str(result))
    sys.exit(int(not ok))


def _try(file: str) -> Program | VoicecoachError:
    """Return the program that a file holds, or why it does not."""
    # It brings pydantic and ruamel.yaml, which the help and the settings do without.
    from voicecoach.program.parse import parse_program

    try:
        return load(file) if file == STDIN else parse_program(read_text(file), file, library.exercises())
    except VoicecoachError as error:
        return error


def _file_object(file: str, result: Program | VoicecoachError) -> dict[str, Any]:
    """Return a file with its problems; one that is about no place in it has the line and the column 0."""
    if isinstance(result, Program):
        return {"file": file, "ok": True, "exercises": len(result.exercises), "problems": []}
    if isinstance(result, ProgramError):
        problems = [asdict(each) for each in result.problems]
    else:
        what = result.what.removeprefix(f"{plain(file)}: ")  # it stands beside its problems
        problems = [{"line": 0, "column": 0, "what": what, "hint": result.hint}]
    return {"file": file, "ok": False, "exercises": None, "problems": problems}
