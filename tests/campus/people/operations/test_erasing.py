"""A person is forgotten; what the books say of their holder stays as it was."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.test import Client

from campus.nights.models import IdempotencyKey
from campus.people import operations, queries
from campus.people.models import Holder, Occupancy, Profile, Residency, StaffRole, User
from points.activities.models import Activity, Participation
from points.game import operations as game
from points.game.models import GameMap
from tests import factories as make
from tests.points.activities import making as activities
from tests.points.coupons import making as coupons
from tests.points.earning import facts as earned

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 3, tzinfo=UTC)


def erase(profile: Profile) -> Holder:
    holder = operations.erase(user=profile.user, at=AT)
    return Holder.objects.get(pk=holder)


def test_the_sign_in_and_the_profile_go_and_the_holder_stays_without_a_person() -> None:
    profile = make.a_student()
    holder = erase(profile)
    assert (holder, holder.erased_at) == (profile.holder, AT)
    assert not User.objects.filter(pk=profile.user_id).exists()
    assert not Profile.objects.filter(holder=holder).exists()
    assert queries.erased(campus=holder.campus) == {holder.pk}


def test_the_bed_stays_taken_so_that_room_mates_are_billed_as_before() -> None:
    room = make.a_room()
    profile, mate = make.a_student(room=room), make.a_student(room=room)
    holder = erase(profile)
    assert set(room.residencies.values_list("holder", flat=True)) == {holder.pk, mate.holder_id}
    assert Residency.objects.get(holder=holder).ends_on is None
    assert Occupancy.objects.latest("pk").people == 2


def test_they_are_signed_out_everywhere_and_nobody_else_is() -> None:
    profile, other = make.a_student(), make.a_student()
    for user in (profile.user, profile.user, other.user):
        Client().force_login(user)
    erase(profile)
    [left] = Session.objects.all()
    assert left.get_decoded()["_auth_user_id"] == str(other.user.pk)


def test_who_is_erased_earns_nothing_more_and_room_mates_do() -> None:
    earned.a_programme()
    home = earned.a_home(people=2)
    gone, mate = earned.residents(home)
    erase(gone.profile)
    earned.an_estimate(home, saved=20)
    earned.a_settlement(home, co2_g=1000)
    earned.award_night()
    assert not gone.awards.exists()
    assert mate.awards.filter(asset="CP", amount=50).exists()


def test_what_they_host_loses_its_words_and_is_called_off_if_it_has_not_begun() -> None:
    host = activities.a_person("Host")
    later = activities.an_activity(host=host)
    running = activities.an_activity(host=host)
    Activity.objects.filter(pk=running.pk).update(starts_at=activities.AT)
    operations.erase(user=host.profile.user, at=activities.AT)
    states = dict(Activity.objects.values_list("pk", "state"))
    assert states == {later.pk: "CANCELLED", running.pk: "OPEN"}
    assert set(Activity.objects.values_list("title", "about", "place")) == {("", "", "")}


def test_the_seats_they_took_are_free_again() -> None:
    activity, guest = activities.an_activity(), activities.a_person("Guest")
    activities.operations.join(activity=activity, holder=guest, at=activities.AT)
    operations.erase(user=guest.profile.user, at=activities.AT)
    activity.refresh_from_db()
    assert (activity.joined, Participation.objects.get().state) == (0, "LEFT")


def test_an_activity_without_a_host_still_has_a_title_on_screens() -> None:
    host, guest = activities.a_person("Host"), make.a_student()
    activities.an_activity(host=host)
    operations.erase(user=host.profile.user, at=activities.END)
    client = Client(headers={"accept-language": "en"})
    client.force_login(guest.user)
    [row] = client.get("/api/v1/activities/?when=past").json()["results"]
    assert (row["title"], row["host"]["name"]) == ("Activity", None)


def test_the_name_of_their_map_is_emptied() -> None:
    profile = make.a_student(room=make.a_room())
    make.a_term()
    game.open_map(holder=profile.holder, day=date(2026, 3, 9), at=AT)
    GameMap.objects.update(name="Mina's grove")
    erase(profile)
    assert GameMap.objects.get().name == ""


@pytest.mark.parametrize("nickname", ["Quiet Pine", '물빛 "수달"', "back\\slash 100%_"])
def test_answers_kept_for_others_lose_the_name_and_keep_the_rest(nickname: str) -> None:
    profile, till = make.a_student(nickname=nickname), make.a_till()
    told = {"item": "Americano", "holder": nickname, "list": [{"name": nickname}, 7, None]}
    other = {"holder": "Willow"}
    for number, response in enumerate((told, other)):
        IdempotencyKey.objects.create(
            principal=till,
            key=f"key-{number}",
            method="POST",
            route="/",
            fingerprint="f",
            status=201,
            response=response,
            created_at=AT,
        )
    erase(profile)
    first, second = IdempotencyKey.objects.order_by("key")
    assert first.response == {"item": "Americano", "holder": "", "list": [{"name": ""}, 7, None]}
    assert second.response == other


def test_a_nickname_that_is_given_up_leaves_the_answers_kept_for_others() -> None:
    profile = make.a_student(nickname="Quiet Pine")
    IdempotencyKey.objects.create(
        principal=make.a_till(),
        key="key-1",
        method="POST",
        route="/",
        fingerprint="f",
        status=201,
        response={"holder": "Quiet Pine"},
        created_at=AT,
    )
    operations.change(profile=profile, nickname="Quiet Pine")
    assert IdempotencyKey.objects.get().response == {"holder": "Quiet Pine"}
    operations.change(profile=profile, nickname="Slow Lake")
    assert IdempotencyKey.objects.get().response == {"holder": ""}


def test_what_staff_noted_about_them_in_the_admin_goes() -> None:
    profile, admin = make.a_student(nickname="Quiet Pine"), make.a_user()
    for row in (profile, profile.user, admin):
        LogEntry.objects.create(
            user=admin,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=CHANGE,
        )
    erase(profile)
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [admin.username]


def test_a_sign_in_that_books_stand_on_becomes_nobodys() -> None:
    till = coupons.a_till(coupons.a_cafe()).user
    old = (till.username, till.uid)
    operations.erase(user=till, at=AT)
    nobody = User.objects.get(pk=till.pk)
    assert not {nobody.username, nobody.uid} & set(old)
    assert (nobody.is_active, nobody.has_usable_password(), nobody.email) == (False, False, "")


def test_staff_without_a_holder_can_be_erased() -> None:
    manager = make.a_manager()
    assert operations.erase(user=manager, at=AT) is None
    assert not User.objects.exists()
    assert not StaffRole.objects.exists()
