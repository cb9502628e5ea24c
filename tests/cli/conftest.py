"""What the tests of the command line share: a folder of one's own, and clips made once."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.running import run

Cli = Callable[..., "CompletedProcess[str]"]


@pytest.fixture(scope="session")
def made_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clip cache that tests share, as nothing of what they claim depends on it."""
    return tmp_path_factory.mktemp("made-clips")


@pytest.fixture
def cli(tmp_path: Path, made_clips: Path) -> Cli:
    """Return what runs a command line in the test's own folder."""

    def in_folder(*arguments: str, **how: object) -> "CompletedProcess[str]":
        env = {"VOICECOACH_CACHE": str(made_clips), **dict(how.pop("env", {}))}  # type: ignore[call-overload]
        return run(*arguments, cwd=tmp_path, env=env, **how)  # type: ignore[arg-type]

    return in_folder
