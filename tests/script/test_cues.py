"""The list of cues is closed, and told."""

import re
from pathlib import Path

from tests.fakes import english
from voicecoach.script.cues import CUES

DOCS = Path(__file__).parents[2] / "docs" / "cues.md"
ROW = re.compile(r"^\| `([\w-]+)` \| (\w+) \| (\w+) \| (.+) \|$", re.MULTILINE)


def test_the_table_of_the_guide_is_the_list_row_by_row() -> None:
    told = ROW.findall(DOCS.read_text(encoding="utf-8"))
    assert told == [
        (name, each.kind.value, each.rank.name.lower(), each.meaning) for name, each in CUES.items()
    ]


def test_every_cue_has_a_wording_of_its_own_name() -> None:
    assert not [name for name in CUES if name not in english().table["cues"]]
