"""An upload is bounded before it is read: what is too large is never stored."""

from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

# What a form adds around its file: boundaries, names, the other fields.
ENVELOPE = 64 * 1024


class BoundedUpload(TemporaryFileUploadHandler):
    """
    Writes a file to disk while it stays within the limit; says afterwards that one did not.

    A request that announces more is not read at all. One that announces less than it sends is cut
    off by the server; the count here is the second lock.
    """

    def __init__(self, request: HttpRequest, *, limit_bytes: int) -> None:
        super().__init__(request)
        self.limit = limit_bytes
        self.announced = 0
        self.too_large = False
        self.name = ""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        self.announced = content_length
        if content_length <= self.limit + ENVELOPE:
            return None
        self.too_large = True
        return QueryDict(), MultiValueDict()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.name = self.file_name or ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > self.limit:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)
