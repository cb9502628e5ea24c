"""How well a page was read, against what is true of it: exercises found, and doses that are all right."""

import difflib
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.articles import read_article
from voicecoach.articles.decode import decode
from voicecoach.articles.json_object import as_object

PAGES = Path(__file__).parent / "pages"
FIELDS = ("hold_s", "reps", "sets", "per_side")
EVIDENCE = {"hold_s": "hold", "reps": "reps", "sets": "sets", "per_side": "sides"}
LEAST_LIKENESS = 0.55


@dataclass(frozen=True)
class Score:
    """Counts over pages: exercises that are true, reported, found, and found with their whole dose."""

    true: int = 0
    reported: int = 0
    found: int = 0
    dosed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.true + other.true, self.reported + other.reported, self.found + other.found, self.dosed + other.dosed
        )

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, self.true + self.reported)

    @property
    def dose(self) -> float:
        return self.dosed / max(1, self.true)


def pages(folder: Path = PAGES) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.with_name(path.stem + ".truth.json").exists())


def truth(page: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(page.with_name(page.stem + ".truth.json").read_text(encoding="utf-8"))
    return told


def score(page: Path) -> Score:
    """Pair what is true with what was read, in order, and count."""
    want = truth(page)["exercises"]
    got = as_object(read_article(decode(page.read_bytes()), page.name))["exercises"]
    pairs = _paired(want, got)
    dosed = sum(all(_right(field, each, read) for field in FIELDS) for each, read in pairs)
    return Score(len(want), len(got), len(pairs), dosed)


@dataclass(frozen=True)
class Judged:
    """One field of an exercise: the doubt of its evidence (None: nothing was read), and if it is right."""

    doubt: float | None
    right: bool


def judged(page: Path) -> list[Judged]:
    """Judge every field of every exercise that was found on a page."""
    got = as_object(read_article(decode(page.read_bytes()), page.name))["exercises"]
    fields: list[Judged] = []
    for want, read in _paired(truth(page)["exercises"], got):
        for field in FIELDS:
            evidence = read["evidence"].get(EVIDENCE[field])
            fields.append(Judged(evidence["doubt"] if evidence else None, _right(field, want, read)))
    return fields


def _paired(want: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs, begin = [], 0
    for each in want:
        for at in range(begin, len(got)):
            if _same(each, got[at]):
                pairs.append((each, got[at]))
                begin = at + 1
                break
    return pairs


def _same(want: dict[str, Any], got: dict[str, Any]) -> bool:
    if want.get("title_stated") is False:
        return bool(got["title_made"])
    return _likeness(_plain(want["title"]), _plain(got["name"])) >= LEAST_LIKENESS


def _likeness(one: str, other: str) -> float:
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / max(1, min(len(words), len(others)))
    return max(difflib.SequenceMatcher(None, one, other).ratio(), 0.9 * shared)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


def _right(field: str, want: dict[str, Any], got: dict[str, Any]) -> bool:
    value = got["sides"] == "each" if field == "per_side" else got[field]
    return value in [want[field], *want.get("accept", {}).get(field, [])]
