"""`--json` prints one object and nothing else, for every command that lists or checks something."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli
from voicecoach.cli.run import run

GERMAN = "title: Tag\nlanguage: cs\nexercises: [cat-cow]\n"


def whole(cli: Cli, *arguments: str, code: int = 0) -> dict[str, Any]:
    done = cli(*arguments, "--json")
    assert done.returncode == code, done.stderr
    assert done.stdout.count("\n") == 1
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_list_tells_programs_and_exercises_with_their_doses(cli: Cli) -> None:
    found = whole(cli, "list")
    assert [each["name"] for each in found["programs"]][:1] == ["core-day"]
    dog = next(each for each in found["exercises"] if each["name"] == "bird-dog")
    assert dog["posture"] == "hands-and-knees"
    assert dog["stated"]["hold_ms"]["lo"] > 0


def test_show_tells_what_is_stated_and_what_is_done(cli: Cli) -> None:
    found = whole(cli, "show", "first-day", "--pace", "slow", "--order")
    assert found["duration_ms"] > 60_000
    assert "pace 0.85" in found["pacing"]
    assert found["exercises"][1]["done"]["hold_ms"] == found["exercises"][1]["stated"]["hold_ms"]["lo"]
    assert sorted(found["order"]) == [1, 2, 3]


def test_show_of_a_language_that_is_not_spoken_has_no_length(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GERMAN, encoding="utf-8")
    assert whole(cli, "show", "a.yaml")["duration_ms"] is None


def test_voices_tells_each_with_its_engine(cli: Cli) -> None:
    found = whole(cli, "voices", "--language", "en-gb")["voices"]
    assert {each["engine"] for each in found} >= {"espeak"}
    assert all(each["language"].lower().startswith("en-gb") for each in found)


def test_doctor_tells_each_check(cli: Cli) -> None:
    found = whole(cli, "doctor", "python", "config", "cache")
    assert (found["ok"], [each["name"] for each in found["checks"]]) == (True, ["python", "config", "cache"])


def test_check_tells_each_problem_at_its_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("title: A\nexercises: [cat-cow]\n", encoding="utf-8")
    (tmp_path / "bad.yaml").write_text("title: A\nexercises: [cat-cwo]\n", encoding="utf-8")
    good, bad, gone = whole(cli, "check", "good.yaml", "bad.yaml", "gone.yaml", code=1)["files"]
    assert (good["ok"], good["exercises"], good["problems"]) == (True, 1, [])
    assert (bad["ok"], bad["problems"][0]["line"]) == (False, 2)
    assert gone["problems"][0]["line"] == 0


def test_verify_tells_each_promise(cli: Cli) -> None:
    assert cli("export", "cat-cow", "--reps", "2", "-o", "a.wav").returncode == 0
    found = whole(cli, "verify", "a.wav")
    assert found["kept"] is True
    assert len(found["checks"]) > 3


def test_cache_info_tells_how_large_it_is(cli: Cli) -> None:
    found = whole(cli, "cache", "info")
    assert Path(found["folder"]).is_absolute()
    assert (found["entries"] > 0) == (found["size_bytes"] > 0)


def test_the_status_where_nothing_plays_is_an_object_too(cli: Cli) -> None:
    assert whole(cli, "ctl", "status", code=1) == {"ok": False, "state": "none"}
    done = cli("ctl", "pause", "--json")
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("line", ["check --schema --json a.yaml", "history --json --delete"])
def test_json_stands_beside_nothing_that_prints_otherwise(cli: Cli, line: str) -> None:
    assert cli(*line.split()).returncode == 2


FAILING = ("script nosuch", "show nosuch", "import nosuch.md", "verify nosuch.mp3", "voices --language qq", "ctl paus")


@pytest.mark.parametrize("line", FAILING)
def test_a_command_that_fails_prints_no_object(capsys: pytest.CaptureFixture[str], line: str) -> None:
    assert run([*line.split(), "--json"]) in {1, 2}
    told = capsys.readouterr()
    assert (told.out, told.err.startswith("voicecoach: ")) == ("", True)
