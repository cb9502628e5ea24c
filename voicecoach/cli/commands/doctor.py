"""`doctor`: what works on this machine, tried and not guessed, and how to mend what does not."""

import os
import platform
import sys
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.cache import ClipCache
from voicecoach.cli.arguments import AsJson, Device, Output, complete_words
from voicecoach.cli.settings.values import Settings, is_absent
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, VoicecoachError, misspelt, plain
from voicecoach.paths import cache_folder

CHECKS = ("python", "config", "engine", "voices", "audio", "cache", "formats")


def doctor(
    terminal: Terminal, settings: Settings, given: frozenset[str],
    checks: Annotated[list[str] | None, typer.Argument(metavar="[CHECK...]",
        autocompletion=complete_words(*CHECKS),
        help="Only these: python, config, engine, voices, audio, cache, formats.")] = None,
    sound: Annotated[bool, typer.Option("--sound", help="Play a few spoken words instead.")] = False,
    output: Output = "auto", device: Device = "", as_json: AsJson = False,
) -> None:  # fmt: skip
    """Say what works on this machine, and how to mend what does not.

    \b
    voicecoach doctor
    voicecoach doctor --sound

    Exits with 1 if anything does not work.
    """
    if sound and checks:
        raise UsageError("--sound stands alone", "leave out the names of checks")
    idle = sorted(given & {"output", "device"})
    if idle and not sound:
        raise UsageError(f"--{idle[0]} chooses where --sound plays", "add --sound, or leave it out")
    for name in checks or ():
        if name not in CHECKS:
            raise misspelt(f'doctor has no check "{plain(name)}"', name, CHECKS, f"name {', '.join(CHECKS)}")
    found: list[dict[str, object]] = []
    for name in ["sound"] if sound else checks or CHECKS:
        try:
            works, said = True, _found(name, settings, output, device)
        except UsageError:
            raise
        except VoicecoachError as error:
            works, said = False, str(error)
        found.append({"name": name, "ok": works, "found": said})
        if not as_json:
            terminal.result(f"{'ok  ' if works else 'FAIL'}  {name:<8} {said}")
    ok = all(each["ok"] for each in found)
    if as_json:
        terminal.result_object({"schema": 1, "ok": ok, "checks": found})
    sys.exit(int(not ok))


def _found(name: str, settings: Settings, output: str, device: str) -> str:
    """Return what a check finds out; raises VoicecoachError with what is wrong and how to mend it."""
    if name == "python":
        return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    if name == "config":
        settings.refuse_faults()
        state = "there is none" if is_absent(Path(settings.path)) else "every setting can be read"
        return f"{settings.path}: {state}"
    if name == "cache":
        cache = ClipCache(cache_folder(os.environ))
        if cache.note:
            raise VoicecoachError(cache.note)
        return str(cache.folder)
    # Engines, devices and encoders are loaded for what is tried with them.
    from voicecoach.cli import trials

    return trials.play_words(output, device) if name == "sound" else trials.TRIALS[name]()
