"""Which column of a table means what: a profile's word first, then the header's. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from meters.readings.profile import Profile
from meters.readings.refusals import ColumnMissing, ColumnTwice, FormatUnknown, shown
from meters.readings.tables import headers
from meters.readings.tables.headers import Name


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the cells of a row stand; None for what the table does not have."""

    value: int
    meter: int | None = None
    stamp: int | None = None
    time: int | None = None
    start: int | None = None
    end: int | None = None
    unit: int | None = None
    multiplier: int | None = None
    ct_ratio: int | None = None
    pt_ratio: int | None = None
    event: int | None = None
    quality: int | None = None
    revision: int | None = None
    balance: int | None = None

    @property
    def stamps_at(self) -> int:
        """The column of the only stamp."""
        return next(place for place in (self.start, self.end, self.stamp) if place is not None)

    def stamps(self) -> list[int]:
        found = (self.start, self.end, self.stamp)
        return [place for place in found if place is not None]


HEADER_TOLD = 40  # cells of a header among which a person may look for a column


class Found:
    """The columns of a header, by what a profile or their words say."""

    def __init__(self, cells: Sequence[str], names: Sequence[Name], profile: Profile) -> None:
        self.cells, self.names, self.profile = cells, names, profile
        self.value_role = ""
        self.stamp_role = ""

    def columns(self) -> Columns:
        """
        :raises ColumnMissing: by the names of the roles
        :raises ColumnTwice: a cell could mean either
        """
        value, meter = self._value(), self._one("meter")
        start, end = self._span()
        stamp = self._stamp() if start is None and end is None else None
        missing = [
            role
            for role, absent in (
                ("meter", meter is None and self.profile.meter is None),
                ("stamp", stamp is None and start is None and end is None),
                ("value", value is None),
            )
            if absent
        ]
        if missing or value is None:
            header = [shown(cell) for cell in self.cells[:HEADER_TOLD] if cell.strip()]
            raise ColumnMissing(columns=", ".join(missing), header=" | ".join(header))
        return Columns(
            value=value,
            meter=meter,
            stamp=stamp,
            time=self._one("time") if self.stamp_role == "day" else None,
            start=start,
            end=end,
            unit=self._one("unit"),
            multiplier=self._one("multiplier"),
            ct_ratio=self._one("ct_ratio"),
            pt_ratio=self._one("pt_ratio"),
            event=self._one("event"),
            quality=self._one("quality"),
            revision=self._one("revision"),
            balance=self._one("balance"),
        )

    def is_loose_reading(self, columns: Columns) -> bool:
        """Whether the figure is a “reading” from one time to another: either kind is called so."""
        spans = columns.start is not None and columns.end is not None
        return spans and self.names[columns.value].word in headers.READING

    def unit(self, columns: Columns) -> str | None:
        return self.names[columns.value].unit

    def _value(self) -> int | None:
        if "value" in self.profile.columns:
            self.value_role = self.names[self._named("value")].role or ""
            return self._named("value")
        for role in headers.VALUES:
            if (place := self._one(role)) is not None:
                self.value_role = role
                return place
        return None

    def _span(self) -> tuple[int | None, int | None]:
        told = self.profile.columns
        if "stamp" in told and not {"start", "end"} & set(told):
            return None, None
        return self._one("start"), self._one("end")

    def _stamp(self) -> int | None:
        if "stamp" in self.profile.columns:
            place = self._named("stamp")
            self.stamp_role = self.names[place].role or ""
            return place
        found = {role: self._one(role) for role in ("instant", "stamp", "day", "time")}
        told = [role for role, place in found.items() if place is not None]
        if "stamp" in told and "day" in told:
            # Which of the two is the stamp of the figure nobody can know.
            raise FormatUnknown(columns=shown(", ".join(self.cells)))
        self.stamp_role = told[0] if told else ""
        return found[told[0]] if told else None

    def _one(self, role: str) -> int | None:
        if role in self.profile.columns:
            return self._named(role)
        taken = {headers.name(name).word for name in self.profile.columns.values()}
        places = [
            place for place in headers.places(self.names, role)
            if self.names[place].word not in taken
        ]  # fmt: skip
        if len(places) > 1 and self.names[places[0]].word == self.names[places[1]].word:
            raise ColumnTwice(columns=self.cells[places[1]].casefold())
        return places[0] if places else None

    def _named(self, role: str) -> int:
        wanted = self.profile.columns[role]
        exact = [n for n, cell in enumerate(self.cells) if cell.strip() == wanted.strip()]
        word = headers.name(wanted).word
        alike = exact or [n for n, name in enumerate(self.names) if name.word == word]
        if not alike:
            raise ColumnMissing(columns=wanted)
        if len(alike) > 1:
            raise ColumnTwice(columns=wanted)
        return alike[0]
