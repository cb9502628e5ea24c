"""The phrases of a dose: how often, which sides, and how many of what."""

from collections.abc import Sequence

from voicecoach.articles.dose.pattern import Kept, Term, rewrite, rows

OFTEN = rows(
    "F <- ATLEAST? N|VAGUE TIMES|X|SESSIONS|SETS|ROUNDS A|PER|EACH|SLASH PERIOD|HOUR|SPAN",
    "F <- N|VAGUE TIMES|X|SESSIONS|SETS|ROUNDS DAILY|DAYPART",
    "F <- ATLEAST? MANY OR? TIMES? A|PER|EACH|SLASH PERIOD|HOUR",
    "F <- ATLEAST? MANY DAILY",
    "F <- A TIMES A|PER|EACH|SLASH PERIOD|HOUR",
    "F <- A TIMES DAILY",
    "F <- N SLASH|X PERIOD",
    "F <- MANY DAYPART AND MANY DAYPART",
    "F <- MANY DAYPART",
    "F <- N PERIOD A|PER|EACH PERIOD",
    "F <- N PERIOD OUTOF N",
    "F <- T A|PER|EACH|SLASH PERIOD",
    "F <- T DAILY",
    "F <- EACH OTHER|LEFT|RIGHT PERIOD",
    "F <- EACH T",
    "F <- EACH N? PERIOD|HOUR",
    "F <- DAILY",
)
"""Frequencies, before anything that looks the same."""

SIDES = rows(
    "EACHSIDE <- ON|FOR|WITHIN|TO? THE? EACH|PER OF? THE? .1 SIDE !OF",
    "EACHSIDE <- SLASH SIDE",
    "BOTHSIDES <- ON|FOR? THE? BOTH THE? SIDE !OF",
    "OTHERSIDE <- ON|FOR? THE? OTHER|LEFT|RIGHT SIDE !OF",
    "OTHERSIDE <- ON? THE? SIDE OTHER",
    "OTHERSIDE <- ON THE? OTHER|LEFT|RIGHT !PERIOD",
    "OTHERSIDE <- ON|FOR? OTHERSIDE SIDE?",
)
"""The words for one side, for the other and for both, before what is done with them."""

