"""What a shell offers to write: names of sessions, exercises, voices and choices.

A shell that is offered nothing offers names of files; so where no file is wanted, what was typed is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import typer

from voicecoach.cli.terminal import printable
from voicecoach.errors import VoicecoachError
from voicecoach.knobs import Knob

Complete = Callable[[typer.Context, str], list[str]]


def complete_session(incomplete: str) -> list[str]:
    """Return the library names that begin so; none, and the shell offers files."""
    return [name for name in _sessions() if name.startswith(incomplete)]


def complete_voice(incomplete: str) -> list[str]:
    """Return the voices whose names begin so."""
    # Voices are asked for from every engine, each of which is loaded for that.
    from voicecoach.engines.table import list_voices

    with suppress(VoicecoachError):
        return _offered((voice.name for _, voice in list_voices()), incomplete)
    return [incomplete]


def complete_start(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the exercises of the session at hand, to start at."""
    return _offered(_exercises(ctx), incomplete)


def complete_words(*words: str) -> Callable[[str], list[str]]:
    """Return what completes one of some words."""
    return lambda incomplete: _offered(words, incomplete)


def complete_knob(knob: Knob) -> Complete:
    """Return what completes the value of a knob: words, and exercises where it can be one's own."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        name, named, value = incomplete.rpartition("=")
        if named:
            return [f"{name}={each}" for each in _offered(knob.offered, value)]
        owners = [f"{each}=" for each in _exercises(ctx)] if knob.is_dose else []
        return _offered((*knob.offered, *owners), incomplete)

    return complete


def _offered(words: Iterable[str], incomplete: str) -> list[str]:
    return [printable(word) for word in words if word.startswith(incomplete)] or [incomplete]


def _exercises(ctx: typer.Context) -> Iterator[str]:
    """Yield the exercises of the sessions that the command line names so far, as flags name them.

    Programs of the library and files; nothing is fetched and no page is read while somebody types.
    """
    # The library is read only where a key asks for it: this module is loaded by every command.
    from voicecoach.cli.sessions import load

    # A flag that still lacks its value breaks off the parsing: what was a word by then stands in `args`.
    for name in (*(ctx.params.get("sessions") or ()), ctx.params.get("session"), *ctx.args):
        if name in _sessions() or Path(name or "").suffix in {".yaml", ".yml"}:
            with suppress(VoicecoachError):
                yield from (each.key or each.name for each in load(name).exercises)


def _sessions() -> tuple[str, ...]:
    # It is read only where a session is completed: this module is loaded by every command.
    from voicecoach import library

    return (*library.program_names(), *library.exercise_names())
