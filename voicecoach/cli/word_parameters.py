"""Parameters whose values are words, which Typer need not look at."""

from collections.abc import Callable
from typing import Any

from typer.core import TyperCommand


class WordCommand(TyperCommand):
    """A command that takes words as they are."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - Click's, or those of Typer's own copy of it
        """Return the parameters, --help among them."""
        return take_words(super().get_params(ctx))


def take_words(parameters: list[Any]) -> list[Any]:
    """Return the parameters, which take words as they are.

    Typer loads pydantic to look at each value, although ours are words: that takes longer than all else in
    the start of a run.
    """
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
        words = value if several and isinstance(value, list | tuple) else [value]
        wanted = param.type_descriptor.annotation
        # Half a character is no text; Typer refuses it.
        if wanted in {str, list[str]} and all(isinstance(each, str) and _is_text(each) for each in words):
            return list(value) if several else value
        return self._coercion().coerce(value, param=param, ctx=ctx)


def _is_text(word: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in word)
