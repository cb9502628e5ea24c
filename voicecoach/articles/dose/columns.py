"""Several values under their labels: "Sets/Reps/Hold: 3/10/5s" states three, "Sets: 3 Reps: 10" two."""

import re
from collections.abc import Iterator, Sequence

from voicecoach.articles.dose.labels import LONGEST_LABEL, exact_label, label_field
from voicecoach.articles.dose.tokens import Token, tokens
from voicecoach.articles.language import Language, fold

_HEAD = re.compile(r"([^\W\d_][^:/\d]{0,40}(?:/[^:/\d]{1,20}){0,3}):\s*")
_BETWEEN_NAMES = re.compile(r"/|\s[xX\u00d7]\s")
_BETWEEN_VALUES = re.compile(r"/|(?<=\d)\s*[xX\u00d7]\s*(?=\d)")
_LONGEST = 80
_LONGEST_ROW = 300
_PARTS = frozenset({"COMMA", "SEMI", "SLASH", "MARK", "STOP", "OPEN", "DASH"})
"""What stands between a labelled value and the label of the next."""
_OF_SIDES = ("each", "per", "both", "on")
_NAMES = frozenset({"COLON", "EQUALS"})


def columns(text: str, language: Language, label: str = "") -> Iterator[tuple[int, str, str]]:
    """Yield the offset, the words and the label of each value where as many labels as values are joined.

    The labels stand in front of the values or in `label`. Nothing is yielded for any other text.
    """
    head = None if _BETWEEN_NAMES.search(label) else _HEAD.match(text[:_LONGEST])
    names = _BETWEEN_NAMES.split(head[1] if head else label)
    values = _BETWEEN_VALUES.split(text[head.end() :] if head else text)
    if len(names) < 2 or len(names) != len(values):  # noqa: PLR2004 - one label is no columns
        return
    if not all(exact_label(name, language) for name in names):
        return
    at = head.end() if head else 0
    for name, value in zip(names, values, strict=True):
        at = text.index(value, at)
        yield at, value, name
        at += len(value)


def labelled(text: str, language: Language, label: str = "") -> Iterator[tuple[int, str, str]]:
    """Yield the offset, the words and the label of each value where several labels follow each other.

    Each value stands behind its label and a colon; the first one's may be `label`. Nothing is yielded for
    any other text, and for one too long to be a row of values.
    """
    if len(text) > _LONGEST_ROW:
        return
    ruled = bool(label and label_field(label, language))
    cuts = [(0, 0, label)]
    cuts += _inner_labels(list(tokens(text)), text, language, label if ruled else "")
    if len(cuts) < (2 if ruled else 3):
        return
    for (_, start, name), (end, _, _) in zip(cuts, [*cuts[1:], (len(text), 0, "")], strict=True):
        words = text[start:end].rstrip(" ,;|/-–(")  # noqa: RUF001 - rows are divided by dashes as well
        if words.strip():
            yield start, words, name


def _inner_labels(row: Sequence[Token], text: str, language: Language, label: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and the end of each label inside a text, and the label; `label` stands before it."""
    for at, token in enumerate(row):
        if token.kind not in _NAMES and not (token.kind == "DASH" and not token.glued):
            continue
        length = _label_length(row, at, text, language)
        if not length or _tells_sides(row, at - length, at, text, language):
            continue
        begin = at - length
        parted = begin == 0 or row[begin - 1].kind in _PARTS
        behind = not parted and row[begin - 1].kind == "NUM"
        counts = behind and (_is_any(label, language) or _is_counted(row, at + 1, text, language))
        if parted or (label and not counts):
            label = text[row[begin].start : token.start]
            yield row[begin].start, token.end, label


def _tells_sides(row: Sequence[Token], begin: int, end: int, text: str, language: Language) -> bool:
    """Tell whether what may be a label only ends "each side", "per leg" or "/side", and so is none."""
    if begin == 0 or exact_label(text[row[begin].start : row[end - 1].end], language) != "sides":
        return False
    words = {fold(each).split()[-1] for kind in _OF_SIDES for each in language.terms.get(kind, ()) if each}
    return row[begin - 1].kind == "SLASH" or row[begin - 1].word in words


def _is_any(label: str, language: Language) -> bool:
    """Tell whether a label does not say what it counts: in "Dose: 3 sets: 10" the 3 is none of its own."""
    counted = (*language.terms["reps"], *language.terms["sets"])
    named = " ".join(re.findall(r"[^\W\d_]+", fold(label)))
    return label_field(label, language) in {"reps", "sets"} and named not in counted


def _label_length(row: Sequence[Token], colon: int, text: str, language: Language) -> int:
    for length in range(min(LONGEST_LABEL, colon), 0, -1):
        words = row[colon - length : colon]
        if all(each.word for each in words) and exact_label(text[words[0].start : words[-1].end], language):
            return length
    return 0


def _is_counted(row: Sequence[Token], at: int, text: str, language: Language) -> bool:
    """Tell whether the number behind a colon has a noun of its own, as in "3 sets: 10 reps"."""
    if at + 1 >= len(row) or row[at].kind != "NUM" or not row[at + 1].word:
        return False
    named = exact_label(text[row[at + 1].start : row[at + 1].end], language)
    return bool(named) and (at + 2 >= len(row) or row[at + 2].kind not in _NAMES)
