"""The cache can be looked at, made smaller, emptied, and filled beforehand."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from voicecoach.cli.commands.cache import size_of, size_words
from voicecoach.errors import UsageError


def test_a_warmed_session_is_exported_without_an_engine(cli: Cli, tmp_path: Path) -> None:
    env = {"VOICECOACH_CACHE": str(tmp_path / "own")}
    assert "sounds are ready" in cli("cache", "warm", "cat-cow", "--detail", "minimal", env=env).stdout
    before = cli("cache", "info", env=env).stdout
    assert cli("export", "cat-cow", "-o", "a.mp3", "--detail", "minimal", env=env).returncode == 0
    assert cli("cache", "info", env=env).stdout == before
    assert "of at most 1.0 GB" in before


def test_it_is_pruned_and_cleared(cli: Cli, tmp_path: Path) -> None:
    env = {"VOICECOACH_CACHE": str(tmp_path / "own")}
    cli("script", "cat-cow", "--detail", "minimal", env=env)
    (tmp_path / "own" / "mine.txt").write_text("mine")
    assert cli("cache", "prune", env=env).stdout == "removed 0 entries, 0 bytes\n"
    assert not cli("cache", "prune", "--to", "100k", env=env).stdout.startswith("removed 0")
    assert cli("cache", "clear", env=env).returncode == 0
    assert "entries  0\n" in cli("cache", "info", env=env).stdout
    assert (tmp_path / "own" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(("text", "size"), [("500", 500), ("200M", 200 << 20), ("1.5 GB", 3 << 29), ("1kib", 1024)])
def test_a_size_is_read(text: str, size: int) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize("text", ["", "much", "-1M", "1 TB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no size"):
        size_of(text)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (2048, "2.0 kB"), (5 << 20, "5.0 MB"), (1 << 30, "1.0 GB")]
)
def test_a_size_is_told(size: int, words: str) -> None:
    assert size_words(size) == words
