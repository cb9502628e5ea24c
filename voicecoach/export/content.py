"""What is written: the form of a sound file, and what it holds besides its sound."""

from typing import NamedTuple

from voicecoach.events import Chapter


class Content(NamedTuple):
    """Of a sound at so many samples a second; `tags` are those of `compose_tag`, `bit_rate` is in bit/s."""

    rate_hz: int
    bit_rate: int
    tags: dict[str, str]
    chapters: tuple[Chapter, ...]
