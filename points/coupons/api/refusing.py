"""A scan on its way to its verdict: what is refused is counted, and written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rest_framework.request import Request
from rest_framework.response import Response

from campus.errors import CampusError
from campus.nights.idempotency import Answer, answer_once
from points.coupons import codes, lockout, operations
from points.coupons.models import Till
from points.coupons.refusals import NotReadable


@dataclass(slots=True)
class Scan:
    """What a till read, and why it was refused, if it was judged now and not answered before."""

    till: Till
    at: datetime
    code: str
    scanned_at: datetime | None = None
    refusal: CampusError | None = None

    def judged(self, request: Request, effect: Callable[[], Answer]) -> Response:
        """
        The one answer of a scan; a locked till is told so before anything is judged.

        The refusal is written down after its own transaction, which leaves nothing behind.
        """
        try:
            if self._is_typed():
                lockout.check(till=self.till.user_id)
            return answer_once(request=request, at=self.at, effect=lambda: self._watched(effect))
        except lockout.TillLocked as locked:
            self.refusal = locked
            raise
        finally:
            self._write_down()

    def _watched(self, effect: Callable[[], Answer]) -> Answer:
        try:
            return effect()
        except CampusError as refusal:
            self.refusal = refusal
            raise

    def _write_down(self) -> None:
        if self.refusal is None:
            return
        if self._is_typed() and isinstance(self.refusal, NotReadable):
            lockout.count(till=self.till.user_id)
        operations.note_refused_scan(
            till=self.till,
            text=self.code,
            refusal=self.refusal,
            at=self.at,
            scanned_at=self.scanned_at,
        )

    def _is_typed(self) -> bool:
        return not isinstance(codes.read(self.code), codes.Shown)
