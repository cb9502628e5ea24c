"""What works on this machine, tried and not guessed, and how to mend what does not."""

import os
import platform
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from voicecoach.cli.terminal import Terminal
from voicecoach.errors import UsageError, VoicecoachError, did_you_mean, near_matches
from voicecoach.events import Utterance


def examine(wanted: list[str], terminal: Terminal) -> int:
    """Run the checks named, or all; print a line for each; return 1 where one fails."""
    for name in wanted:
        if name not in CHECKS:
            near = did_you_mean(near_matches(name, CHECKS))
            raise UsageError(f'doctor has no check "{name}"', near or f"name {', '.join(CHECKS)}")
    return max(_told(name, CHECKS[name], terminal) for name in wanted or CHECKS)


def let_hear(output: str, device: str, terminal: Terminal) -> int:
    """Play a short test through an output; return 1 where that fails."""
    from voicecoach.cli.sound_check import play_words

    return _told("sound", lambda: play_words(output, device), terminal)


def _told(name: str, check: Callable[[], str], terminal: Terminal) -> int:
    try:
        terminal.result(f"ok    {name:<8} {check()}")
    except UsageError:
        raise
    except VoicecoachError as error:
        terminal.result(f"FAIL  {name:<8} {error}")
        return 1
    return 0


def _python() -> str:
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


def _config() -> str:
    from voicecoach.cli.commands.config import settings_here
    from voicecoach.cli.settings.file import is_absent

    settings = settings_here()
    settings.refuse_faults()
    path = Path(settings.path)
    return f"{path}: {'there is none' if is_absent(path) else 'every setting can be read'}"


def _engine() -> str:
    from voicecoach.cache import ClipCache
    from voicecoach.studio import open_studio

    # With an empty cache, so that the engine has to speak now.
    with TemporaryDirectory() as folder, open_studio(None, "en", ClipCache(Path(folder))) as studio:
        length_ms = studio.duration_ms(Utterance("one two three", 130))
        slowest, fastest = studio.reachable_wpm()
        rates = f"{slowest} to {fastest} words a minute"
        return f"{studio.engine_name} {studio.engine_version} speaks {rates}; a test lasts {length_ms} ms"


def _voices() -> str:
    from voicecoach.engines.table import list_voices

    voices = list_voices()
    english = sum(voice.language.lower().startswith("en") for _, voice in voices)
    return f"{len(voices)} voices, {english} of them English"


def _audio() -> str:
    from voicecoach.sinks.device import device_name, device_names

    return f"{device_name()}; devices for --device: {', '.join(device_names())}"


def _cache() -> str:
    from voicecoach.cache import ClipCache, cache_folder

    cache = ClipCache(cache_folder(os.environ))
    if cache.note:
        raise VoicecoachError(cache.note)
    return str(cache.folder)


def _formats() -> str:
    import numpy as np

    from voicecoach.export.formats import FORMATS
    from voicecoach.export.stream import save_stream

    with TemporaryDirectory() as folder:
        for extension in FORMATS:
            path = str(Path(folder) / f"try{extension}")
            save_stream(
                path, lambda _: iter([np.zeros(22050, np.int16)]), 22050, 1000, 0, {}, (), lambda _: None
            )
    return f"writes {', '.join(FORMATS)}"


CHECKS: dict[str, Callable[[], str]] = {
    "python": _python,
    "config": _config,
    "engine": _engine,
    "voices": _voices,
    "audio": _audio,
    "cache": _cache,
    "formats": _formats,
}
"""Each check returns what it found, or raises with what is wrong and how to mend it."""
