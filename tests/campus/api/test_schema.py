"""The OpenAPI description, from which the screens' types are made."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command


def test_the_description_is_written_without_a_complaint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_openapi", tmp_path / "openapi.json")
    said = capsys.readouterr()
    described = json.loads((tmp_path / "openapi.json").read_text())
    assert said.err == ""
    assert "x-spec-enum-id" not in json.dumps(described)
    assert not [name for name in described["components"]["schemas"] if name.endswith("Enum")]
