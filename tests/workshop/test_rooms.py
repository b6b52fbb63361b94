"""The order of rooms: each imports only rooms above it, and there is no circle between modules."""

import ast
from pathlib import Path

import pytest

import garrison

PACKAGE = Path(garrison.__file__).parent

# Rooms from top to bottom; those of one line may not know each other, and neither may the two sides of the middle.
TOP = ["version", "errors", "manifest", "records", "vocabulary", "world", "scoring", "figures"]
TEXT_SIDE = ["reports", "coding", "events"]
MODEL_SIDE = ["regime", "engines", "stability"]
BELOW = ["cases", "inference", "forecasting", "evaluation", "briefing", "server", "cli"]


def allowed(room: str) -> set[str]:
    """The rooms that a room may import, itself included."""
    if room in TOP:
        return set(TOP[: TOP.index(room) + 1])
    for side in (TEXT_SIDE, MODEL_SIDE):
        if room in side:
            return {*TOP, *side[: side.index(room) + 1]}
    return {*TOP, *TEXT_SIDE, *MODEL_SIDE, *BELOW[: BELOW.index(room) + 1]}


def imports_of(path: Path) -> set[str]:
    """The modules of this package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "garrison":
            found.add(node.module)
            found |= {f"{node.module}.{name.name}" for name in node.names}
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.split(".")[0] == "garrison"}
    return found


FILES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem not in ("__init__",)
)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    room = room_of(path)
    may = allowed(room)
    used = {module.split(".")[1] for module in imports_of(path) if "." in module}
    rooms = {name for name in used if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()}
    assert rooms <= may, f"{path.name} in {room} imports {sorted(rooms - may)}"


def test_every_folder_is_a_known_room() -> None:
    rooms = {room_of(path) for path in FILES}
    assert rooms <= {*TOP, *TEXT_SIDE, *MODEL_SIDE, *BELOW}


def module_level_imports(path: Path, modules: set[str]) -> set[str]:
    """The modules of this package that a file imports when it is itself imported."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf8")).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("garrison."):
            for name in node.names:
                # `from garrison.room import part` means the part, where it is a module; else the room's front.
                part = f"{node.module}.{name.name}"
                found.add(part if part in modules else node.module)
    return found & modules


def test_no_circle_between_modules() -> None:
    name_of = {
        path: ".".join(["garrison", *path.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(
            ".__init__"
        )
        for path in FILES
    }
    modules = set(name_of.values())
    graph = {name: module_level_imports(path, modules) - {name} for path, name in name_of.items()}
    done: set[str] = set()
    open_names: list[str] = []

    def visit(name: str) -> None:
        assert name not in open_names, f"circle: {' -> '.join([*open_names[open_names.index(name) :], name])}"
        if name in done:
            return
        open_names.append(name)
        for other in sorted(graph[name]):
            visit(other)
        open_names.pop()
        done.add(name)

    for name in sorted(graph):
        visit(name)
    assert len(done) == len(graph)
