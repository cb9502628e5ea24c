"""Commands that are made when they are meant: of all there are, a run needs the flags of one.

Typer reads each signature, and loads pydantic to look at each value, although ours are words: together that
takes longer than everything else in the start of a run.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup


def deferred(function: Callable[[], Callable[..., None]]) -> type[TyperCommand]:
    """Return the class of a command whose parameters are those of what `function` returns, once needed."""
    return type("Deferred", (Deferred,), {"function": staticmethod(function)})


class Deferred(TyperCommand):
    """A command that Typer makes out of its function when its parameters are first asked for."""

    function: ClassVar[Callable[[], Callable[..., None]]]

    @cached_property
    def made(self) -> Any:  # noqa: ANN401 - Click's command, or that of Typer's own copy of it
        """The command with its parameters."""
        whole = typer.Typer(add_completion=False)
        whole.command()(type(self).function())
        return typer.main.get_command(whole)

    @property
    def params(self) -> Any:  # noqa: ANN401 - as above
        """The parameters that it has in the end."""
        return self.made.params

    @params.setter
    def params(self, _: Any) -> None:  # noqa: ANN401 - as above
        """Leave those of the stand-in aside."""

    @property
    def callback(self) -> Any:  # noqa: ANN401 - as above
        """What is called in the end."""
        return self.made.callback

    @callback.setter
    def callback(self, _: Any) -> None:  # noqa: ANN401 - as above
        """Leave that of the stand-in aside."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Return the parameters, --help among them."""
        return taking_words(super().get_params(ctx))


class Group(TyperGroup):
    """A group of commands that takes words as they are."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Return the parameters, --help among them."""
        return taking_words(super().get_params(ctx))


def taking_words(parameters: list[Any]) -> list[Any]:
    """Return the parameters, which take words as they are wherever Typer would coerce them."""
    for each in parameters:
        coercion = getattr(each, "get_runtime_param", None)
        if coercion and not isinstance(coercion, _Words):
            each.get_runtime_param = _Words(coercion)
    return parameters


class _Words:
    """How a parameter coerces values: words stay as they are, Typer coerces all else."""

    def __init__(self, coercion: Callable[[], Any]) -> None:
        self._coercion = coercion

    def __call__(self) -> "_Words":
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - as above
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        wanted = param.type_descriptor.annotation
        if wanted is str and not several and _is_word(value):
            return value
        if wanted == list[str] and isinstance(value, list | tuple) and all(map(_is_word, value)):
            return list(value)
        return self._coercion().coerce(value, param=param, ctx=ctx)


def _is_word(value: object) -> bool:
    # Half a character is not printable, and refused by Typer.
    return isinstance(value, str) and value.isprintable()
