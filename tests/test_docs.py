"""What the docs name in backquotes is in the tree: files, folders, and the rooms of the package."""

import re
from pathlib import Path

import pytest

from tests.test_layers import FLOOR_OF

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BASES = (ROOT, ROOT / "voicecoach", ROOT / "voicecoach/phrases", ROOT / "voicecoach/remote")
"""Where a name may be looked for: the docs leave the package off, and a folder that was just named."""

GENERIC = {
    "voicecoach/phrases/TAG.toml",  # of any language
    "config.toml",  # a person's own
    "Support/voicecoach/",  # its folder on macOS, whose name has a space
}
CODE = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"\w[\w./-]*(\.py|\.toml|/)|(voicecoach|tests|scripts|docs)/.+")
ROOM = re.compile(r"^\| ((?:`\w+` ?)+)\| ", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_folder_that_a_page_names_is_there(page: Path) -> None:
    words = {word for code in CODE.findall(page.read_text(encoding="utf-8")) for word in code.split()}
    named = sorted(filter(NAME.fullmatch, words - GENERIC))
    assert not [name for name in named if not any((base / name).exists() for base in BASES)]


def test_every_room_that_has_a_reason_is_there() -> None:
    table = (ROOT / "docs/decisions.md").read_text(encoding="utf-8").split("| room |")[1].split("\n\n")[0]
    rooms = {room for row in ROOM.findall(table) for room in re.findall(r"\w+", row)}
    assert rooms
    assert rooms <= FLOOR_OF.keys()
