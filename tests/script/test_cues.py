"""The list of cues is closed, and told."""

import re
import tomllib
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings

from tests.fakes import english
from tests.timeline.programs import sessions
from tests.wordings import forms_of, missing_wordings
from voicecoach.events import Utterance
from voicecoach.phrases import Phrases
from voicecoach.phrases import __file__ as phrases_file
from voicecoach.script import compile_script
from voicecoach.script.cues import CUES
from voicecoach.script.wording import Wording
from voicecoach.session import Session

DOCS = Path(__file__).parents[2] / "docs" / "cues.md"
ROW = re.compile(r"^\| `([\w-]+)` \| (\w+) \| (\w+) \| (.+) \|$", re.MULTILINE)


def test_the_table_of_the_guide_is_the_list_row_by_row() -> None:
    told = ROW.findall(DOCS.read_text(encoding="utf-8"))
    assert told == [(name, each.kind.value, each.rank.name.lower(), each.meaning) for name, each in CUES.items()]


LANGUAGES = sorted(Path(phrases_file).parent.glob("*.toml"))


@pytest.mark.parametrize("file", LANGUAGES, ids=lambda file: file.stem)
def test_every_language_words_every_cue_in_all_its_forms(file: Path) -> None:
    assert not list(missing_wordings(Phrases(tomllib.loads(file.read_text(encoding="utf-8"))).table["cues"]))


def test_what_is_missing_or_too_much_in_a_language_is_told() -> None:
    cues = dict(english().table["cues"])
    del cues["half-way-breath-in"]
    cues |= {"half-away": [["Half"]], "switch": [["Change to {name}."]]}
    assert sorted(missing_wordings(cues)) == [
        "no cue is worded by half-away",
        "switch: nothing fills in {name}",
        "there is no wording for half-way-breath-in",
    ]


def test_a_form_without_a_wording_is_said_in_the_words_of_its_cue() -> None:
    cues = {name: words for name, words in english().table["cues"].items() if name != "half-way-breath-in"}
    wording = Wording(Phrases({**english().table, "cues": cues}), 130, "seed")
    said = wording.event("half-way", "half-way-breath-in").wordings[0]
    assert said == Utterance("Half-way", 130)


class Heard(Phrases):
    """Wordings that remember which of them were asked for."""

    asked: ClassVar[set[str]] = set()

    def wordings(self, cue: str, variant: int = 0, **facts: str) -> tuple[str, ...]:
        self.asked.add(cue)
        return super().wordings(cue, variant, **facts)


@settings(deadline=None)  # on a busy machine a long program takes its time
@given(sessions())
def test_whatever_a_session_says_is_a_form_of_a_row(session: Session) -> None:
    compile_script(session.program, session.pacing, Heard(english().table), 130)
    assert Heard.asked <= {form for name, row in CUES.items() for form in forms_of(name, row)}
