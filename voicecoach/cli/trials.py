"""What is tried on this machine; each returns what it found, or raises VoicecoachError with how to mend it."""

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from voicecoach.cache import ClipCache
from voicecoach.engines.table import list_voices
from voicecoach.events import Utterance
from voicecoach.export.content import Content
from voicecoach.export.formats import FORMATS
from voicecoach.export.stream import save_stream
from voicecoach.mix import mix
from voicecoach.paths import cache_folder
from voicecoach.sinks import open_sink
from voicecoach.sinks.device import device_name, device_names
from voicecoach.sinks.feed import Feed
from voicecoach.studio import open_studio
from voicecoach.units import RATE_HZ

WORDS = "One. Two. Three. This is how your coach sounds."
_RATE_WPM = 130
_LEAD_MS = 1500  # as in a session: Bluetooth links swallow the first moments
_TAIL_MS = 300


def try_engine() -> str:
    """Let the engine say something now: with an empty cache, as it need not speak otherwise."""
    with TemporaryDirectory() as folder, open_studio(None, "en", ClipCache(Path(folder))) as studio:
        length_ms = studio.duration_ms(Utterance("one two three", _RATE_WPM))
        slowest, fastest = studio.reachable_wpm()
        rates = f"{slowest} to {fastest} words a minute"
        return f"{studio.engine_name} {studio.engine_version} speaks {rates}; a test lasts {length_ms} ms"


def count_voices() -> str:
    """Return how many voices there are."""
    voices = list_voices()
    english = sum(voice.language.lower().startswith("en") for _, voice in voices)
    return f"{len(voices)} voices, {english} of them English"


def try_formats() -> str:
    """Write a second of silence in each format."""
    with TemporaryDirectory() as folder:
        for extension, kind in FORMATS.items():
            path, content = str(Path(folder) / f"try{extension}"), Content(RATE_HZ, kind.bit_rate, {}, ())
            save_stream(path, lambda _: iter([np.zeros(RATE_HZ, np.int16)]), content, 1000, 0, lambda _: None)
    return f"writes {', '.join(FORMATS)}"


TRIALS: dict[str, Callable[[], str]] = {"engine": try_engine, "voices": count_voices, "formats": try_formats,
          "audio": lambda: f"{device_name()}; devices for --device: {', '.join(device_names())}"}  # fmt: skip


def play_words(output: str, device: str) -> str:
    """Play a few words, by the very way that a session takes, and say what should have been heard."""
    sink = open_sink(output, device)
    with open_studio(None, "en", ClipCache(cache_folder(os.environ))) as studio:
        clip = studio.clip(Utterance(WORDS, _RATE_WPM))
    end_ms = _LEAD_MS + clip.duration_ms + _TAIL_MS
    with Feed(mix([(_LEAD_MS, clip), (end_ms, None)], RATE_HZ), RATE_HZ) as feed:
        sink.play(feed, RATE_HZ, lambda _: None)
    return f'played by {sink.name}; you should have heard "{WORDS}"'
