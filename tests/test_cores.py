"""Processes that work at once share the cores, and never ask for more than there are."""

from collections.abc import Iterator

import pytest

from voicecoach import cores


@pytest.fixture(autouse=True)
def _alone_again() -> Iterator[None]:
    yield
    cores.share_cores(1)


@pytest.mark.parametrize(
    ("machine", "processes", "hands"),
    [(1, 1, 1), (2, 1, 2), (2, 2, 1), (8, 1, 4), (8, 2, 4), (8, 3, 2), (8, 8, 1), (2, 9, 1), (64, 4, 4)],
)
def test_each_process_has_its_share_of_the_cores(
    monkeypatch: pytest.MonkeyPatch, machine: int, processes: int, hands: int
) -> None:
    monkeypatch.setattr(cores, "CORES", machine)
    cores.share_cores(processes)
    assert cores.worker_count() == hands
