"""What stands in static/dist is what the sources say: two clean builds are the same, and the same as that."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static/dist"
ENTRIES = {"noble.js", "talk.js", "first.js", "desk.js", "person.css", "staff.css", "mark.svg"}


def build(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the build of a working copy."""
    command = ["node", "static/build.mjs", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=False)


def contents(folder: Path, *, compressed: bool) -> dict[str, bytes]:
    """Read a build: its plain files, or its compressed ones too. The manifest goes without what compression gave."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    manifest = json.loads(files.pop("manifest.json"))
    if not compressed:
        files = {name: data for name, data in files.items() if not name.endswith((".br", ".gz"))}
        for known in manifest["files"].values():
            del known["br"], known["gz"]
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def same_node_as_committed() -> bool:
    """Say whether this Node compresses as the one did that made static/dist: its major version is pinned for builds."""
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return version.startswith("v20.")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("builds")
    for name in ("one", "other"):
        done = build(str(folder / name))
        assert done.returncode == 0, done.stderr
    return folder / "one", folder / "other"


def test_two_clean_builds_are_the_same_to_the_byte(builds: tuple[Path, Path]) -> None:
    one, other = builds

    assert contents(one, compressed=True) == contents(other, compressed=True)


def test_what_is_committed_is_what_the_sources_say(builds: tuple[Path, Path]) -> None:
    assert contents(DIST, compressed=False) == contents(builds[0], compressed=False), "build again: npm run build"
    if same_node_as_committed():
        assert contents(DIST, compressed=True) == contents(builds[0], compressed=True), "build again: npm run build"


def test_every_program_style_and_mark_is_built(builds: tuple[Path, Path]) -> None:
    manifest = json.loads((builds[0] / "manifest.json").read_text("utf-8"))

    assert set(manifest["names"]) == ENTRIES
    assert set(manifest["files"]) == set(manifest["names"].values())
    assert all(re.fullmatch(r"[a-z]+-[0-9a-f]{8}\.(js|css|svg)", file) for file in manifest["files"])


def test_a_part_is_loaded_by_the_hash_that_the_manifest_gives_it() -> None:
    manifest = json.loads((DIST / "manifest.json").read_text("utf-8"))
    names, files = manifest["names"], manifest["files"]

    for outer, inner in (("first.js", "talk.js"), ("talk.js", "noble.js"), ("desk.js", "noble.js")):
        program = (DIST / names[outer]).read_text("utf-8")
        assert f"/s/{names[inner]}" in program
        assert files[names[inner]]["integrity"] in program


def test_her_programs_hold_nothing_that_she_must_do_without() -> None:
    names = json.loads((DIST / "manifest.json").read_text("utf-8"))["names"]
    missing = ("WebAssembly", "WebTransport", "indexedDB", "serviceWorker", "document.cookie")
    markup = ("innerHTML", "outerHTML", "insertAdjacentHTML")
    code = ("eval(", "new Function", "console.", "sourceMappingURL")

    for name in ("first.js", "talk.js", "noble.js"):
        program = (DIST / names[name]).read_text("utf-8")
        assert [word for word in missing + markup + code if word in program] == [], name
        assert program.count("import(") == (0 if name == "noble.js" else 1), name


def test_the_libraries_licences_are_passed_on() -> None:
    passed_on = (DIST / "licences.txt").read_text("utf-8")

    for library in ("ts-mls 1.6.4", "@noble/curves 2.0.1", "socket.io-client 4.8.1"):
        assert library in passed_on


def copy_of_the_sources(folder: Path) -> Path:
    """Copy what the build reads, and what it made."""
    shutil.copytree(ROOT / "static", folder / "static")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def test_one_changed_byte_in_a_source_or_in_the_build_is_seen(tmp_path: Path) -> None:
    root = copy_of_the_sources(tmp_path)
    assert build("--check", root=root).returncode == 0

    program = next((root / "static/dist").glob("talk-*.js"))
    whole = program.read_bytes()
    program.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
    changed = build("--check", root=root)
    assert (changed.returncode, program.name in changed.stderr) == (1, True)

    program.write_bytes(whole)
    source = root / "static/shared/mls/peek.js"
    source.write_text(source.read_text("utf-8").replace('"plain-data"', '"plain-date"'), "utf-8")
    assert build("--check", root=root).returncode == 1


def test_no_build_tells_where_it_was_made(builds: tuple[Path, Path]) -> None:
    places = [str(ROOT), str(Path.home()), "node_modules"]
    for name, data in contents(builds[0], compressed=False).items():
        assert not [place for place in places if place != "/" and place.encode() in data], name
