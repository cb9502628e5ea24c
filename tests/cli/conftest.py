"""What the tests of the command line share: a folder of one's own."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.running import run

Cli = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Return what runs a command line in the test's own folder."""

    def in_folder(*arguments: str, **how: object) -> "CompletedProcess[str]":
        return run(*arguments, cwd=tmp_path, **how)  # type: ignore[arg-type]

    return in_folder
