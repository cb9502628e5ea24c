"""Which sides of the body a sentence names, as words of a dose and not of a posture."""

from collections.abc import Iterator, Sequence

from voicecoach.articles.dose.pattern import Table, Term, find, rows
from voicecoach.articles.dose.stated import Stated
from voicecoach.model import Sides

_EDGES = frozenset({"STOP", "SEMI", "COMMA", "OPEN", "CLOSE", "COLON", "AND"})
_TURNS = rows(
    "ONE <- ONESIDE OPEN|COMMA? THE? LEFT|RIGHT",
    "ONE <- ONESIDE OPEN|COMMA? OTHERSIDE CLOSE|STOP",
    "ONE <- ONESIDE",
    "ONLY <- OTHERSIDE ONLY",
    "ONLY <- ONLY OTHERSIDE *6 AMOUNT|T",
    "ONLY <- AMOUNT|T *6 ONLY OTHERSIDE",
    "EACH <- CHANGESIDE",
    "ALTERNATE <- ALTERNATE THE? .2 SIDE|OTHERSIDE",
    "ALTERNATE <- SIDE .1 ALTERNATE",
    "ALTERNATE <- ALTERNATING !BETWEEN",
    "EACH <- AMOUNT|T|N|F .3 EACHSIDE",
    "EACH <- AMOUNT|T|F .1 BOTHSIDES STOP|SEMI|COMMA|CLOSE|COLON|SLASH|DASH|AND|F|AMOUNT",
    "EACH <- EACHSIDE|BOTHSIDES .2 AMOUNT|T|X",
    "EACH <- BOTHSIDES PER AMOUNT|T",
    "EACH <- LEFT|RIGHT AND|SLASH LEFT|RIGHT PER|EACH AMOUNT|T|N",
    "EACH <- AMOUNT|T .1 OTHERSIDE COMMA|SEMI? AND? AMOUNT|T .1 OTHERSIDE",
    "EACH <- AMOUNT|T EACH STOP|SEMI|COMMA|CLOSE",
    "EACH <- AMOUNT|T|N OPEN EACH CLOSE",
    "EACH <- OPEN LETTER SLASH|COMMA|AND|PLUS LETTER CLOSE",
    "EACH <- AMOUNT|T|N COMMA? LETTER SLASH|AND|PLUS LETTER",
    "EACH <- AMOUNT|T|N A SIDE STOP|SEMI|COMMA|CLOSE",
    "EACH <- AMOUNT|T SLASH? LETTER SLASH|COMMA|AND LETTER",
    "EACH <- AMOUNT|T LETTER COMMA|SEMI|AND AMOUNT|T LETTER",
    "EACH <- STOP|SEMI|COMMA|OPEN|COLON|SLASH|DASH EACHSIDE|BOTHSIDES STOP|SEMI|COMMA|CLOSE|COLON|SLASH|DASH",
    "EACH <- REPEAT|DO|TRAIN|SWITCH *8 EACHSIDE",
    "EACH <- REPEAT|DO *8 BOTHSIDES STOP|SEMI|COMMA|CLOSE|AND|F|AMOUNT|T",
    "EACH <- TRAIN THE? BOTHSIDES",
    "EACH <- BOTHSIDES|EACHSIDE .2 REPEAT|DO|TRAIN",
    "EACH <- T A|THE? OTHERSIDE|LEFT|RIGHT",
    "EACH <- REPEAT|SAME *8 OTHERSIDE|OTHER",
    "EACH <- REPEAT|SAME *4 LEFT|RIGHT",
    "EACH <- DO .3 OTHERSIDE",
    "EACH <- OTHERSIDE|OTHER WORD? REPEAT|SAME|DO",
    "EACH <- TURNOVER .1 THEN? REPEAT|SAME",
    "EACH <- TURNOVER .1 THEN? DO THE? SAME",
    "EACH <- TURNOVER .1 THEN? DO|TRAIN? OTHERSIDE",
    "EACH <- STOP THEN? TURNOVER COMMA|AND DO|THEN? AMOUNT|T STOP|SEMI|COMMA|CLOSE",
    "EACH <- AMOUNT|T STOP|SEMI? .2 THEN? TURNOVER .1 THEN? DO? AMOUNT|T STOP|SEMI|COMMA|CLOSE|OTHERSIDE",
    "EACH <- TRAIN OTHERSIDE",
    "EACH <- AMOUNT|T *6 THEN|NOW ON|TO|OF? A|THE? LEFT|RIGHT|OTHERSIDE|OTHER STOP|SEMI|COMMA|CLOSE|AND",
    "EACH <- STOP AND? THEN|NOW OVER? TO|ON? THE? LEFT|RIGHT|OTHERSIDE .2 T|AMOUNT",
    "TURN <- SWITCH .1 THEN? ON|OF|TO|THE? THE|TO|ON? .2 SIDE|OTHERSIDE|OTHER",
    "TURN <- SIDE|OTHERSIDE .1 SWITCH",
)
_FAR = rows(
    "FAINT <- STOP|SEMI|COMMA|THEN|NOW OTHERSIDE STOP|SEMI|COMMA",
    "FAINT <- STOP THEN|NOW|AND THEN? THE LEFT|RIGHT STOP",
    "FAINT <- AMOUNT|T *9 EACHSIDE",
    "FAINT <- STOP|SEMI EACHSIDE *9 AMOUNT|T",
    "FAINT <- SWITCH AND? REPEAT|STOP|SEMI|COMMA",
)
_MEANING = {
    "ONE": (Sides.NONE, 0.25, "one side only"),
    "ONLY": (Sides.NONE, 0.25, "one side only"),
    "ALTERNATE": (Sides.ALTERNATE, 0.15, ""),
    "EACH": (Sides.EACH, 0.05, ""),
    "TURN": (Sides.EACH, 0.2, "a change of side, once or at every repetition"),
    "FAINT": (Sides.EACH, 0.35, "the side words stand far from the dose"),
}


