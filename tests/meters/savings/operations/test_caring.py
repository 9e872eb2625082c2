"""A collapse in use is a knock at the door, not a medal."""

from datetime import timedelta

import pytest

from meters.savings.models import SavingSettlement, WelfareNote
from meters.savings.operations import note_welfare, see_to
from tests.meters.savings import panels
from tests.meters.savings.panels import AT, Planted, close, day_of

pytestmark = pytest.mark.django_db
PEERS, ENROLLED, DAYS = 6, 8, 42  # few rooms: each night of a test closes them all
QUIET, FIRST = 7, 10


def planted(*, rooms: int = 1, back: int | None = None) -> Planted:
    """Some enrolled rooms use next to nothing from a day on (until another)."""
    made = panels.make(comparison=PEERS, enrolled=ENROLLED, days=DAYS)
    until = None if back is None else made.history + back
    made.use[QUIET : QUIET + rooms, made.history + FIRST : until] *= 0.05
    return panels.plant(made)


def nights(here: Planted, days: range) -> list[int]:
    new = []
    for n in days:
        close(here, range(n, n + 1))
        new.append(note_welfare(campus=here.campus, day=day_of(n), at=AT))
    return new


def test_a_room_that_falls_silent_is_noted_once_after_five_days() -> None:
    here = planted()
    new = nights(here, range(18))
    assert [n for n, count in enumerate(new) if count] == [FIRST + 4]
    note = WelfareNote.objects.get()
    assert note.occupancy == here.occupancies[QUIET]
    assert (note.since, note.noted_on) == (day_of(FIRST), day_of(FIRST + 4))


@pytest.mark.long
def test_and_is_paid_nothing_for_it() -> None:
    here = planted()
    nights(here, range(35))
    used = panels.make(comparison=PEERS, enrolled=ENROLLED, days=DAYS).use[QUIET].sum()
    rows = SavingSettlement.objects.filter(occupancy=here.occupancies[QUIET])
    assert sum(row.settled_wh for row in rows) < 0.002 * used


def test_the_note_goes_when_the_room_is_used_again() -> None:
    here = planted(back=FIRST + 7)
    nights(here, range(FIRST + 7))
    assert WelfareNote.objects.count() == 1
    nights(here, range(FIRST + 7, FIRST + 8))
    assert not WelfareNote.objects.exists()


@pytest.mark.long
def test_a_house_that_goes_home_together_worries_nobody() -> None:
    here = planted(rooms=6)
    assert sum(nights(here, range(20))) == 0


def test_a_vacation_explains_itself() -> None:
    here = planted()
    here.term.vacations = [[day_of(FIRST).isoformat(), day_of(FIRST + 14).isoformat()]]
    here.term.save()
    assert sum(nights(here, range(FIRST + 8))) == 0


@pytest.mark.long
def test_what_was_seen_to_is_forgotten_after_a_month() -> None:
    here = planted()
    nights(here, range(18))
    note = see_to(note=WelfareNote.objects.get(), at=AT)
    assert note.seen_at == AT
    later = AT + timedelta(days=31)
    note_welfare(campus=here.campus, day=day_of(41), at=later)
    assert not WelfareNote.objects.exists()
