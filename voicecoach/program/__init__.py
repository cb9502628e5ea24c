"""Program files: text to `Program` and back, and the schema that editors complete them by."""

from voicecoach.program.compose import compose_program
from voicecoach.program.json_schema import schema
from voicecoach.program.parse import parse_exercise, parse_program

__all__ = ["compose_program", "parse_exercise", "parse_program", "schema"]
