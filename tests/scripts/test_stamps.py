"""What is done is done once, and again as soon as something it depends on has changed."""

from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def stamps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import stamps

    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "VENV", tmp_path / "venv")
    return stamps


def test_a_digest_knows_names_contents_and_versions(stamps: ModuleType, tmp_path: Path) -> None:
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("1")
    other.write_text("1")
    digests = [
        stamps.digest([one]),
        stamps.digest([other]),
        stamps.digest([one, other]),
        stamps.digest([one], "v20"),
    ]
    one.write_text("2")
    assert len({*digests, stamps.digest([one])}) == 5
    assert stamps.digest([one, other]) == stamps.digest([other, one])


def test_what_tools_derive_does_not_count(stamps: ModuleType, tmp_path: Path) -> None:
    for name in (
        "a/kept.ts",
        "node_modules/x/index.js",
        "dist/page.html",
        "b/__pycache__/c.pyc",
        "c/texts.mo",
    ):
        file = tmp_path / "frontend" / name
        file.parent.mkdir(parents=True)
        file.touch()
    found = stamps.files_below(tmp_path / "frontend")
    assert [file.name for file in found] == ["kept.ts"]


def test_a_stamp_is_fresh_for_its_digest_while_its_outputs_exist(
    stamps: ModuleType, tmp_path: Path
) -> None:
    stamp, output = stamps.Stamp("step"), tmp_path / "page.html"
    assert not stamp.is_fresh("digest")
    stamp.record("digest")
    assert stamp.is_fresh("digest")
    assert not stamp.is_fresh("another digest")
    assert not stamp.is_fresh("digest", outputs=[output])
    output.touch()
    assert stamp.is_fresh("digest", outputs=[output])
