"""The house has floors, and nobody looks up: the imports of every file, read from its source."""

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "voicecoach"

FLOORS = (
    ("errors", "units"),
    ("model", "events", "clip"),
    ("program", "articles", "phrases", "audio", "fingerprint"),
    ("script", "speech"),
    ("timeline",),
    ("mix", "transcript", "manifest", "session_length", "player"),
    ("session",),
    ("processes",),
    (
        "cache",
        "cores",
        "engines",
        "sinks",
        "export",
        "files",
        "library",
        "languages",
        "studio",
        "fetch",
        "live",
        "remote",
        "history",
        "plot",
    ),
    ("coach", "verify"),
    ("cli",),
    ("__main__",),
)

NEXT_DOOR = {
    ("events", "model"): "an event names the side of the body it belongs to",
    ("studio", "cache"): "the studio is the top of the edge: it joins engines and the clips they made",
    ("studio", "engines"): "the studio is the top of the edge: it joins engines and the clips they made",
    ("engines", "cores"): "as many engines speak at once as the process has cores to itself",
    ("export", "cores"): "as many encoders work at once as the process has cores to itself",
    ("manifest", "transcript"): "a file's script names places as the printed one does",
    ("articles", "program"): "an article is written as a program file",
    ("export", "files"): "a finished file replaces the old one in one step",
    ("plot", "files"): "a finished picture replaces the old one in one step",
}
"""(room, the room of its own floor that it may use): why."""

PURE_BELOW = 7
WORLD = {"os", "pathlib", "subprocess", "time", "logging"}
ONE_ROOM_ONLY = {"pydantic": "program"}

FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(HOUSE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    """Yield the dotted names of all modules that a file imports, at its top or inside a function."""
    package = ("voicecoach", *path.relative_to(HOUSE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join([*base, *([node.module] if node.module else [])])
            names = source == "voicecoach"
            yield from (f"{source}.{alias.name}" for alias in node.names) if names else (source,)


def _rooms_used(path: Path) -> set[str]:
    parts = (name.split(".") for name in _imports(path))
    used = {rest[0] for first, *rest in parts if first == "voicecoach" and rest}
    return {room for room in used if not room.startswith("__version") and room != _room(path)}


def _may_use(room: str, other: str) -> bool:
    return FLOOR_OF[other] < FLOOR_OF[room] or (room, other) in NEXT_DOOR


def test_every_module_belongs_to_a_floor() -> None:
    rooms = {_room(path) for path in FILES} - {"__init__"}
    assert rooms <= set(FLOOR_OF)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_imports_only_from_floors_below_its_own(path: Path) -> None:
    room = _room(path)
    assert not [other for other in sorted(_rooms_used(path)) if not _may_use(room, other)]


@pytest.mark.parametrize(
    "path", [path for path in FILES if FLOOR_OF.get(_room(path), 0) < PURE_BELOW], ids=_name
)
def test_the_lower_floors_know_no_disk_clock_process_or_log(path: Path) -> None:
    assert not {name.split(".")[0] for name in _imports(path)} & WORLD


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_library_with_one_room_is_imported_in_no_other(path: Path) -> None:
    outside = {name.split(".")[0] for name in _imports(path)} & set(ONE_ROOM_ONLY)
    assert not [library for library in outside if ONE_ROOM_ONLY[library] != _room(path)]


def test_each_exception_names_two_rooms_of_one_floor() -> None:
    assert all(FLOOR_OF[room] == FLOOR_OF[other] for room, other in NEXT_DOOR)


def test_no_two_rooms_lean_on_each_other() -> None:
    pairs = itertools.permutations(NEXT_DOOR, 2)
    assert not [pair for pair, other in pairs if pair == other[::-1]]
