"""Reading a passbook: statements, where each line comes from, and objections."""

from points.passbook.queries.objections import (
    answerable,
    newest_about,
    objections_of,
    one_answerable,
)
from points.passbook.queries.statements import statement_of
from points.passbook.queries.trail import Step, trail_of

__all__ = [
    "Step",
    "answerable",
    "newest_about",
    "objections_of",
    "one_answerable",
    "statement_of",
    "trail_of",
]
