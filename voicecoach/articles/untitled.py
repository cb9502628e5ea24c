"""Exercises without titles: where one begins, and what still belongs to it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from voicecoach.articles.block import Kind, sentences
from voicecoach.articles.sections import Line
from voicecoach.articles.telling import Telling


def untitled(lines: Iterable[Line], telling: Telling) -> Iterator[list[Line]]:
    """Yield the lines of each exercise: it begins where one leads into a position, or announces it."""
    held: list[Line] = []
    for line in lines:
        for piece in _pieces(line, telling):
            if piece.role == "" and _begins(piece, telling):
                if held and telling.tells(held):
                    yield held
                held = [piece]
            elif held and (piece.role or _goes_on(piece, telling)):
                held.append(piece)
    if held and telling.tells(held):
        yield held


def _pieces(line: Line, telling: Telling) -> Iterator[Line]:
    """Cut a paragraph where it turns to another exercise."""
    begin = 0
    for at, sentence in sentences(line.text) if line.role == "" and not line.item else ():
        of_movement = telling.bodily(sentence) or telling.lexicon.names_exercise(sentence)
        if at > begin and of_movement and telling.lexicon.announces(sentence):
            yield replace(line, text=line.text[begin:at].strip(), start=line.start + begin)
            begin = at
    yield replace(line, text=line.text[begin:].strip(), start=line.start + begin)


def _begins(line: Line, telling: Telling) -> bool:
    told = [sentence for _, sentence in sentences(line.text)]
    opening = told[:3]
    leads = any(telling.lexicon.leads(sentence) and telling.bodily(sentence) for sentence in opening)
    other = bool(told) and telling.lexicon.announces(told[0])
    moves = sum(telling.lexicon.instructs(sentence) and telling.bodily(sentence) for sentence in told)
    return (leads or other) and not line.item and (moves > 1 or (moves == 1 and telling.dosed(line)))


def _goes_on(line: Line, telling: Telling) -> bool:
    if line.block.kind is Kind.ITEM:
        return True
    return telling.dosed(line) or any(map(telling.lexicon.instructs, (s for _, s in sentences(line.text))))
