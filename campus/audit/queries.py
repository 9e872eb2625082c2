"""Reading the acts of staff, page by page, without OFFSET."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from campus.api.texts import spoken, told
from campus.audit.sources import Mark, Source, sources
from campus.places.models import Residence

PAGE = 50


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what, and when; `text` in the reader's language."""

    at: datetime
    who: str
    code: str
    area: str
    text: str
    pk: int

    @property
    def mark(self) -> Mark:
        """Where the page after this act begins."""
        return Mark(self.at, self.code, self.pk)


def acts(
    *, residence: Residence, area: str = "", before: Mark | None = None, limit: int = PAGE
) -> tuple[list[Act], Mark | None]:
    """
    The newest acts of staff in a residence and its campus before a mark, and where the next begin.

    Each source is asked for one page at most, whatever the depth.
    """
    wanted = [source for source in sources() if area in ("", source.area)]
    found = [act for source in wanted for act in _of(source, residence, before, limit)]
    found.sort(key=lambda act: (-act.at.timestamp(), act.code, -act.pk))
    page = found[:limit]
    return page, page[-1].mark if len(found) > limit else None


def _of(source: Source, residence: Residence, before: Mark | None, limit: int) -> Iterator[Act]:
    columns = ("pk", source.at, f"{source.by}__username", *source.facts.values())
    rows = source.newest(residence, before=before).values_list(*columns)
    for pk, at, who, *values in rows[: limit + 1]:
        facts = {name: _word(value) for name, value in zip(source.facts, values, strict=True)}
        yield Act(at, who, source.code, source.area, str(source.says) % facts, pk)


def _word(value: object) -> str:
    if isinstance(value, Mapping):
        return told(value)
    return spoken(value) if isinstance(value, date) else str(value)
