"""
The words that headers of readings use in Korean, Chinese and English, and what they mean. Pure.

A meter room's export seldom says more than its header, so the header's own word decides whether a
figure is a register's or a use, and whether a stamp opens or ends its interval.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from meters.readings import profile
from meters.readings.row import Kind

_IN_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_SEPARATORS = re.compile(r"[\s_\-./:*#]+")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# In the order in which they are preferred where a table has several.
METER = _words(
    "meterid meterserial meterno meternumber serialnumber serialno serial metername meter "
    "nmi deviceid deviceeui device 계량기번호 계량기id 전력량계번호 계량기 미터번호 미터 "
    "계기번호 기물번호 고객번호 表号 电表号 电表编号 表计编号 仪表编号 电表 表计 户号 设备编号 "
    "设备号 label roomid roomno roomnumber room 호실 호수 방번호 객실 세대 동호 동호수 房间号 房号 "
    "房间 宿舍号 宿舍 寝室号 寝室 id"
)
START = _words(
    "tsstart tsstartlocal startts start starttime starttimestamp startdatetime startat "
    "intervalstart periodstart from begin 시작 시작일시 시작시각 시작시간 开始 开始时间 "
    "起始时间"
)
END = _words(
    "tsend tsendlocal endts end endtime endtimestamp enddatetime endat intervalend "
    "periodend to until 종료 종료일시 종료시각 종료시간 结束 结束时间 截止时间 终止时间"
)
INSTANT = _words(
    "readat readingtime readtime readingdate readdate 검침일시 검침시각 검침시간 검침일 "
    "검침일자 抄表时间 抄表日期 抄表日 采集时间 冻结时间"
)
STAMP = _words(
    "timestamp ts datetime stamp datetimelocal 일시 시각 측정일시 측정시각 기록일시 "
    "数据时间 日期时间"
)
DAY = _words("date day 날짜 일자 사용일 사용일자 日期 用电日期 统计日期")
TIME = _words("time hour 시간 시간대 시 时间 小时 时段")
REGISTER = _words(
    "registerkwh register cumulativekwh cumulative meterreading reading totalkwh kwhtotal "
    "totalenergy energytotal index total 지침 당월지침 현재지침 검침지침 검침값 누적전력량 "
    "누적사용량 누적 누적지침 누적값 누적량 지침값 금월지침 계량기지침 적산전력량 적산 "
    "正向有功总电能 正向有功总 正向有功 有功总电能 当前读数 本月读数 累计读数 当前示数 "
    "总有功电能 总电能 电表读数 表读数 抄表读数 本次读数 读数 示数 止码 表底数 表底 表码 "
    "累计电量 累计用电量"
)
USE = _words(
    "kwh wh mwh kj mj gj usage use used consumption consumed energy delta 사용량 전력사용량 "
    "전기사용량 사용전력량 소비전력량 소비량 유효전력량 전력량 用电量 日用电量 耗电量 "
    "有功电量 电量 用量"
)
READING = frozenset({"reading", "meterreading"})
FIGURE = _words("value val amount 값 측정값 수치 数值 值")
UNIT = _words("unit uom 단위 单位")
MULTIPLIER = _words("multiplier factor 배율 계기배율 倍率 综合倍率")
CT_RATIO = _words("ctratio ct ctptratio ctxpt 변류비 ct비 互感器变比 变比 ct变比")
PT_RATIO = _words("ptratio pt vtratio vt 변압비 pt비 pt变比")
EVENT = _words(
    "event 이벤트 교체구분 事件 事件类型 구분 교체 비고 备注 类型 type note notes remark "
    "remarks comment"
)
QUALITY = _words(
    "quality qualityflag 품질 데이터품질 데이터상태 数据质量 质量 数据状态 status state "
    "상태 검침상태 状态 抄表状态 flag"
)
REVISION = _words("revision rev version updatedatetime updatedat 개정 버전 版本 修订")
BALANCE = _words("balance credit 잔액 잔여금액 선불잔액 剩余金额 余额 剩余电量 账户余额")

_WORDS: Mapping[str, Sequence[str]] = {
    "meter": METER,
    "start": START,
    "end": END,
    "instant": INSTANT,
    "stamp": STAMP,
    "day": DAY,
    "time": TIME,
    "register": REGISTER,
    "use": USE,
    "figure": FIGURE,
    "unit": UNIT,
    "multiplier": MULTIPLIER,
    "ct_ratio": CT_RATIO,
    "pt_ratio": PT_RATIO,
    "event": EVENT,
    "quality": QUALITY,
    "revision": REVISION,
    "balance": BALANCE,
}
_ROLE = {word: role for role, words in _WORDS.items() for word in words}
_KINDS = {"register": Kind.REGISTER, "use": None, "figure": None}
VALUES = ("register", "use", "figure")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a header: its word without signs, and the unit it tells."""

    word: str
    unit: str | None

    @property
    def role(self) -> str | None:
        return _ROLE.get(self.word)


@lru_cache(maxsize=256)
def name(text: str) -> Name:
    """A header's cell, as far as it can be understood."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().strip("\ufeff\"'")
    units = [profile.unit(found) for found in _IN_BRACKETS.findall(plain)]
    word = _SEPARATORS.sub("", _IN_BRACKETS.sub("", plain))
    told = next((unit for unit in units if unit), None)
    if word in _ROLE:
        return Name(word, told or profile.unit(word) or _ending(word)[1])
    shorter, ending = _ending(word)
    return Name(shorter, told or ending) if shorter in _ROLE else Name(word, told)


def _ending(word: str) -> tuple[str, str | None]:
    """A word without the unit at its end, and that unit."""
    for spelling in ("kwh", "mwh", "wh", "kj", "mj", "gj"):
        if word.endswith(spelling) and word != spelling:
            return word.removesuffix(spelling), profile.unit(spelling)
    return word, None


def known_words(cells: Iterable[str]) -> int:
    """How many cells of a line are words that headers use."""
    return sum(name(cell).role is not None for cell in cells)


def places(names: Sequence[Name], role: str) -> list[int]:
    """The columns of a role, the preferred first; equal words in the order of the table."""
    words = _WORDS[role]
    found = [place for place, told in enumerate(names) if told.role == role]
    return sorted(found, key=lambda place: words.index(names[place].word))
