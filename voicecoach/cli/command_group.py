"""A group whose commands are known by name and one line; the module of one is loaded when it is chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pkgutil import resolve_name
from typing import Any, ClassVar

from typer.core import TyperCommand, TyperGroup

from voicecoach.cli.word_parameters import take_words


@dataclass(frozen=True, slots=True)
class CommandRow:
    """A command: its one line of help, and where its function is, or the commands `below` it.

    With `despite_faults` it works although the settings have faults.
    """

    line: str
    function: str = ""
    despite_faults: bool = False
    below: Mapping[str, "CommandRow"] = field(default_factory=dict)


class CommandGroup(TyperGroup):
    """A group of the commands in its `rows`, which takes words as they are."""

    rows: ClassVar[Mapping[str, CommandRow]] = {}

    def __init__(self, **how: Any) -> None:  # noqa: ANN401 - a group of Click, or of Typer's own copy of it
        super().__init__(**how)
        self.commands = {name: _placeholder(name, row) for name, row in self.rows.items()}

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Return the parameters, --help among them."""
        return take_words(super().get_params(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - as above
        """Return the command that is meant, loaded, and what is left of the arguments."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, found and self.load(str(name)), rest

    def load(self, name: str) -> Any:  # noqa: ANN401 - as above
        """Return a command with its flags."""
        row = self.rows[name]
        return self.commands[name] if row.below else _load(name, row.function, row.despite_faults)


@cache
def _load(name: str, function: str, despite_faults: bool) -> TyperCommand:
    # Its flags bring knobs and settings with them, of which the help of all commands needs none.
    from voicecoach.cli.invocation import compose_command

    return compose_command(name, resolve_name(function), despite_faults=despite_faults)


def _placeholder(name: str, row: CommandRow) -> Any:  # noqa: ANN401 - as above
    """Return what stands in the help for a command that is not loaded, or the group of those below it."""
    if not row.below:
        return TyperCommand(name, help=row.line, rich_markup_mode=None)
    kind = type("Group", (CommandGroup,), {"rows": row.below})
    return kind(name=name, help=row.line, no_args_is_help=True, rich_markup_mode=None)
