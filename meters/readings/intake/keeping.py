"""The file as it arrived, kept unchanged behind Django's storage, with its digest and size."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage

from meters.readings.refusals import TooLarge

BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a file lies in the storage, its SHA-256 in hex, and its bytes."""

    path: str
    digest: str
    size: int


class _Measured(File):  # type: ignore[type-arg]
    """Hands a stream on block by block and measures it on the way."""

    def __init__(self, stream: BinaryIO, limit_bytes: int | None) -> None:
        super().__init__(stream)
        self.stream = stream
        self.sha = hashlib.sha256()
        self.measured = 0
        self.limit = limit_bytes

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        while block := self.stream.read(BLOCK):
            self.measured += len(block)
            if self.limit is not None and self.measured > self.limit:
                raise TooLarge(limit_mib=self.limit // BLOCK)
            self.sha.update(block)
            yield block


def keep(*, stream: BinaryIO, uid: UUID, at: datetime, limit_bytes: int | None) -> Kept:
    """
    Store what a stream still holds under `deliveries/YYYY/MM/<uid>`; the name of the sender is
    no part of the path.

    :raises TooLarge: as soon as the limit is passed; nothing is left behind
    """
    content = _Measured(stream, limit_bytes)
    wanted = f"deliveries/{at:%Y/%m}/{uid}"
    try:
        path = default_storage.save(wanted, content)
    except TooLarge:
        default_storage.delete(wanted)
        raise
    return Kept(path, content.sha.hexdigest(), content.measured)


@contextmanager
def reading(path: str) -> Iterator[BinaryIO]:
    """What is kept, opened to be read from its start."""
    with default_storage.open(path, "rb") as file:
        assert file.file is not None
        yield cast(BinaryIO, file.file)


def forget(kept: Kept) -> None:
    """Remove a copy of what is kept already."""
    default_storage.delete(kept.path)
