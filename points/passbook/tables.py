"""A statement as a table for a spreadsheet. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from campus.api.sheets import sheet
from points.passbook.statement import Line, Statement


def table(statement: Statement) -> bytes:
    """A CSV file with one row a line, both assets below each other, the oldest first."""
    return sheet(headings=_headings(), rows=_rows(statement))


def _headings() -> list[str]:
    return [
        _("Entry"),
        _("Asset"),
        _("About the day"),
        _("Posted at"),
        _("What"),
        _("Amount"),
        _("Balance"),
        _("Source"),
        _("Rule"),
        _("Terms from"),
        _("Takes back"),
        _("Corrected by"),
    ]


def _rows(statement: Statement) -> Iterator[list[object]]:
    for wallet in statement.wallets:
        for line in wallet.lines:
            yield _row(line, statement)


def _row(line: Line, statement: Statement) -> list[object]:
    return [
        line.id,
        line.asset,
        line.effective_on,
        f"{line.posted_at.astimezone(statement.zone):%Y-%m-%d %H:%M}",
        line.label,
        line.amount,
        line.balance,
        line.source_text,
        line.source.rule,
        line.source.terms_from,
        line.reverses,
        line.corrected_by,
    ]