_EVERY = frozenset({"BOTH", "EACH", "EACHSIDE", "BOTHSIDES"})
_TURNED = frozenset({"ALTERNATE", "ALTERNATING"})
_LONGEST_VALUE = 6


def labelled_sides(terms: Sequence[Term]) -> Iterator[Stated]:
    """Yield the sides that the few terms under a label or a head "Side" state: "both", "left", "L/R"."""
    kinds = [each.kind for each in terms]
    if not terms or len(terms) > _LONGEST_VALUE:
        return
    named = {"LEFT", "RIGHT"} & {_side(each) for each in terms}
    value = None
    if _TURNED & set(kinds):
        value = Sides.ALTERNATE
    elif _EVERY & set(kinds) or len(named) > 1 or kinds.count("LETTER") > 1:
        value = Sides.EACH
    elif named:
        value = Sides[named.pop()]
    if value is not None:
        yield Stated("sides", value, terms[0].start, terms[-1].end, 0.02, label=True)


def _side(term: Term) -> str:
    """Return LEFT or RIGHT where a term names one of them, or ""."""
    named = term.value if term.kind == "OTHERSIDE" else term.kind
    return str(named) if named in {"LEFT", "RIGHT"} else ""


def sides(terms: Sequence[Term]) -> Iterator[Stated]:
    """Yield the sides that the terms of some sentences state, the words of each once.

    What stands far from any dose counts only where nothing nearer names the sides.
    """
    named = tuple(_found(terms, _TURNS))
    yield from named or _found(terms, _FAR)


def _found(terms: Sequence[Term], table: Table) -> Iterator[Stated]:
    reached = -1
    for kind, _, found in find(terms, table):
        inner = _without_edges(found)
        if inner[0].start < reached:
            continue
        reached = inner[-1].end
        value, doubt, note = _MEANING[kind]
        if kind in {"ONE", "ONLY"}:
            side = next(filter(None, map(_side, found)), "")
            if kind == "ONLY" and not side:
                continue
            value = Sides[side] if side else value
        first = inner[-1] if inner[0].kind in {"AMOUNT", "T", "N", "F"} else inner[0]
        yield Stated("sides", value, first.start, inner[-1].end, doubt, note)


def _without_edges(found: Sequence[Term]) -> Sequence[Term]:
    inner = [each for each in found if each.kind not in _EDGES]
    return inner or found
