"""The rows of a surveyed table, each understood or told what is wrong with it. Pure."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from meters.readings import amounts, profile, stamps
from meters.readings.local_days import opens
from meters.readings.profile import UNITS, Profile
from meters.readings.refusals import RowFault, RowRefused, shown
from meters.readings.row import Event, Kind, Quality, Remark, Row, Twice, in_doubt
from meters.readings.tables.survey import Cells, Survey

LONGEST_SERIAL = 64
LONGEST_SPAN = 400 * stamps.DAY
MOST_MULTIPLIER = 1_000_000
MOST_REMEMBERED = 100_000
_FINAL = (
    "final removal removed remove last 최종 최종지침 철거 철거지침 종료지침 拆除 拆表 旧表 止度 "
    "终止 换表前"
)
_INITIAL = (
    "initial install installed installation first 최초 최초지침 설치 설치지침 시작지침 신규 安装 "
    "装表 新表 起度 起始 换表后"
)
_RESET = "reset cleared 초기화 리셋 清零 复位 重置"
_EVENTS = {Event.FINAL: _FINAL, Event.INITIAL: _INITIAL, Event.RESET: _RESET}
_EVENT = {word: event for event, words in _EVENTS.items() for word in words.split()}
_ESTIMATED_WORDS = (
    "e est estimate estimated f s substituted substitute interpolated 추정 예측 보정 估算 估计 估抄"
)
_DOUBTED_WORDS = "suspect doubtful bad 의심 이상 可疑 异常"
_FAILED_WORDS = "n missing null failed invalid 결측 실패 缺失 无效"
_ESTIMATED, _DOUBTED, _FAILED = (
    frozenset(words.split()) for words in (_ESTIMATED_WORDS, _DOUBTED_WORDS, _FAILED_WORDS)
)
_RATIO = re.compile(r"([0-9.]+)\s*[/:]\s*([0-9.]+)", re.ASCII)


class Reader:
    """
    Reads the rows of one table.

    `rolls_over` is filled, while rows are read, with the amount at which each register whose digits
    are known begins again.
    """

    def __init__(self, survey: Survey, said: Profile, rolls_over: dict[str, int]) -> None:
        self.rolls_over = rolls_over
        self.survey, self.columns = survey, survey.columns
        self.said = said
        self.failed = amounts.failed_marks(said.failed)
        self.shift = Decimal(1).scaleb(-survey.unwritten)
        self.factor = UNITS[survey.unit] * said.multiplier * self.shift
        self.most = (
            amounts.MOST_COUNTED_KWH if survey.kind == Kind.REGISTER else amounts.MOST_USED_KWH
        )

        self.stamp_at = survey.columns.stamps_at
        self.times: dict[str, tuple[int, int, bool, Twice]] = {}
        self.figures: dict[str, int] = {}
        self.meters: set[str] = set()

    def read(self, rows: Iterable[Cells | RowFault]) -> Iterator[Row | RowFault | Remark]:
        """Every row after the header, in the order of the table."""
        yield from self.remarks()
        yield from self.each(rows)

    def remarks(self) -> Iterator[Remark]:
        """What is to be said of the table before its rows."""
        if not self.survey.unit_told:
            yield Remark(self.survey.header_line, "unit_assumed", {"unit": self.survey.unit})

    def each(self, rows: Iterable[Cells | RowFault]) -> Iterator[Row | RowFault]:
        """Rows after the header, one by one."""
        told = self.told_plainly if self.is_plain else self.told
        for row in rows:
            if isinstance(row, RowFault):
                yield row
            elif row[0] > self.survey.header_line:
                found = told(*row)
                yield found
                if isinstance(found, RowFault) and found.code == "negative":
                    yield from self.in_doubt(*row)

    @property
    def is_plain(self) -> bool:
        """Whether a row is a meter, one stamp and a value: each cell then means the same always."""
        columns, wanted = self.columns, {"meter", "stamp", "start", "end", "value"}
        others = (getattr(columns, name) for name in columns.__slots__ if name not in wanted)
        plain = columns.meter is not None and all(other is None for other in others)
        alone = len(columns.stamps()) == 1 and not self.survey.digits and not self.said.meter
        return plain and alone

    def told_plainly(self, line: int, cells: list[str]) -> Row | RowFault:
        """The same as `told`, remembering what each cell meant: files repeat themselves."""
        if len(cells) == self.survey.width:
            meter = cells[self.columns.meter or 0]
            when = self.times.get(cells[self.stamp_at])
            figure = self.figures.get(cells[self.columns.value])
            if when and figure is not None and meter in self.meters:
                at, seconds, ends, twice = when
                return Row(line, meter, at, figure, self.survey.kind, seconds, ends, twice=twice)
        row = self.told(line, cells)
        if isinstance(row, Row):
            self._remember(row, cells)
        return row

    def _remember(self, row: Row, cells: list[str]) -> None:
        for known in (self.times, self.figures, self.meters):
            if len(known) > MOST_REMEMBERED:
                known.clear()
        self.times[cells[self.stamp_at]] = (row.at, row.seconds, row.ends, row.twice)
        self.figures[cells[self.columns.value]] = row.amount
        self.meters.add(row.meter)

    def told(self, line: int, cells: list[str]) -> Row | RowFault:
        try:
            return self._row(line, cells)
        except RowRefused as fault:
            return RowFault(line, fault.code, fault.facts)

    def in_doubt(self, line: int, cells: list[str]) -> Iterator[Row]:
        """The time of a use below nothing: its day is in doubt; such a register was not read."""
        if self.survey.kind != Kind.REGISTER:
            cells = list(cells)
            cells[self.columns.value] = "0"
            yield in_doubt(self._row(line, cells))

    def _row(self, line: int, cells: list[str]) -> Row:
        width = self.survey.width
        if len(cells) != width and (len(cells) < width or any(cells[width:])):
            raise RowRefused("columns_wrong", cells=len(cells), columns=width)
        meter = self._meter(cells)
        at, seconds, ends, twice = self._when(cells)
        return Row(
            line=line,
            meter=meter,
            kind=self.survey.kind,
            at=at,
            amount=self._amount(cells, meter),
            seconds=seconds,
            ends=ends,
            quality=self._quality(cells),
            event=self._event(cells),
            revision=self._revision(cells),
            twice=twice,
            balance=self._cell(cells, self.columns.balance),
        )

    @staticmethod
    def _cell(cells: list[str], place: int | None) -> str:
        return "" if place is None else cells[place]

    def _meter(self, cells: list[str]) -> str:
        return self.serial(self.said.meter or self._cell(cells, self.columns.meter))

    @staticmethod
    def serial(serial: str) -> str:
        """
        A meter's name, if it can be one.

        :raises RowRefused: no_meter, unknown_meter
        """
        if not serial:
            raise RowRefused("no_meter")
        if len(serial) > LONGEST_SERIAL or not serial.isprintable():
            raise RowRefused("unknown_meter", meter=shown(serial))
        return serial

    def _when(self, cells: list[str]) -> tuple[int, int, bool, Twice]:
        columns = self.columns
        if columns.start is not None and columns.end is not None:
            return self._span(cells[columns.start], cells[columns.end])
        text = cells[columns.stamps()[0]]
        if columns.time is not None:
            text = stamps.joined(text, cells[columns.time])
        return self.when(text)

    def when(self, text: str) -> tuple[int, int, bool, Twice]:
        """
        The instant, length and kind of a cell that is the only stamp of its row.

        :raises RowRefused: bad_date, bad_time, no_such_hour
        """
        survey = self.survey
        if survey.kind == Kind.DAY:
            at, seconds = _local_day(text, survey)
            return at, seconds, False, Twice.NO
        ends = survey.ends
        if stamps.written(text, survey.order).seconds is None:
            if survey.kind == Kind.INTERVAL and not survey.stamped_days:
                raise RowRefused("bad_time", value=shown(text))
            if survey.kind == Kind.REGISTER and ends:
                text += " 24:00"
        stamp = stamps.instant(text, survey.order, survey.zone, ends=ends)
        return stamp.at, 0, ends and survey.kind == Kind.INTERVAL, stamp.twice

    def _span(self, first: str, last: str) -> tuple[int, int, bool, Twice]:
        order, zone = self.survey.order, self.survey.zone
        start = stamps.instant(first, order, zone)
        end = stamps.instant(last, order, zone, ends=True)
        if self.survey.kind == Kind.REGISTER:
            return end.at, 0, False, end.twice
        seconds = end.at - start.at
        if Twice.AMBIGUOUS in (start.twice, end.twice):
            # The clock shows an hour twice here; how long an interval is its hands still tell.
            seconds = stamps.apart(first, last, order)
            seconds += 3600 if seconds <= 0 else 0
        if not 0 < seconds <= LONGEST_SPAN:
            raise RowRefused("bad_span", value=f"{shown(first)} – {shown(last)}")
        return start.at, seconds, False, start.twice

    def _amount(self, cells: list[str], meter: str) -> int:
        text = cells[self.columns.value]
        if text.casefold() in self.failed:
            raise RowRefused("failed_read", value=shown(text))
        if self._cell(cells, self.columns.quality).casefold() in _FAILED:
            raise RowRefused("failed_read", value=shown(text))
        factor = Decimal(self.factor)
        if self.columns.unit is not None and cells[self.columns.unit]:
            factor = UNITS[_unit(cells[self.columns.unit])] * self.said.multiplier * self.shift
        for place in (self.columns.multiplier, self.columns.ct_ratio, self.columns.pt_ratio):
            if place is not None and cells[place]:
                factor *= _ratio(cells[place])
        number = self.survey.numbers.read(text)
        if self.survey.digits and self.survey.kind == Kind.REGISTER:
            self._count_places(number, meter, self.survey.digits, factor, text)
        return amounts.amount(number, factor=factor, most_kwh=self.most, text=text)

    def _count_places(
        self, number: Decimal, meter: str, digits: int, factor: Decimal, text: str
    ) -> None:
        """Where this register rolls over, in units; what has more places it cannot have shown."""
        if number >= 10 ** (digits + self.survey.unwritten):
            raise RowRefused("more_digits", value=shown(text), digits=digits)
        self.rolls_over[meter] = int(10**digits * factor / self.shift)

    def _quality(self, cells: list[str]) -> Quality:
        word = self._cell(cells, self.columns.quality).casefold()
        if word in _ESTIMATED:
            return Quality.ESTIMATED
        return Quality.DOUBTED if word in _DOUBTED else Quality.MEASURED

    def _event(self, cells: list[str]) -> Event:
        if self.columns.event is None:
            return Event.NONE
        return _EVENT.get(cells[self.columns.event].casefold(), Event.NONE)

    def _revision(self, cells: list[str]) -> int:
        """Numbers and times alike: the later is the greater."""
        if self.columns.revision is None:
            return 0
        text = re.sub(r"[^0-9]", "", self._cell(cells, self.columns.revision))
        return int(text[:18] or 0)


def _local_day(text: str, survey: Survey) -> tuple[int, int]:
    """The start and the length of the local day a cell names; its end may be what is stamped."""
    told = stamps.written(text, survey.order)
    if told.seconds:
        if told.seconds != stamps.DAY:
            raise RowRefused("bad_date", value=shown(text))
        ordinal = told.day.toordinal()
    else:
        ordinal = told.day.toordinal() - (1 if survey.ends else 0)
    start = opens(ordinal, survey.zone)
    return start, opens(ordinal + 1, survey.zone) - start


@lru_cache(maxsize=100)
def _unit(text: str) -> str:
    found = profile.unit(text)
    if found is None:
        raise RowRefused("unit_unknown", value=shown(text))
    return found


@lru_cache(maxsize=1000)
def _ratio(text: str) -> Decimal:
    """A factor: 20, or the two sides of a transformer as in 100/5."""
    found = _RATIO.fullmatch(text.replace(",", ""))
    try:
        value = Decimal(found[1]) / Decimal(found[2]) if found else Decimal(text.replace(",", ""))
    except (InvalidOperation, ZeroDivisionError):
        value = Decimal("NaN")
    if not (value.is_finite() and 0 < value <= MOST_MULTIPLIER):
        raise RowRefused("multiplier_wrong", value=shown(text))
    return value
