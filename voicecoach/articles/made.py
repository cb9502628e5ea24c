"""A title for an exercise that the page gives none: its posture, and the words of its movement."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

from collections.abc import Sequence

from voicecoach.articles.lexicon import Lexicon
from voicecoach.articles.posture import posture_of

_MOST_WORDS = 7
_ENDS = ",;:.!?(–—"


def made_title(texts: Sequence[str], lexicon: Lexicon) -> str:
    """Return a title made of the steps: how the body rests, and the first clause that moves it."""
    posture = posture_of(texts, lexicon)
    where = lexicon.made.get(posture.value, "") if posture else ""
    moves = [text for text in texts if lexicon.instructs(text)]
    clause = _clause(next((text for text in moves if not lexicon.leads(text)), moves[0] if moves else ""))
    title = f"{clause}, {where}" if clause and where else clause or where or lexicon.made["exercise"]
    return title[:1].upper() + title[1:]


def _clause(sentence: str) -> str:
    words = sentence.strip(" \"'“”«»").split()
    kept: list[str] = []
    for word in words[:_MOST_WORDS]:
        kept.append(word.rstrip(_ENDS))
        if word[-1] in _ENDS and len(kept) > 1:
            break
    return " ".join(kept)
