"""Read a hundred thousand damaged pages: nothing may fail, hang, or yield what `check` refuses.

usage: fuzz_articles.py [COUNT] [SEED]

Each input is made of pieces of the project's own pages, cut, repeated, mixed and sprinkled with markup. It
prints the first input that fails. Not part of the tests: it takes about a quarter of an hour.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from voicecoach.articles import read_article
from voicecoach.articles.composed import as_file, compose_article
from voicecoach.articles.decode import decode
from voicecoach.articles.json_object import as_object
from voicecoach.articles.language import TAGS
from voicecoach.articles.report import report
from voicecoach.program.parse import parse_program

PAGES = Path(__file__).parents[1] / "tests" / "articles" / "pages"
SPRINKLED = (
    *["<", ">", "</", "<!--", "&", "&#x110000;", "|", "**", "___", ":", "->", "…", "<b>", "<td>", "3x10"],
    *("# ", "- ", "1. ", "--- ", "10-5 sec", "999999999999 times", "half a"),
    *("\0", "\u202e", "\ud800", "\n", "\n\n", "\t"),
)
SLOW_S = 5.0
WRITTEN = 20
"""One of so many readings is written as a program and read back, which takes longest."""


def main(count: int = 100_000, seed: int = 1) -> int:
    """Read so many inputs, which the seed determines."""
    chance = random.Random(seed)  # noqa: S311 - chance is all that is asked of it
    pages = [decode(path.read_bytes()) for path in sorted(PAGES.iterdir()) if path.suffix != ".json"]
    begun = time.monotonic()
    for number in range(count):
        text = damaged(chance, pages)
        try:
            check(text, chance)
        except Exception:
            print(f"input {number}: {text!r}")
            raise
        if number % 10_000 == 0:
            print(f"{number:,} inputs, {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{count:,} inputs in {time.monotonic() - begun:.0f} s, none failed")
    return 0


def damaged(chance: random.Random, pages: list[str]) -> str:
    """Return an input made of pieces of pages."""
    pieces = []
    for _ in range(chance.randint(1, 4)):
        page = chance.choice(pages)
        begin = chance.randrange(len(page))
        pieces.append(page[begin : begin + chance.randint(1, 400)] * chance.choice([1, 1, 1, 2, 3]))
        pieces.append(chance.choice(SPRINKLED) * chance.randint(0, 4))
    text = "".join(pieces)
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(SPRINKLED) + text[at + chance.randint(0, 3) :]
    return text


def check(text: str, chance: random.Random) -> None:
    """Read an input as a page of any form and language; raises whatever goes wrong."""
    begun = time.monotonic()
    name = chance.choice(["x.html", "x.txt", "x.md", "x"])
    article = read_article(text, name, language=chance.choice(["", *TAGS]))
    as_object(article)
    report(article)
    if article.program and chance.randrange(WRITTEN) == 0:
        again = parse_program(compose_article(article), "x", {})
        if again != as_file(article.program):
            raise ValueError("the program reads back as another")
    if time.monotonic() - begun > SLOW_S:
        raise ValueError("it took too long")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
