"""The budget of the campus, as everybody may know it."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.errors import NotFound
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus
from points.earning import queries
from points.earning.models import Budget

OPEN, ENDED, NONE = "OPEN", "ENDED", "NONE"


class BudgetOut(serializers.Serializer[object]):
    state = serializers.ChoiceField(choices=[OPEN, ENDED, NONE])
    valid_from = serializers.DateField(allow_null=True)
    points = serializers.IntegerField(allow_null=True, help_text="that the money covers")
    issued = serializers.IntegerField(allow_null=True)
    left = serializers.IntegerField(allow_null=True)
    share_left = serializers.IntegerField(allow_null=True, help_text="percent, rounded down")
    what_happens = serializers.CharField(allow_null=True)


class BudgetView(APIView):
    """How many points the café money of the campus still covers, and what happens when it ends."""

    @extend_schema(operation_id="budget", responses=BudgetOut)
    def get(self, request: Request) -> Response:
        campus = _campus(request)
        budget = queries.budget_on(campus=campus, day=clock.today(zone=campus.zone))
        return Response(BudgetOut(told(budget)).data)


def _campus(request: Request) -> Campus:
    """
    The campus of whoever asks.

    :raises NotFound: if they belong to none
    """
    assert isinstance(request.user, User)
    profile = people.profile_of(user=request.user)
    campus = profile.holder.campus if profile else people.staff_campus(user=request.user)
    if campus is None:
        raise NotFound
    return campus


def told(budget: Budget | None) -> dict[str, object]:
    """A budget as BudgetOut: what it covers, what of it was issued, and what happens at its end."""
    if budget is None:
        return {**dict.fromkeys(BudgetOut().fields), "state": NONE}
    left = queries.left_of(budget=budget)
    return {
        "state": OPEN if left else ENDED,
        "valid_from": budget.valid_from,
        "points": budget.points,
        "issued": budget.points - left,
        "left": left,
        "share_left": 100 * left // budget.points if budget.points else 0,
        "what_happens": _(
            "When the café budget is used up, the last settlement is shared out evenly and no new "
            "carbon points are given until the next budget. Sunlight goes on. Points you already "
            "have, and every coupon, keep their worth."
        ),
    }
