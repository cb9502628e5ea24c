"""What a sentence states, read once however often it is asked for."""

from functools import lru_cache

from voicecoach.articles.dose import Stated, read_doses
from voicecoach.articles.language import load_language


@lru_cache(maxsize=4096)
def stated_in(sentence: str, tag: str, label: str = "") -> tuple[Stated, ...]:
    """Return the doses that a sentence of the language `tag` states under a `label`."""
    return read_doses(sentence, load_language(tag), label=label)
