"""Print how often a value read from a page is wrong, by how doubtful the reading says it is.

    python scripts/doubt_of_articles.py [FOLDER...]

A folder holds pages, each beside its NAME.truth.json; without one it is that of the tests.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.articles.scoring import PAGES, judged, pages

ROWS = ((0.0, 0.15), (0.15, 0.3), (0.3, 1.01))
"""Bounds of the doubts that are counted together; from 0.3 on, a report asks the reader to check."""


def main(folders: list[Path]) -> None:
    """Print one row for each band of doubt, and one for what was not read at all."""
    every = [each for folder in folders for page in pages(folder) for each in judged(page)]
    print("doubt       values  wrong")
    for low, high in ROWS:
        band = [each for each in every if each.doubt is not None and low <= each.doubt < high]
        print(f"{low:.2f}-{min(high, 1.0):.2f}  {len(band):7}  {sum(not each.right for each in band):5}")
    unread = [each for each in every if each.doubt is None]
    print(f"nothing    {len(unread):7}  {sum(not each.right for each in unread):5}")


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]] or [PAGES])
