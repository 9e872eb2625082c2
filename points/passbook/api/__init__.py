"""Every address of this room."""

from django.urls import path

from points.passbook.api import objections, statements

urlpatterns = [
    path("passbook/", statements.PassbookView.as_view(), name="passbook"),
    path("passbook/statement.csv", statements.TableView.as_view(), name="passbook-csv"),
    path("passbook/statement.pdf", statements.PaperView.as_view(), name="passbook-pdf"),
    path("passbook/export.json", statements.ExportView.as_view(), name="passbook-export"),
    path("passbook/public-key/", statements.PublicKeyView.as_view(), name="passbook-public-key"),
    path("wallet/objections/", objections.MineView.as_view(), name="wallet-objections"),
    path("wallet/entries/<str:entry_id>/", objections.EntryView.as_view(), name="wallet-entry"),
    path(
        "wallet/entries/<str:entry_id>/objection/",
        objections.ObjectView.as_view(),
        name="wallet-entry-object",
    ),
    path("manage/objections/", objections.ManagedView.as_view(), name="manage-objections"),
    path(
        "manage/objections/<uuid:uid>/",
        objections.ManagedOneView.as_view(),
        name="manage-objection",
    ),
    path(
        "manage/objections/<uuid:uid>/answer/",
        objections.AnswerView.as_view(),
        name="manage-objection-answer",
    ),
]
