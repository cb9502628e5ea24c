"""Arguments and flags that several commands share, and what a shell offers to write for them.

A shell that is offered nothing offers names of files; so where no file is wanted, what was typed is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cli.source_names import PAGES
from voicecoach.cli.terminal import printable
from voicecoach.errors import VoicecoachError
from voicecoach.knobs import Knob


def complete_session(incomplete: str) -> list[str]:
    """Return the library names that begin so; none, and the shell offers files."""
    # The library is read only where a key asks for it: this module is loaded by every command.
    from voicecoach import library

    return [name for name in library.session_names() if name.startswith(incomplete)]


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


def complete_knob(knob: Knob) -> Callable[[typer.Context, str], list[str]]:
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
    """Yield the exercises of the programs that the command line names; no page is read while somebody types."""
    # As above.
    from voicecoach import library
    from voicecoach.cli.sessions import load

    # A flag that still lacks its value breaks off the parsing: what was a word by then stands in `args`.
    for name in (*(ctx.params.get("sessions") or ()), ctx.params.get("session"), *ctx.args):
        if name in library.session_names() or Path(name or "").suffix in {".yaml", ".yml"}:
            with suppress(VoicecoachError):
                yield from (each.key or each.name for each in load(name).exercises)


OUTPUTS = ("auto", "miniaudio", "simpleaudio", "null")

SessionName = Annotated[str, typer.Argument(metavar="SESSION", autocompletion=complete_session,
    help=f"A library name, a program file, a page {PAGES}, or - for standard input.")]  # fmt: skip
SessionNames = Annotated[list[str], typer.Argument(metavar="SESSION...", autocompletion=complete_session,
    help=f"Library names, program files, pages {PAGES}, or - for standard input.")]  # fmt: skip
Start = Annotated[str, typer.Option("--from", metavar="N|NAME", autocompletion=complete_start,
    help="Start at this exercise.")]  # fmt: skip
VoiceName = Annotated[str, typer.Option(metavar="VOICE", autocompletion=complete_voice,
    help="Who speaks; `voicecoach voices` lists them.")]  # fmt: skip
Output = Annotated[str, typer.Option(metavar="|".join(OUTPUTS), autocompletion=complete_words(*OUTPUTS),
    help="Where the sound goes.")]  # fmt: skip
Device = Annotated[str, typer.Option(metavar="NAME",
    help="The audio device; `voicecoach doctor audio` lists them.")]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
