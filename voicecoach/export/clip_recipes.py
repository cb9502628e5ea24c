"""What is made of clips once and kept beside them, and making what is missing on all cores."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pkgutil import resolve_name
from typing import NamedTuple, TypeVar

from voicecoach.cores import worker_count
from voicecoach.events import Sound
from voicecoach.export.encoded_clips import ClipFacts, parse_facts
from voicecoach.speech import SpeechArchive

# The numbers count how such things were made: raise one when its content changes, or old ones would be taken.
_FACTS = "facts 3"
_FRAMES = "frames 3"

Name = TypeVar("Name", bound=Hashable)


class Recipe(NamedTuple):
    """Something made of a clip: the name of its kind, which says all that decides it, and what makes it.

    `maker` is a function of `clip_encoder`, which is loaded once something is missing, and not before.
    """

    kind: str
    maker: str
    arguments: tuple[int, ...] = ()

    def make(self, speech: SpeechArchive, sound: Sound) -> bytes:
        """Make it of a sound's clip, and store it."""
        make = resolve_name(f"voicecoach.export.clip_encoder:{self.maker}")
        content: bytes = make(speech.clip(sound), *self.arguments)
        speech.store(sound, self.kind, content)
        return content


FACTS = Recipe(_FACTS, "measure_clip")


def frames_recipe(offset: int, bit_rate: int, gain_half_db: int) -> Recipe:
    """Return how frames are made of a clip that begins `offset` samples into the first, at a gain."""
    kind = f"{_FRAMES}/{bit_rate}/{offset}/{gain_half_db}"
    return Recipe(kind, "encode_clip", (offset, bit_rate, gain_half_db))


def make_missing(
    speech: SpeechArchive, wanted: Mapping[Name, tuple[Sound, Recipe]], progress: Callable[[float], None]
) -> dict[Name, bytes]:
    """Return what is made of sounds, by the names given to them; what is missing is made on all cores.

    `progress` is called with the share that is done. Raises what `speech.clip` and the encoder raise.
    """
    found = {name: speech.stored(sound, recipe.kind) for name, (sound, recipe) in wanted.items()}
    missing = [name for name, content in found.items() if content is None]
    done = count(len(wanted) - len(missing) + 1)

    def make(name: Name) -> bytes:
        sound, recipe = wanted[name]
        content = recipe.make(speech, sound)
        progress(next(done) / len(wanted))
        return content

    if missing:
        # LAME works outside the interpreter's lock.
        with ThreadPoolExecutor(worker_count()) as pool:
            found.update(zip(missing, pool.map(make, missing), strict=True))
    progress(1.0)
    return {name: content for name, content in found.items() if content is not None}


def find_facts(
    speech: SpeechArchive, sounds: Iterable[Sound], progress: Callable[[float], None]
) -> dict[Sound, ClipFacts]:
    """Return what is known of each of the sounds."""
    found = make_missing(speech, {sound: (sound, FACTS) for sound in sounds}, progress)
    return {sound: parse_facts(content) for sound, content in found.items()}
