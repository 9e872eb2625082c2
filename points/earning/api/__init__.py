"""What is said of earning before anything is earned: the budget of the campus, and its terms."""

from django.urls import path

from points.earning.api import budget, terms

urlpatterns = [
    path("budget/", budget.BudgetView.as_view(), name="budget"),
    path("manage/terms/", terms.TermsView.as_view(), name="manage-terms"),
]
