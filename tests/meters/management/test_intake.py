import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campus.places.models import Campus
from meters.readings.models import Delivery, MeterDay
from tests import factories


@pytest.fixture
def campus(db: None) -> Campus:
    campus = factories.a_campus()
    factories.a_meter(serial="A-1", since=date(2026, 1, 1))
    return campus


def intake(file: Path, campus: str = "north") -> str:
    told = io.StringIO()
    call_command("intake", file, campus=campus, stdout=told)
    return told.getvalue()


def test_intake_tells_what_became_of_the_rows(campus: Campus, tmp_path: Path) -> None:
    file = tmp_path / "march.csv"
    file.write_text("meter_id,date,kwh\nA-1,2026-03-02,7.5\nA-1,2026-03-03,?\n")
    told = intake(file)
    assert "march.csv (delimited): 1 accepted, 0 duplicate, 1 refused" in told
    assert "  line 3: " in told
    assert MeterDay.objects.get().wh == 7500
    assert Delivery.objects.get().way == Delivery.Way.COMMAND


def test_intake_has_no_limit_of_size(campus: Campus, tmp_path: Path, settings: object) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10  # type: ignore[attr-defined]
    file = tmp_path / "march.csv"
    file.write_text("meter_id,date,kwh\nA-1,2026-03-02,7.5\n")
    assert "1 accepted" in intake(file)


def test_intake_says_in_one_sentence_why_a_file_is_refused(
    campus: Campus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "march.csv"
    file.write_text("meter_id,date\nA-1,2026-03-02\n")
    with pytest.raises(SystemExit):
        intake(file)
    assert "(column_missing)" in capsys.readouterr().err
    assert Delivery.objects.get().state == Delivery.State.REFUSED


def test_intake_names_the_campuses_there_are(campus: Campus, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is: north"):
        intake(tmp_path / "march.csv", campus="nowhere")


def test_intake_says_that_a_file_is_not_there(campus: Campus, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        intake(tmp_path / "march.csv")
