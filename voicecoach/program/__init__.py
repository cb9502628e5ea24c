"""Program files: text to `Program` and back, and the schema that editors complete them by."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicecoach.program.compose import compose_program
    from voicecoach.program.json_schema import schema
    from voicecoach.program.parse import parse_exercise, parse_program
    from voicecoach.program.trusted import trusted_exercise, trusted_program

__all__ = [
    "compose_program",
    "parse_exercise",
    "parse_program",
    "schema",
    "trusted_exercise",
    "trusted_program",
]

_MODULES = {
    "compose_program": "compose",
    "schema": "json_schema",
    "parse_exercise": "parse",
    "parse_program": "parse",
    "trusted_exercise": "trusted",
    "trusted_program": "trusted",
}
"""Where each stands: who reads the library needs no checks, and who checks a file writes none."""


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
