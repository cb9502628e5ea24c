"""Commands that share flags: a builder's flags stand in a command's signature, and its value is passed in."""

import inspect
from collections.abc import Callable
from typing import Any

import typer

from voicecoach.cli.terminal import Terminal


def command(
    app: typer.Typer, *, name: str | None = None, **builders: Callable[..., Any]
) -> Callable[..., Any]:
    """Return a decorator that registers a command of `app`.

    A parameter of the command named in `builders` is made by its builder, whose own keyword parameters
    become flags of the command. A parameter `terminal` is the `Terminal` of the run.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(function, eval_str=True).parameters
        flags = {
            part: inspect.signature(builder, eval_str=True).parameters for part, builder in builders.items()
        }

        def call(ctx: typer.Context, **given: Any) -> None:  # noqa: ANN401 - Typer calls it by the signature below
            parts = {
                part: builders[part](**{flag: given.pop(flag) for flag in parameters})
                for part, parameters in flags.items()
            }
            if "terminal" in own:
                given["terminal"] = ctx.find_root().obj or Terminal()
            function(**given, **parts)

        shown = [each for each in own.values() if each.name not in builders and each.name != "terminal"]
        shared = [each for parameters in flags.values() for each in parameters.values()]
        context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
        keyword = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in (*shown, *shared)]
        # The signature is all that Typer reads of a command.
        call.__signature__ = inspect.Signature([context, *keyword])  # type: ignore[attr-defined]
        call.__annotations__ = {each.name: each.annotation for each in (context, *keyword)}
        call.__doc__ = function.__doc__
        app.command(name or function.__name__)(call)
        return function

    return register
