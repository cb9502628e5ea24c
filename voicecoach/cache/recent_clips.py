"""Clips kept in memory: those used last, up to a bound."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from voicecoach.clip import Clip

if TYPE_CHECKING:
    from voicecoach.events import Utterance

MOST_BYTES = 64 * 1024 * 1024
"""Twenty-five minutes of speech: more than any session says."""


class RecentClips:
    """Clips by what they say; beyond `MOST_BYTES` the one that was used longest ago is let go of."""

    def __init__(self) -> None:
        self._clips: OrderedDict[Utterance, Clip] = OrderedDict()
        self._bytes = 0

    def get(self, asked: "Utterance") -> "Clip | None":
        """Return the clip, None where there is none."""
        if asked in self._clips:
            self._clips.move_to_end(asked)
        return self._clips.get(asked)

    def put(self, asked: "Utterance", clip: Clip) -> None:
        """Keep a clip, where there is none of the same words."""
        if asked in self._clips:
            return
        self._clips[asked] = clip
        self._bytes += clip.pcm.nbytes
        while self._bytes > MOST_BYTES and len(self._clips) > 1:
            _, oldest = self._clips.popitem(last=False)
            self._bytes -= oldest.pcm.nbytes
