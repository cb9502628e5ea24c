"""A language is one data file: one that nobody coded for is composed, spoken, tagged and played."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
import pytest

from tests.fakes import english
from tests.wordings import missing_wordings
from voicecoach import languages
from voicecoach.cli.run import run
from voicecoach.phrases import Phrases

PROGRAM = """\
title: Ripozo
language: eo
exercises:
  - name: Ponto
    steps: [Levu la koksojn.]
    hold: 4s
    reps: 3
    sets: 1
"""

UNITS = ("nul", "unu", "du", "tri", "kvar", "kvin", "ses", "sep", "ok", "naŭ")


def number(value: int) -> str:
    """Return a number below a hundred: its tens stand in a word of their own, as in no English one."""
    tens, unit = divmod(value, 10)
    ten = f"{UNITS[tens] if tens > 1 else ''}dek" if tens else ""
    return " ".join(filter(None, (ten, UNITS[unit] if unit or not tens else "")))


def toy_table() -> dict[str, Any]:
    """Return a language of other words and plurals, whose numbers and times are put together otherwise."""
    table: dict[str, Any] = json.loads(json.dumps(english().table))
    table["cues"] = {
        cue: [[f"La {words}" for words in variant] for variant in variants] for cue, variants in table["cues"].items()
    }
    return table | {
        "language": "eo",
        "iso-639-2": "epo",
        "passage": "Kuŝiĝu surdorse. Fleksu ambaŭ genuojn. Spiru trankvile tra la nazo, kaj ripozu.",
        "plurals": {"few": [[2, 4]]},
        "numbers": {
            "words": [number(value) for value in range(100)],
            "hundreds": [f"{UNITS[n] if n > 1 else ''}cent" for n in range(1, 10)],
            "with-rest": "{hundreds} {rest}",
            "half": "{whole} kaj duono",
            "point": "{whole} komo {tenth}",
        },
        "time": {
            "second": {"1": "unu sekundo", "few": "{number} sekundetoj", "many": "{number} sekundoj"},
            "minute": {"1": "unu minuto", "many": "{number} minutoj"},
            "both": "{seconds} post {minutes}",
            "short": "{number} post {minutes}",
            "clear-from": 30,
        },
        "sides": table["sides"] | {"left": "maldekstra", "right": "dekstra"},
    }


def toml(table: Mapping[str, Any]) -> str:
    """Return a table as TOML: what JSON writes of texts and lists is TOML, too."""
    lines = [f"{json.dumps(key)} = {_value(value)}" for key, value in table.items() if not isinstance(value, dict)]
    for name, inner in ((key, value) for key, value in table.items() if isinstance(value, dict)):
        lines += [f"[{json.dumps(name)}]", *(f"{json.dumps(key)} = {_value(value)}" for key, value in inner.items())]
    return "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Phrases:
    """Put the file of the toy language where languages are looked for, and nothing else anywhere."""
    (tmp_path / "languages").mkdir()
    file = tmp_path / "languages" / "eo.toml"
    file.write_text(toml(toy_table()), encoding="utf-8")
    monkeypatch.setattr(languages, "FOLDER", file.parent)
    return Phrases(tomllib.loads(file.read_text(encoding="utf-8")))


def test_numbers_plurals_and_times_are_composed_by_what_the_file_says(toy: Phrases) -> None:
    assert [toy.number(value) for value in (0, 10, 21, 99, 100, 345, 1000)] == [
        "nul", "dek", "dudek unu", "naŭdek naŭ", "cent", "tricent kvardek kvin", "1000",
    ]  # fmt: skip
    assert [toy.time(ms) for ms in (1000, 2000, 4000, 5000, 2500, 90_000, 80_000)] == [
        "unu sekundo", "du sekundetoj", "kvar sekundetoj", "kvin sekundoj", "du kaj duono sekundoj",
        "tridek post unu minuto", "dudek sekundoj post unu minuto",
    ]  # fmt: skip
    assert not list(missing_wordings(toy.table["cues"]))


@pytest.mark.usefixtures("toy")
def test_a_session_in_it_is_shown_written_and_tagged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ripozo.yaml").write_text(PROGRAM, encoding="utf-8")
    assert run(["script", "ripozo.yaml", "--json"]) == 0
    script = json.loads(capsys.readouterr().out)
    assert script["language"] == "eo"
    assert {"La Hold", "La And release", "La Dua", "La Tri"} & {event["text"] for event in script["events"]}
    assert run(["export", "ripozo.yaml", "-o", "ripozo.mp3"]) == 0
    with av.open("ripozo.mp3") as file:
        assert file.metadata["language"] == "epo"
        assert file.duration == pytest.approx(script["duration_ms"] * 1000, abs=60_000)
