"""Savings over HTTP: a student's screen, the published lottery, and a manager's desk."""

from django.urls import path

from meters.savings.api import agreed, care, credit, placebo, rehearsals, screen

urlpatterns = [
    path("savings/", screen.SavingsView.as_view(), name="savings"),
    path(
        "savings/settlements/<str:starts_on>/", credit.CreditView.as_view(), name="savings-credit"
    ),
    path("savings/placebo/", placebo.PlaceboView.as_view(), name="saving-placebo"),
    path("savings/lottery/", screen.LotteryView.as_view(), name="saving-lottery"),
    path("manage/savings/", agreed.DeskView.as_view(), name="manage-savings"),
    path("manage/savings/lottery/", agreed.DrawView.as_view(), name="manage-lottery"),
    path("manage/savings/placebo/", placebo.ManagedPlaceboView.as_view(), name="manage-placebo"),
    path("manage/savings/foresight/", agreed.ForesightView.as_view(), name="manage-foresight"),
    path("manage/savings/terms/", agreed.TermsView.as_view(), name="manage-saving-terms"),
    path("manage/savings/warnings/", care.WarningsView.as_view(), name="manage-warnings"),
    path("manage/savings/warnings/<uuid:uid>/", care.WarningView.as_view(), name="manage-warning"),
    path("manage/welfare/", care.NotesView.as_view(), name="manage-welfare"),
    path("manage/welfare/<uuid:uid>/seen/", care.SeenView.as_view(), name="manage-welfare-seen"),
    path("manage/rehearsals/", rehearsals.RehearsalsView.as_view(), name="manage-rehearsals"),
]
