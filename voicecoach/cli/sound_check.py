"""A short test that is heard: spoken words, through the very way that a session takes."""

import os

from voicecoach.events import Utterance
from voicecoach.units import RATE_HZ

WORDS = "One. Two. Three. This is how your coach sounds."
_RATE_WPM = 130
_LEAD_MS = 1500  # as in a session: Bluetooth links swallow the first moments
_TAIL_MS = 300


def play_words(output: str, device: str) -> str:
    """Play the words to an output and return what should have been heard; raises VoicecoachError."""
    from voicecoach.cache import ClipCache, cache_folder
    from voicecoach.mix import mix
    from voicecoach.sinks.feed import Feed
    from voicecoach.sinks.table import open_sink
    from voicecoach.studio import open_studio

    sink = open_sink(output, device)
    with open_studio(None, "en", ClipCache(cache_folder(os.environ))) as studio:
        clip = studio.clip(Utterance(WORDS, _RATE_WPM))
    end_ms = _LEAD_MS + clip.duration_ms + _TAIL_MS
    with Feed(mix([(_LEAD_MS, clip), (end_ms, None)], RATE_HZ), RATE_HZ) as feed:
        sink.play(feed, RATE_HZ, lambda _: None)
    return f'played by {sink.name}; you should have heard "{WORDS}"'
