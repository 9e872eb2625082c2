"""Every address of this room."""

from django.urls import path

from meters.billing.api import desk, student, tariffs

urlpatterns = [
    path("bills/now/", student.NowView.as_view(), name="bill-now"),
    path("bills/days/<str:day>/", student.BillDayView.as_view(), name="bill-of-day"),
    path("bills/days/<str:day>/objection/", student.ObjectView.as_view(), name="bill-object"),
    path("bills/months/<str:month>/", student.BillMonthView.as_view(), name="bill-of-month"),
    path("bills/months/<str:month>/bill.csv", student.TableView.as_view(), name="bill-csv"),
    path("bills/months/<str:month>/bill.pdf", student.PaperView.as_view(), name="bill-pdf"),
    path("manage/tariffs/", tariffs.TariffsView.as_view(), name="manage-tariffs"),
    path("manage/tariffs/check/", tariffs.CheckView.as_view(), name="manage-tariff-check"),
    path("manage/tariffs/try/", tariffs.TryView.as_view(), name="manage-tariff-try"),
    path("manage/balances/", desk.BalancesView.as_view(), name="manage-balances"),
    path("manage/rooms/<uuid:uid>/balance/", desk.BalanceView.as_view(), name="manage-balance"),
    path("manage/adjustments/", desk.AdjustmentsView.as_view(), name="manage-adjustments"),
    path(
        "manage/adjustments/<uuid:uid>/decision/",
        desk.DecisionView.as_view(),
        name="manage-adjustment-decide",
    ),
    path("manage/bill-objections/", desk.ObjectionsView.as_view(), name="manage-bill-objections"),
    path(
        "manage/bill-objections/<uuid:uid>/answer/",
        desk.AnswerView.as_view(),
        name="manage-bill-objection-answer",
    ),
]
