"""Seats and attendance when many come at once: counted on PostgreSQL only."""

from collections.abc import Iterator

import pytest
import time_machine

from points.activities import operations
from points.activities.models import Activity, Participation
from points.ledger import queries as ledger
from tests.points.activities.making import AT, END, a_person, an_activity, in_force
from tests.points.races import asked, race, tally

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def test_five_seats_serve_exactly_five_of_forty() -> None:
    activity = an_activity(capacity=5)
    guests = [a_person().profile.user for _each in range(40)]
    answers = race([asked(user, f"activities/{activity.uid}/join/") for user in guests])
    assert tally(answers) == {(200, ""): 5, (409, "activity_full"): 35}
    assert Activity.objects.get().joined == Participation.objects.count() == 5


def test_one_guest_who_taps_twenty_times_takes_one_seat() -> None:
    activity, guest = an_activity(), a_person().profile.user
    answers = race([asked(guest, f"activities/{activity.uid}/join/") for _each in range(20)])
    assert tally(answers) == {(200, ""): 20}
    assert Activity.objects.get().joined == Participation.objects.count() == 1


def test_twenty_confirmations_pay_once(clock: time_machine.Traveller) -> None:
    in_force()
    host, guests = a_person("Host"), [a_person() for _each in range(5)]
    activity = an_activity(host=host)
    parts = [operations.join(activity=activity, holder=each, at=AT) for each in guests]
    clock.move_to(END)
    path, body = f"activities/{activity.uid}/confirm/", {"present": [str(p.uid) for p in parts]}
    answers = race([asked(host.profile.user, path, body) for _each in range(20)])
    assert tally(answers) == {(200, ""): 1, (409, "activity_not_open"): 19}
    assert [ledger.balances(holder=each)["CP"] for each in guests] == [30] * 5


def test_hosts_who_confirm_the_same_guests_at_once_do_not_wait_for_each_other(
    clock: time_machine.Traveller,
) -> None:
    in_force()
    guests = [a_person() for _each in range(6)]
    hosted = [an_activity() for _each in range(2)]  # as many as a day pays
    acts = []
    for turn, activity in enumerate(hosted):
        order = guests[turn * 3 :] + guests[: turn * 3]
        parts = [operations.join(activity=activity, holder=each, at=AT) for each in order]
        body = {"present": [str(part.uid) for part in parts]}
        acts.append(asked(activity.host.profile.user, f"activities/{activity.uid}/confirm/", body))
    clock.move_to(END)
    assert tally(race(acts)) == {(200, ""): 2}
    assert [ledger.balances(holder=each)["CP"] for each in guests] == [60] * 6
