"""Checking program files: what is said of each, and the exit code."""

import json

from voicecoach import library
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, VoicecoachError
from voicecoach.files import read_text
from voicecoach.model import Program

STDIN = "-"


def check_files(files: list[str], terminal: Terminal) -> int:
    """Check every file, print "FILE: ok" or all its problems, and return 1 where there were any."""
    if not files:
        raise UsageError("there is no file to check", "name one or more, or ask for --schema")
    failed = 0
    for file in files:
        try:
            program = _parsed(file)
        except VoicecoachError as error:
            failed = 1
            terminal.tell(str(error))
        else:
            count = len(program.exercises)
            terminal.result(f"{file}: ok, {count} exercise{'s' if count > 1 else ''}")
    return failed


def print_schema(files: list[str], terminal: Terminal) -> int:
    """Print the JSON Schema of a program file; raises UsageError where there are files to check as well."""
    from voicecoach.program.json_schema import schema

    if files:
        raise UsageError("--schema checks no file", "leave out the one or the other")
    terminal.result(json.dumps(schema(library.exercise_names()), indent=2, ensure_ascii=False))
    return 0


def _parsed(file: str) -> Program:
    from voicecoach.program.parse import parse_program

    if file == STDIN:
        from voicecoach.cli.sessions import load

        return load(file)
    return parse_program(read_text(file), file, library.exercises())
