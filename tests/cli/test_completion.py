"""What a shell offers, asked as bash asks."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from voicecoach.cli.app import app  # noqa: F401 - the command line that is completed

TWO = "title: A\nexercises:\n  - {name: First one, steps: [Go.]}\n  - bird-dog\n"

OFFERED = {
    "pla": {"play"},
    "play l5": {"l5-s1-relief"},
    "play l5-s1-relief --pace ": {"slow", "normal", "brisk"},
    "play l5-s1-relief --pace sl": {"slow"},
    "play l5-s1-relief --pace 0.7": {"0.7"},
    "script bird-dog --detail b": {"brief"},
    "script bird-dog --lead-in x": {"x"},
    "script bird-dog --hold bi": {"bird-dog="},
    "script bird-dog --hold bird-dog=2": {"bird-dog=20s"},
    "export two.yaml --hold ": {"10s", "20s", "30s", "First one=", "bird-dog="},
    "export first-day -o a.wav --from pel": {"pelvic-tilt"},
    "play two.yaml --from b": {"bird-dog"},
    "play http://127.0.0.1:9/a --from b": {"b"},
    "play bird-dog --output n": {"null"},
    "export bird-dog --format w": {"wav"},
    "export bird-dog --bitrate 9": {"96k"},
    "ctl pau": {"pause"},
    "doctor for": {"formats"},
    "cache w": {"warm"},
}


def offered(cli: Cli, line: str) -> set[str]:
    words = ["voicecoach", *line.split(" ")]
    env = {"_VOICECOACH_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    return set(cli(env=env).stdout.splitlines()) - {""}


@pytest.mark.parametrize("line", OFFERED)
def test_a_shell_is_offered_what_can_be_written_there(cli: Cli, tmp_path: Path, line: str) -> None:
    (tmp_path / "two.yaml").write_text(TWO, encoding="utf-8")
    assert offered(cli, line) == OFFERED[line]


def test_voices_are_offered_by_their_names(cli: Cli) -> None:
    names = offered(cli, "play bird-dog --voice en-")
    assert {"en-gb", "en-us"} <= names
    assert all(name.startswith("en-") for name in names)


def test_a_file_is_left_to_the_shell(cli: Cli) -> None:
    assert offered(cli, "check my-") == set()
    assert offered(cli, "play ./my-") == set()
