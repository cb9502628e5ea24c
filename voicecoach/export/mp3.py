"""MP3 files, encoded by LAME through PyAV as a stream, with tags, chapters and an exact length."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicecoach.audio import Pcm
from voicecoach.events import Chapter

if TYPE_CHECKING:
    from av.container.core import Chapter as Mark

BIT_RATE = 64_000
"""Constant, as players then seek exactly."""

# Without the reservoir every frame stands alone; level 7 is twice as fast as 5 and sounds the same here.
_LAME = {"reservoir": "0", "compression_level": "7"}
# The Xing header tells players the exact length, and how much of the first and last frame is padding.
_CONTAINER = {"id3v2_version": "3", "write_xing": "1"}
# LAME turns the sound down by this factor at bit rates up to 96 kbit/s (its presets.c); it is undone here.
_LAME_SCALE = 0.95
_FRAME_S = 5  # fewer crossings into the encoder
# The tag for the language holds ISO 639-2 codes.
_LANGUAGES = {"en": "eng"}


def write_mp3(
    path: str, blocks: Iterable[Pcm], rate_hz: int, tags: dict[str, str], chapters: tuple[Chapter, ...]
) -> None:
    """Encode `blocks` to `path` at 64 kbit/s; decoders that honour the header give back as many samples.

    `tags` may hold title, artist, album, genre and language (BCP 47). Raises OSError.
    """
    import av

    # Of a relative name, FFmpeg would take what stands before a colon for a protocol.
    with av.open(str(Path(path).absolute()), "w", format="mp3", options=_CONTAINER) as container:
        container.metadata.update(_id3(tags))
        container.set_chapters([_mark(number, chapter) for number, chapter in enumerate(chapters, 1)])
        stream = container.add_stream("libmp3lame", rate=rate_hz, options=_LAME)
        stream.codec_context.layout, stream.codec_context.format = "mono", "fltp"
        stream.codec_context.bit_rate = BIT_RATE
        at = 0
        for sound in gathered(blocks, _FRAME_S * rate_hz):
            scaled = sound[np.newaxis, :] * np.float32(1 / 32768 / _LAME_SCALE)
            frame = av.AudioFrame.from_ndarray(scaled, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = rate_hz, at
            at += len(sound)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def gathered(blocks: Iterable[Pcm], least: int) -> Iterator[Pcm]:
    """Yield the same sound in pieces of at least that many samples; the last may be shorter."""
    waiting: list[Pcm] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) >= least:
            yield np.concatenate(waiting)
            waiting = []
    if waiting:
        yield np.concatenate(waiting)


def _id3(tags: dict[str, str]) -> dict[str, str]:
    language = tags.get("language", "")
    known = _LANGUAGES.get(language.partition("-")[0].lower(), language)
    return {name: text for name, text in {**tags, "language": known}.items() if text}


def _mark(number: int, chapter: Chapter) -> "Mark":
    return {
        "id": number,
        "start": chapter.start_ms,
        "end": chapter.end_ms,
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }
