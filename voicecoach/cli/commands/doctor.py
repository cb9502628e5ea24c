"""`doctor`: what works on this machine, tried and not guessed, and how to mend what does not."""

import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Annotated

import typer

from voicecoach.cache import ClipCache
from voicecoach.cli.arguments import AsJson, Device, Output
from voicecoach.cli.completion import complete_words
from voicecoach.cli.settings.values import Settings, is_absent
from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, VoicecoachError, did_you_mean, near_matches, plain
from voicecoach.paths import cache_folder

_TRIALS = "voicecoach.cli.trials"

CHECKS = {
    "python": "",
    "config": "",
    "engine": f"{_TRIALS}:try_engine",
    "voices": f"{_TRIALS}:count_voices",
    "audio": f"{_TRIALS}:name_devices",
    "cache": "",
    "formats": f"{_TRIALS}:try_formats",
}
"""Each check, and what finds it out where that takes engines, devices and encoders."""


def doctor(
    terminal: Terminal,
    settings: Settings,
    given: frozenset[str],
    checks: Annotated[list[str] | None, typer.Argument(metavar="[CHECK...]",
        autocompletion=complete_words(*CHECKS),
        help="Only these: python, config, engine, voices, audio, cache, formats.")] = None,
    sound: Annotated[bool, typer.Option("--sound", help="Play a few spoken words instead.")] = False,
    output: Output = "auto",
    device: Device = "",
    as_json: AsJson = False,
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
            near = did_you_mean(near_matches(name, CHECKS))
            raise UsageError(f'doctor has no check "{plain(name)}"', near or f"name {', '.join(CHECKS)}")
    names = ["sound"] if sound else checks or list(CHECKS)
    found: list[dict[str, object]] = []
    for name in names:
        found.append(_result(name, _check(name, settings, output, device)))
        if not as_json:
            terminal.result(f"{'ok  ' if found[-1]['ok'] else 'FAIL'}  {name:<8} {found[-1]['found']}")
    ok = all(each["ok"] for each in found)
    if as_json:
        terminal.result(json.dumps({"schema": 1, "ok": ok, "checks": found}, ensure_ascii=False))
    sys.exit(int(not ok))


def _check(name: str, settings: Settings, output: str, device: str) -> Callable[[], str]:
    """Return what finds something out, or raises with what is wrong and how to mend it."""
    if name == "sound":
        return lambda: str(resolve_name(f"{_TRIALS}:play_words")(output, device))
    if name == "python":
        return _python
    if name == "config":
        return lambda: _config(settings)
    if name == "cache":
        return _cache
    return lambda: str(resolve_name(CHECKS[name])())


def _result(name: str, check: Callable[[], str]) -> dict[str, object]:
    try:
        return {"name": name, "ok": True, "found": check()}
    except UsageError:
        raise
    except VoicecoachError as error:
        return {"name": name, "ok": False, "found": str(error)}


def _python() -> str:
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


def _config(settings: Settings) -> str:
    settings.refuse_faults()
    state = "there is none" if is_absent(Path(settings.path)) else "every setting can be read"
    return f"{settings.path}: {state}"


def _cache() -> str:
    cache = ClipCache(cache_folder(os.environ))
    if cache.note:
        raise VoicecoachError(cache.note)
    return str(cache.folder)
