"""Who writes: the ledger has one hand, every room one pair of hands, and readers have none."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import Module, calls, imports, module, place, product

WRITES = (
    "save|create|bulk_create|update|bulk_update|delete|get_or_create|update_or_create|_raw_delete"
)
BOOK = r"(?:Txn|Transfer)"
BOOK_WRITE = re.compile(rf"\b{BOOK}$|\b{BOOK}\.objects\..*\.?(?:{WRITES})$")
TABLE_WRITE = re.compile(rf"\.objects\b.*\.(?:{WRITES})$|\.save$")
BOOK_SQL = re.compile(
    r"(?:INSERT|UPDATE|DELETE)\b.*\bpoints_(?:txn|transfer|account)\b", re.IGNORECASE | re.DOTALL
)
KNOWS_TABLES = re.compile(r"^django\.db\b|\.models\.")
LEDGER_HANDS = ("operations", "payments", "statements", "triggers")
# An answer kept under its Idempotency-Key is written around the operation it belongs to.
WRITERS = ("operations", "intake", "idempotency", "demo", "commands", "migrations", "triggers")


def book_writes(source: Module) -> Iterator[str]:
    """Rows of the ledger written by this module."""
    for name, line in calls(source):
        if BOOK_WRITE.search(name):
            yield place(source, line, name)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and BOOK_SQL.search(str(node.value)):
            yield place(source, node.lineno, "SQL that changes the book")


def table_writes(source: Module) -> Iterator[str]:
    """Rows of any table written by this module; one that knows no table saves something else."""
    if not any(KNOWS_TABLES.search(name) for name, _line in imports(source)):
        return
    for name, line in calls(source):
        if TABLE_WRITE.search(name):
            yield place(source, line, name)


def _keeps_the_book(source: Module) -> bool:
    in_ledger = source.parts[:2] == ("points", "ledger")
    return source.has_role(*(LEDGER_HANDS if in_ledger else ("migrations",)))


def test_only_the_ledgers_operations_write_transfers() -> None:
    others = [source for source in product() if not _keeps_the_book(source)]
    assert [found for source in others for found in book_writes(source)] == []


def test_the_ledgers_operations_do_write_transfers() -> None:
    keepers = [source for source in product() if source.name.startswith("points.ledger.operations")]
    assert [found for source in keepers for found in book_writes(source)] != []


def test_only_operations_and_intake_write_rows() -> None:
    others = [source for source in product() if not source.has_role(*WRITERS)]
    assert [found for source in others for found in table_writes(source)] == []


def test_a_planted_write_is_found() -> None:
    planted = module(
        "points.coupons.queries",
        "from points.ledger.models import Transfer\n"
        "Transfer.objects.bulk_create(rows)\n"
        "models.Txn(kind='X')\n"
        "Coupon.objects.filter(pk=1).update(state='REDEEMED')\n"
        "cursor.execute('UPDATE points_account SET balance = 1')\n",
    )
    assert len(list(book_writes(planted))) == 3
    assert len(list(table_writes(planted))) == 2
