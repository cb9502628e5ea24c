"""The house has floors, and nobody looks up: the imports of every file, read from its source.

All imports count: those at the top, inside a function, for types alone, and the dotted names in tables of
factories.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "voicecoach"

FLOORS = (
    ("errors", "units"),
    ("clip", "fingerprint", "model"),
    ("events", "phrases", "program"),
    ("articles", "audio", "knobs", "script", "speech", "timeline", "transcript"),
    ("manifest", "mix", "player", "session_length"),
    ("session",),
    # From here on up, files, processes, clocks and devices are known.
    ("cores", "files", "processes"),
    ("fetch", "languages", "library", "paths"),
    ("cache", "history"),
    ("engines", "plot", "sinks"),
    ("export", "live", "remote", "studio"),
    ("coach", "verify"),
    ("cli",),
    ("__main__",),
)
"""Rooms from the ground up: a file or a folder of the package each."""

EDGE = FLOORS.index(("cores", "files", "processes"))
"""The lowest floor that knows the world outside."""

WITHIN = {
    "cli": (
        ("stopping", "terminal"),
        ("moment_words", "source_names", "tables", "trials"),
        ("settings",),
        # What several commands share, from what is shown to how a session is found, made and kept.
        ("live_picture", "workers"),
        ("pages",),
        ("sessions",),
        ("arguments", "memory"),
        ("export_files", "invocation", "live_session"),
        ("commands",),
        ("app",),
        ("run",),
    )
}
"""Floors inside a room: its files and folders, of which a folder's own only have to be in no circle."""

EXCEPTIONS: dict[tuple[str, str], str] = {}
"""(file, the file of its own floor or above that it imports): why. Three at the most."""

MOST_EXCEPTIONS = 3
WORLD = {"os", "pathlib", "subprocess", "time", "logging"}
ONE_ROOM_ONLY = {"pydantic": "program", "matplotlib": "plot"}
MOST_DEFERRED = 60
"""Imports inside functions, in the whole package."""

FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
FLOORS_WITHIN = {
    room: {part: floor for floor, parts in enumerate(floors) for part in parts} for room, floors in WITHIN.items()
}
FILES = {
    ".".join(("voicecoach", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(HOUSE.rglob("*.py"))
}
"""Every file by its dotted name."""


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def _named(module: str, path: Path) -> Iterator[str]:
    """Yield the dotted names of all that a file imports, modules or what stands in them."""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
            # A row of a table, as pkgutil.resolve_name takes it: "voicecoach.sinks.null:NullSink".
            yield node.value.partition(":")[0]


def _imports(module: str, path: Path) -> set[str]:
    """Return the files of the package that a file imports."""
    names = _named(module, path)
    found = {name if name in FILES else name.rpartition(".")[0] for name in names}
    return (found & FILES.keys()) - {module, "voicecoach"}


IMPORTS = {module: _imports(module, path) for module, path in FILES.items()}


def _part(module: str) -> str:
    """Return the file or folder inside its room that a file is or belongs to, "" for the room's own."""
    return ".".join(module.split(".")[2:3])


def _looks_up(module: str, other: str) -> bool:
    """Whether a file imports from its own floor, outside its room or part of one, or from above."""
    if (module, other) in EXCEPTIONS:
        return False
    room, part, its_part = _room(module), _part(module), _part(other)
    if room != _room(other):
        return FLOOR_OF[_room(other)] >= FLOOR_OF[room]
    inner = FLOORS_WITHIN.get(room, {})
    return part != its_part and {part, its_part} <= inner.keys() and inner[its_part] >= inner[part]


def test_every_file_belongs_to_a_floor() -> None:
    assert {_room(module) for module in FILES} - {"__init__"} <= FLOOR_OF.keys()
    for room, inner in FLOORS_WITHIN.items():
        assert {_part(module) for module in FILES if _room(module) == room} - {""} == inner.keys()


@pytest.mark.parametrize("module", [module for module in FILES if module != "voicecoach"])
def test_a_file_imports_only_from_floors_below_its_own(module: str) -> None:
    assert not [other for other in sorted(IMPORTS[module]) if _looks_up(module, other)]


def test_no_files_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(IMPORTS).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_there_are_few_exceptions_and_each_is_needed_and_told() -> None:
    assert len(EXCEPTIONS) <= MOST_EXCEPTIONS
    assert all(why and other in IMPORTS[module] for (module, other), why in EXCEPTIONS.items())


@pytest.mark.parametrize("module", [each for each in FILES if FLOOR_OF.get(_room(each), EDGE) < EDGE])
def test_the_lower_floors_know_no_disk_clock_process_or_log(module: str) -> None:
    assert not {name.split(".")[0] for name in _named(module, FILES[module])} & WORLD


@pytest.mark.parametrize("module", FILES)
def test_a_library_with_one_room_is_imported_in_no_other(module: str) -> None:
    libraries = {name.split(".")[0] for name in _named(module, FILES[module])} & ONE_ROOM_ONLY.keys()
    assert not [library for library in libraries if ONE_ROOM_ONLY[library] != _room(module)]


def _deferred(path: Path) -> set[int]:
    """Return the lines of imports inside functions."""
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    inside = (each for function in functions for each in ast.walk(function))
    return {each.lineno for each in inside if isinstance(each, ast.Import | ast.ImportFrom)}


def test_imports_inside_functions_are_few() -> None:
    assert sum(len(_deferred(path)) for path in FILES.values()) <= MOST_DEFERRED
