"""The Python programs hold to their types, to the house's rules and to the direction of their imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TOOLS: Final = Path(sys.executable).parent
TOO_LONG_SECONDS: Final = 280
INSIDE: Final = "helpline/domain/planted.py"
OPENING: Final = '"""Something."""\n\nfrom __future__ import annotations\n\n\n'


def run(tool: str, *arguments: str, said: str | None = None, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a tool of the environment that runs the tests."""
    return subprocess.run(
        [str(TOOLS / tool), *arguments],
        cwd=cwd, input=said, capture_output=True, text=True, timeout=TOO_LONG_SECONDS, check=False,
    )


def test_every_module_is_strictly_typed():
    done = run("mypy")

    assert done.returncode == 0, done.stdout


def test_a_wrong_type_is_seen(tmp_path):
    (tmp_path / "wrong.py").write_text('minutes: int = "fifteen"\n', encoding="utf-8")

    done = run("mypy", "--strict", str(tmp_path / "wrong.py"))

    assert "Incompatible types in assignment" in done.stdout


def test_every_rule_of_the_house_holds():
    done = run("ruff", "check", ".")

    assert done.returncode == 0, done.stdout


def broken_rules(source: str) -> str:
    return run("ruff", "check", "--no-cache", "--stdin-filename", INSIDE, "-", said=OPENING + source).stdout


def test_a_public_name_without_a_sentence_is_seen():
    assert "D103" in broken_rules("def hold() -> None:\n    return None\n")
    assert "D101" in broken_rules("class Line:\n    pass\n")
    assert "D102" in broken_rules('class Line:\n    """A line."""\n\n    def hold(self) -> None:\n        return\n')
    assert "All checks passed" in broken_rules('def hold() -> None:\n    """Hold."""\n')


def test_a_time_without_a_zone_and_a_print_are_seen():
    assert "DTZ005" in broken_rules('import datetime\n\n\ndef now() -> object:\n    return datetime.datetime.now()\n')
    assert "T201" in broken_rules('def say() -> None:\n    """Say."""\n    print("x")\n')


def test_imports_go_inwards_only():
    done = run("lint-imports", "--no-cache")

    assert done.returncode == 0, done.stdout


def test_an_import_outwards_is_seen(tmp_path):
    for package, imports in {"inner": "import outer\n", "outer": ""}.items():
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(imports, encoding="utf-8")
    (tmp_path / "contracts.toml").write_text(
        '[tool.importlinter]\nroot_packages = ["inner", "outer"]\n'
        '[[tool.importlinter.contracts]]\nname = "Inwards"\ntype = "layers"\nlayers = ["outer", "inner"]\n',
        encoding="utf-8",
    )

    done = run("lint-imports", "--no-cache", "--config", "contracts.toml", cwd=tmp_path)

    assert done.returncode != 0
    assert "inner is not allowed to import outer" in done.stdout
