"""Hosting, joining, leaving, cancelling, confirming."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campus.errors import CampusError
from campus.people.models import Holder
from points.activities import operations
from points.activities.models import Activity, Participation
from points.activities.refusals import (
    Full,
    HasBegun,
    NotAParticipant,
    NotBegun,
    NotOpen,
    OwnActivity,
    TimesDoNotFit,
    TooLateToConfirm,
    TooManyHosted,
)
from points.earning.models import Award
from points.ledger import queries as ledger
from tests.points.activities.making import AT, END, START, a_person, an_activity, in_force

pytestmark = pytest.mark.django_db


def join(activity: Activity, *holders: Holder) -> list[Participation]:
    return [operations.join(activity=activity, holder=each, at=AT) for each in holders]


def states(activity: Activity) -> list[str]:
    return list(activity.participations.order_by("pk").values_list("state", flat=True))


def joined(activity: Activity) -> int:
    return Activity.objects.get(pk=activity.pk).joined


def confirm(activity: Activity, *present: Participation) -> operations.Confirmed:
    uids = [each.uid for each in present]
    return operations.confirm(activity=activity, present=uids, at=END)


@pytest.mark.parametrize(
    ("start", "length"),
    [(0, 60), (-60, 180), (60, 0), (60, 24 * 60 + 1)],
    ids=["now", "in the past", "without length", "over a day"],
)
def test_host_refuses_times_that_do_not_fit(start: int, length: int) -> None:
    starts_at = AT + timedelta(minutes=start)
    with pytest.raises(TimesDoNotFit):
        an_activity(start=starts_at, ends_at=starts_at + timedelta(minutes=length))
    assert not Activity.objects.exists()


def test_host_may_have_five_open_activities() -> None:
    host = a_person()
    five = [an_activity(host=host) for _each in range(5)]
    with pytest.raises(TooManyHosted):
        an_activity(host=host)
    operations.cancel(activity=five[0], at=AT)
    an_activity(host=host)
    assert Activity.objects.filter(host=host, state="OPEN").count() == 5


def test_join_takes_a_seat_once() -> None:
    activity, guest = an_activity(), a_person()
    first, again = join(activity, guest, guest)
    assert first == again
    assert (joined(activity), states(activity)) == (1, ["JOINED"])


def test_join_refuses_the_host() -> None:
    activity = an_activity()
    with pytest.raises(OwnActivity):
        join(activity, activity.host)
    assert joined(activity) == 0


def test_join_refuses_when_every_seat_is_taken() -> None:
    activity = an_activity(capacity=2)
    join(activity, a_person(), a_person())
    with pytest.raises(Full):
        join(activity, a_person())
    assert (joined(activity), Participation.objects.count()) == (2, 2)


def test_a_seat_that_was_left_can_be_taken_again() -> None:
    activity, one, other = an_activity(capacity=1), a_person(), a_person()
    join(activity, one)
    for _each in range(2):
        operations.leave(activity=activity, holder=one, at=AT)
    assert joined(activity) == 0
    join(activity, other)
    with pytest.raises(Full):
        join(activity, one)
    operations.leave(activity=activity, holder=other, at=AT)
    join(activity, one)
    assert (joined(activity), states(activity)) == (1, ["JOINED", "LEFT"])


@pytest.mark.parametrize("what", ["join", "leave", "cancel"])
def test_from_its_beginning_nothing_changes_any_more(what: str) -> None:
    activity, guest = an_activity(), a_person()
    join(activity, guest)
    whose = {} if what == "cancel" else {"holder": guest}
    with pytest.raises(HasBegun):
        getattr(operations, what)(activity=activity, at=START, **whose)
    activity.refresh_from_db()
    assert (activity.state, activity.joined) == ("OPEN", 1)


def test_nobody_joins_or_confirms_what_was_cancelled() -> None:
    activity, guest = an_activity(), a_person()
    operations.cancel(activity=activity, at=AT)
    with pytest.raises(NotOpen):
        join(activity, guest)
    with pytest.raises(NotOpen):
        confirm(activity)
    with pytest.raises(NotOpen):
        operations.cancel(activity=activity, at=AT)


def test_confirm_awards_those_who_came_and_nobody_else() -> None:
    in_force()
    activity, came, stayed, left = an_activity(), a_person(), a_person(), a_person()
    present, _absent, _gone = join(activity, came, stayed, left)
    operations.leave(activity=activity, holder=left, at=AT)
    assert confirm(activity, present) == operations.Confirmed(present=1, absent=1)
    assert states(activity) == ["CONFIRMED", "ABSENT", "LEFT"]
    points = [ledger.balances(holder=each)["CP"] for each in (came, stayed, left, activity.host)]
    assert points == [30, 0, 0, 0]
    awards = Award.objects.order_by("asset").values_list("holder", "asset", "amount", "rule")
    assert list(awards) == [
        (came.pk, "CP", 30, "attendance"),
        (came.pk, "SUN", 60, "attendance"),
    ]


def test_an_award_names_the_activity_and_its_day_but_no_words_of_the_host() -> None:
    in_force()
    activity = an_activity()
    confirm(activity, *join(activity, a_person()))
    award = Award.objects.filter(asset="CP").get()
    assert award.facts == {"activity": str(activity.uid), "kind": "activity"}
    assert str(award.effective_on) == "2026-03-04"


def test_attendance_is_confirmed_once() -> None:
    in_force()
    activity, guest = an_activity(), a_person()
    [present] = join(activity, guest)
    confirm(activity, present)
    with pytest.raises(NotOpen):
        confirm(activity, present)
    assert ledger.balances(holder=guest)["CP"] == 30


def test_three_activities_of_a_week_are_paid_and_a_fourth_is_confirmed_all_the_same() -> None:
    in_force()
    guest = a_person()
    monday_after = timedelta(days=5)
    for offset in [*[timedelta(hours=12 * n) for n in range(4)], monday_after]:
        activity = an_activity(start=START + offset)
        [present] = join(activity, guest)
        uids = [present.uid]
        operations.confirm(activity=activity, present=uids, at=activity.ends_at)
    assert set(guest.participations.values_list("state", flat=True)) == {"CONFIRMED"}
    assert ledger.balances(holder=guest)["CP"] == 4 * 30


def test_confirm_waits_for_the_beginning_and_ends_after_a_week() -> None:
    in_force()
    activity, late = an_activity(), an_activity()
    with pytest.raises(NotBegun):
        operations.confirm(activity=activity, present=[], at=START - timedelta(seconds=1))
    operations.confirm(activity=activity, present=[], at=START)
    with pytest.raises(TooLateToConfirm):
        operations.confirm(activity=late, present=[], at=END + timedelta(days=7, seconds=1))
    operations.confirm(activity=late, present=[], at=END + timedelta(days=7))


@pytest.mark.parametrize("who", ["a stranger", "one who left", "one of another activity"])
def test_confirm_refuses_who_did_not_join_and_awards_nobody(who: str) -> None:
    in_force()
    activity, guest = an_activity(), a_person()
    [present], leaver = join(activity, guest), a_person()
    [left] = join(activity, leaver)
    operations.leave(activity=activity, holder=leaver, at=AT)
    [other] = join(an_activity(), guest)
    uid = {"a stranger": uuid4(), "one who left": left.uid}.get(who, other.uid)
    with pytest.raises(NotAParticipant):
        operations.confirm(activity=activity, present=[present.uid, uid], at=END)
    assert states(activity) == ["JOINED", "LEFT"]
    assert not Award.objects.exists()


def test_without_terms_taking_part_is_confirmed_and_earns_nothing() -> None:
    activity, guest = an_activity(), a_person()
    confirm(activity, *join(activity, guest))
    assert states(activity) == ["CONFIRMED"]
    assert ledger.balances(holder=guest) == {"CP": 0, "SUN": 0}


def test_refusals_have_codes_of_their_own() -> None:
    refusals = CampusError.__subclasses__()
    codes = [each.code for each in refusals if each.__module__ == "points.activities.refusals"]
    assert len(codes) == len(set(codes)) == 9
