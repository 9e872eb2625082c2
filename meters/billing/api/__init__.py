"""A student's own bills: of a day, with every step, and of a month."""

from datetime import date

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import NotFound
from campus.people import asker
from campus.people import queries as people
from meters.billing import queries
from meters.billing.api.shapes import BillOut, MonthOut
from meters.billing.api.telling import told_bill, told_month


class BillDayView(APIView):
    """The bill of the room where the asker spent the night of a day."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_of_day", responses=BillOut)
    def get(self, request: Request, day: str) -> Response:
        me = asker.student(request)
        on = _day(day)
        room = people.room_of(holder=me.holder, day=on)
        bill = queries.bill_of_day(room=room, day=on) if room else None
        if bill is None:
            raise NotFound
        return Response(told_bill(bill, campus=me.campus, holder_id=me.holder.pk))


class BillMonthView(APIView):
    """The cycle that begins in a month, as the asker lived it."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_of_month", responses=MonthOut)
    def get(self, request: Request, month: str) -> Response:
        me = asker.student(request)
        found = queries.bill_of_month(holder=me.holder, month=_day(f"{month}-01"), today=me.today)
        if found is None:
            raise NotFound
        return Response(told_month(found, campus=me.campus))


def _day(text: str) -> date:
    """
    The day an address names.

    :raises NotFound: if there is no such day
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


urlpatterns = [
    path("bills/days/<str:day>/", BillDayView.as_view(), name="bill-of-day"),
    path("bills/months/<str:month>/", BillMonthView.as_view(), name="bill-of-month"),
]
