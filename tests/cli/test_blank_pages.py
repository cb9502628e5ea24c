"""A page with blanks as the session: flags fill them in, and no hold is invented."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.pages import BLANKS
from tests.cli.running import sentence


@pytest.fixture(autouse=True)
def page(tmp_path: Path) -> None:
    (tmp_path / "leaflet.txt").write_text(BLANKS, encoding="utf-8")


@pytest.mark.parametrize(
    "words", [["play", "--output", "null"], ["script"], ["export", "-o", "x.mp3"]], ids=lambda words: words[0]
)
def test_a_blank_hold_is_asked_for_in_one_sentence(cli: Cli, words: list[str]) -> None:
    done = cli(words[0], "leaflet.txt", *words[1:])
    assert done.returncode == 1
    assert done.stdout == ""
    assert "leaflet.txt: the page leaves blank how long to hold Knee hugs; give it with --hold 20s" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_flag_fills_in_the_blanks_of_what_is_played(cli: Cli) -> None:
    done = cli("script", "leaflet.txt", "--hold", "20s", "--reps", "3")
    assert done.returncode == 0, sentence(done)
    assert "Hold" in done.stdout


def test_a_page_with_blanks_can_be_shown_with_and_without_flags(cli: Cli) -> None:
    assert cli("show", "leaflet.txt").returncode == 0
    shown = cli("show", "leaflet.txt", "--hold", "Knee hugs=25s", "--reps", "4")
    assert "25s" in shown.stdout