AMOUNTS = rows(
    "AMOUNT <- sets=N .1 SETS OF|PER|X|COMMA|COLON|A? .1 hold=T !REST|BETWEEN",
    "AMOUNT <- sets=N .1 SETS OF|PER|X|COMMA|A? BETWEEN? reps=N .3 REPS|MOVES|TIMES",
    "AMOUNT <- sets=N .1 SETS OF|PER|X|COLON reps=N !UNIT|SETS",
    "AMOUNT <- reps=N .3 REPS OF|X .1 hold=T",
    "AMOUNT <- sets=N X reps=N X hold=T",
    "AMOUNT <- REPS COLON|EQUALS? reps=N COMMA|SEMI|SLASH? SETS COLON|EQUALS? sets=N !REPS|SETS|X|UNIT",
    "AMOUNT <- SETS COLON|EQUALS? sets=N COMMA|SEMI|SLASH? REPS COLON|EQUALS? reps=N !REPS|SETS|X|UNIT",
    "AMOUNT <- sets=N X .1 hold=T",
    "AMOUNT <- hold=N QUOTE X times=N !UNIT|LENGTH|QUOTE",
    "AMOUNT <- sets=N X hold=N QUOTE !X|WORD",
    "AMOUNT <- sets=N X OPEN? reps=N .3 REPS|MOVES|TIMES|X CLOSE?",
    "AMOUNT <- sets=N X OPEN? reps=N CLOSE? !SETS|PERIOD|BREATHS|CYCLES",
    "AMOUNT <- pyramid=N COMMA|DASH|SLASH N COMMA|DASH|SLASH N REPS|TIMES|X",
    "AMOUNT <- rounds=N ROUNDS OF|X reps=N .3 REPS|MOVES",
    "AMOUNT <- rounds=N ROUNDS OF|X reps=N COMMA|STOP|SEMI|CLOSE|EACHSIDE",
    "AMOUNT <- breaths=N .4 BREATHS",
    "AMOUNT <- cycles=N .2 CYCLES",
    "AMOUNT <- breathed=N ROUNDS OF? .1 BREATHS|BREATHING",
    "AMOUNT <- rounds=N .2 ROUNDS",
    "AMOUNT <- more=N MORE .1 REPS|TIMES|X",
    "AMOUNT <- more=N TIMES|X|REPS MORE",
    "AMOUNT <- more=N MORE !THAN|WORD",
    "AMOUNT <- more=MANY MORE",
    "AMOUNT <- MORE more=MANY",
    "AMOUNT <- MORE more=N TIMES",
    "AMOUNT <- total=N .1 REPS|TIMES|X|MOVES? COMMA? TOTAL",
    "AMOUNT <- TOTAL OF? total=N .1 REPS|TIMES|X|MOVES",
    "AMOUNT <- TOTAL OF total=N",
    "AMOUNT <- another=SECOND_SET OF? reps=N",
    "AMOUNT <- another=SECOND_SET",
    "AMOUNT <- another=ANOTHER .1 SETS OF? reps=N",
    "AMOUNT <- another=ANOTHER hold=T SETS",
    "AMOUNT <- another=ANOTHER .1 SETS",
    "AMOUNT <- ANOTHER again=N !UNIT|LENGTH|PERIOD|SETS|ITEMS",
    "AMOUNT <- ofthese=N OF_THESE !ITEMS|WORD",
    "AMOUNT <- sets=N .1 SETS",
    "AMOUNT <- reps=N .3 REPS",
    "AMOUNT <- reps=N X REPS",
    "AMOUNT <- SETS COLON|EQUALS sets=N",
    "AMOUNT <- REPS COLON|EQUALS? reps=N !SETS|X|UNIT",
    "AMOUNT <- times=N OPEN? TIMES|X CLOSE? !COMPARED",
    "AMOUNT <- eachside=N OPEN EACHSIDE CLOSE",
    "AMOUNT <- aside=N OTHERSIDE",
    "AMOUNT <- X eachside=N EACH !SIDE",
    "AMOUNT <- X times=N !LENGTH|QUOTE",
    "AMOUNT <- eachtime=N EACHTIME",
    "AMOUNT <- EACHTIME eachtime=N STOP|SEMI|COMMA|CLOSE",
    "AMOUNT <- ONLY? times=MANY ONLY",
    "AMOUNT <- ONLY? times=MANY TIMES? !COMPARED",
    "AMOUNT <- moves=N .2 MOVES",
    "AMOUNT <- eachside=N .2 EACHSIDE",
    "AMOUNT <- eachside=N OTHERSIDE COMMA|AND|SLASH eachside2=N OTHERSIDE",
    "AMOUNT <- eachside=N LETTER COMMA|AND|SLASH? eachside2=N LETTER",
)
"""Counted things, the composed before the single."""


def phrases(terms: Sequence[Term]) -> list[Term]:
    """Replace frequencies by F, words for sides by EACHSIDE, BOTHSIDES or OTHERSIDE, counts by AMOUNT.

    The value of an OTHERSIDE is LEFT or RIGHT where it names one of them.
    The value of an AMOUNT maps what each of its numbers counts to the term of the number.
    """
    found = rewrite(terms, OFTEN, _named)
    found = rewrite(found, SIDES, _named)
    return rewrite(found, AMOUNTS, _amount)


def _named(kind: str, kept: Kept, terms: Sequence[Term]) -> Term:
    del kept
    side = next((each.kind for each in terms if each.kind in {"LEFT", "RIGHT"}), None)
    return Term(kind, 0, 0, side)


def _amount(kind: str, kept: Kept, terms: Sequence[Term]) -> Term | None:
    only = "only" if any(each.kind == "ONLY" for each in terms) else ""
    return Term(kind, 0, 0, dict(kept), only)
