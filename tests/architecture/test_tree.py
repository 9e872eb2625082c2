"""What a reader of the tree meets: files of a size one can hold, and nothing of any one machine."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import APPS, ROOT
from tests.architecture.tree import code, files, shown

LONGEST = 350
# Machine-written, binary or foreign: not ours to word.
NOT_READ = {".lock", ".gz", ".png", ".jpg", ".zip", ".xlsx", ".woff2", ".ico", ".mo"}
LOCKED = re.compile(r"(?:requirements[\w-]*|uv|node)\.txt$|package-lock\.json$")
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work|farm)/\w|[A-Z]:\\Users\\")
PACKAGE_HOSTS = re.compile(r"\bpypi\.(?:org|io)|python[h]osted|\bnpm[j]s\.(?:org|com)")
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|X{3})\b|NotImplemented[E]rror")


def _texts() -> list[Path]:
    return [
        file for file in files() if file.suffix not in NOT_READ and not LOCKED.search(file.name)
    ]


def _matches(pattern: re.Pattern[str], file: Path) -> list[str]:
    lines = file.read_text(errors="replace").splitlines()
    return [
        f"{shown(file)}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)
    ]


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    lengths = {shown(file): len(file.read_text().splitlines()) for file in code()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("pattern", [OF_ONE_MACHINE, PACKAGE_HOSTS, UNFINISHED])
def test_no_file_names_a_machine_or_a_package_host_or_admits_to_be_unfinished(
    pattern: re.Pattern[str],
) -> None:
    assert [found for file in _texts() for found in _matches(pattern, file)] == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (OF_ONE_MACHINE, "open('" + "/home" + "/someone/meter.csv')"),
        (PACKAGE_HOSTS, "https://py" + "pi.org/simple"),
        (UNFINISHED, "# TO" + "DO: later"),
    ],
)
def test_a_planted_word_is_found(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_only_packages_have_empty_files() -> None:
    empty = [file for file in files() if file.stat().st_size == 0 and file.name != "__init__.py"]
    assert [shown(file) for file in empty] == []


def test_no_module_is_called_after_nothing_in_particular() -> None:
    vague = {"utils", "helpers", "misc", "common"}
    assert [shown(file) for file in code() if vague & {file.stem, *file.parts}] == []


def test_folders_of_tests_mirror_folders_of_code() -> None:
    folders = {file.parent for app in APPS for file in (ROOT / "tests" / app).rglob("test_*.py")}
    assert folders
    orphans = [
        folder for folder in folders if not (ROOT / folder.relative_to(ROOT / "tests")).is_dir()
    ]
    assert [shown(folder) for folder in orphans] == []
