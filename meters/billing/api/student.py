"""A student's own bills: of a day, with every step; of a month; and how this month is going."""

from datetime import date

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.sheets import MEDIA_TYPE
from campus.errors import NotFound
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people import queries as people
from campus.people.asker import Student
from campus.places.models import Room
from meters.billing import operations, queries
from meters.billing.api.shapes.bills import BillOut, MonthOut, ObjectionIn, ObjectionOut, OutlookOut
from meters.billing.api.telling import told_bill, told_month, told_outlook, told_statement
from meters.billing.facts import MonthFact
from meters.billing.paper import paper
from meters.billing.queries import desk
from meters.billing.tables import table
from meters.forecasting import queries as forecasting


class NowView(APIView):
    """How the running cycle of my room is going: tier, expected end, days left."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_now", responses=OutlookOut)
    def get(self, request: Request) -> Response:
        me = asker.student(request)
        found = queries.outlook(room=me.home(), holder=me.holder, today=me.today)
        if found is None:
            raise NotFound
        told = told_outlook(found, campus=me.campus)
        off = forecasting.month_end_accuracy(campus=me.campus, day_number=told["day_number"])
        return Response(OutlookOut({**told, "expected_off": off}).data)


class BillDayView(APIView):
    """The bill of the room where the asker spent the night of a day."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_of_day", responses=BillOut)
    def get(self, request: Request, day: str) -> Response:
        me, on = asker.student(request), _day(day)
        room = _room(me, on)
        bill = queries.bill_of_day(room=room, day=on)
        if bill is None:
            raise NotFound
        said = desk.newest_objection(
            holder_id=me.holder.pk, charge=desk.charge_on(room=room, day=on)
        )
        told = told_bill(bill, campus=me.campus, holder_id=me.holder.pk)
        return Response({**told, "objection": ObjectionOut(said).data if said else None})


class ObjectView(APIView):
    """Say that a day's bill, or a line of it, is wrong. Needs an Idempotency-Key."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_object", request=ObjectionIn, responses={201: ObjectionOut})
    def post(self, request: Request, day: str) -> Response:
        me, on, at = asker.student(request), _day(day), clock.now()
        wish = ObjectionIn(data=request.data)
        wish.is_valid(raise_exception=True)

        def effect() -> Answer:
            charge = desk.charge_on(room=_room(me, on), day=on)
            said = operations.object_to(
                holder=me.holder, charge=charge, at=at, **wish.validated_data
            )
            return 201, dict(ObjectionOut(said).data)

        return answer_once(request=request, at=at, effect=effect)


class BillMonthView(APIView):
    """The cycle that begins in a month, as the asker lived it."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_of_month", responses=MonthOut)
    def get(self, request: Request, month: str) -> Response:
        me = asker.student(request)
        return Response(told_month(_month(me, month), campus=me.campus))


class TableView(APIView):
    """My bill of a month as a table for a spreadsheet."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="bill_csv", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, month: str) -> HttpResponse:
        me = asker.student(request)
        made = told_statement(_month(me, month), me=me, at=clock.now())
        return _file(table(made), MEDIA_TYPE, f"bill-{month}.csv")


class PaperView(APIView):
    """My bill of a month on paper."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(
        operation_id="bill_pdf", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, month: str) -> HttpResponse:
        me = asker.student(request)
        made = told_statement(_month(me, month), me=me, at=clock.now())
        return _file(paper(made), "application/pdf", f"bill-{month}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _month(me: Student, month: str) -> MonthFact:
    found = queries.bill_of_month(holder=me.holder, month=_day(f"{month}-01"), today=me.today)
    if found is None:
        raise NotFound
    return found


def _room(me: Student, on: date) -> Room:
    """
    The room where the asker spent a night.

    :raises NotFound: if they lived in none
    """
    room = people.room_of(holder=me.holder, day=on)
    if room is None:
        raise NotFound
    return room


def _day(text: str) -> date:
    """
    The day an address names.

    :raises NotFound: if there is no such day
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
