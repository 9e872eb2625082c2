"""
What a message of a plug or a radio meter says: the register it shows, and when. Pure.

Tasmota, Shelly of both generations, Zigbee2MQTT and ChirpStack; told apart by what a message holds.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

WATT_MINUTES = "watt-minute"
_KWH = {"kWh": Decimal(1), "Wh": Decimal(1000), WATT_MINUTES: Decimal(60_000)}
_GEN1 = re.compile(r"^shellies/[^/]+/(?:relay/[0-9]+/energy|emeter/[0-9]+/(?P<meter>total))$")
_COMPONENT = re.compile(r"^(?:switch|pm1|cover|em1data|emdata):[0-9]+$")
# Meters of Shelly's second generation that count in one number, Wh.
_SHELLY_TOTALS = ("total_act_energy", "total_act")
# What decoders of radio meters call a register, with its unit.
_RADIO = {
    "energy_wh": "Wh", "energywh": "Wh", "total_wh": "Wh", "energy_kwh": "kWh", "energykwh": "kWh",
    "total_kwh": "kWh", "totalenergy": "kWh", "total_energy": "kWh", "energy": "kWh",
}  # fmt: skip
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """
    What a register showed.

    `part` tells apart several registers of one message ("" for its only one); `stamp` is empty
    when the message tells no time, and without an offset where the device has none; `once` names
    the message where its network counts them; `restarts` of a register that a reboot clears.
    """

    unit: str
    value: Decimal
    stamp: str = ""
    part: str = ""
    once: str = ""
    restarts: bool = False

    @property
    def kwh(self) -> Decimal:
        return self.value / _KWH[self.unit]


def understood(*, topic: str, payload: bytes) -> list[Shown]:
    """The registers of a message; empty when it tells none that we know."""
    if len(payload) > LARGEST:
        return []
    if found := _GEN1.match(topic):
        value = _number(payload.decode("utf-8", "replace").strip())
        unit = "Wh" if found["meter"] else WATT_MINUTES
        return [] if value is None else [Shown(unit, value, restarts=not found["meter"])]
    said = _document(payload)
    return list(_of_document(said)) if isinstance(said, dict) else []


def _document(text: str | bytes) -> Any:
    """JSON with its numbers as they are written; None for what is none."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _of_document(said: Mapping[str, Any]) -> Iterator[Shown]:
    if isinstance(said.get("StatusSNS"), dict):
        said = said["StatusSNS"]  # Tasmota, when it was asked
    if isinstance(said.get("ENERGY"), dict):
        yield from _tasmota(said)
    elif _is_shelly(said):
        yield from _shelly(said, "")
    elif isinstance(said.get("params"), dict):
        for name, part in said["params"].items():
            if _COMPONENT.match(name) and isinstance(part, dict) and _is_shelly(part):
                yield from _shelly(part, name)
    elif isinstance(said.get("deviceInfo"), dict) or "devEUI" in said:
        yield from _chirpstack(said)
    elif (value := _number(said.get("energy"))) is not None:
        yield Shown("kWh", value, _seen(said.get("last_seen")))


def _tasmota(said: Mapping[str, Any]) -> Iterator[Shown]:
    """`Total` only: `Today` and `Yesterday` begin anew at the device's own midnight."""
    total, stamp = said["ENERGY"].get("Total"), str(said.get("Time") or "")
    if isinstance(total, list):
        for number, one in enumerate(total, start=1):
            if (value := _number(one)) is not None:
                yield Shown("kWh", value, stamp, part=str(number))
    elif (value := _number(total)) is not None:
        yield Shown("kWh", value, stamp)


def _is_shelly(said: Mapping[str, Any]) -> bool:
    return isinstance(said.get("aenergy"), dict) or any(key in said for key in _SHELLY_TOTALS)


def _shelly(said: Mapping[str, Any], part: str) -> Iterator[Shown]:
    counted = said.get("aenergy")
    if isinstance(counted, dict):
        value, stamp = _number(counted.get("total")), _seen(counted.get("minute_ts"))
    else:
        value, stamp = next((_number(said[key]) for key in _SHELLY_TOTALS if key in said), None), ""
    if value is not None:
        yield Shown("Wh", value, stamp, part=part)


def _chirpstack(said: Mapping[str, Any]) -> Iterator[Shown]:
    """The fourth version tells an `object`; the third may tell it as text, and no `deviceInfo`."""
    told = said.get("object", said.get("objectJSON"))
    if isinstance(told, str):
        told = _document(told)
    if not isinstance(told, dict):
        return
    named = {str(key).casefold(): value for key, value in told.items()}
    for name, unit in _RADIO.items():
        if (value := _number(named.get(name))) is not None:
            info = said.get("deviceInfo")
            device = info if isinstance(info, dict) else {}
            once = f"{device.get('devEui') or said.get('devEUI', '')}+{said.get('fCnt', '')}"
            yield Shown(unit, value, str(said.get("time") or ""), once=once)
            return


def _number(value: Any) -> Decimal | None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,15})?", value):
        return _power_of_ten(value)
    return Decimal(value)


def _power_of_ten(value: Any) -> Decimal | None:
    """Numbers as programs write very small and very large ones."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9.]{1,20}[eE][+-]?[0-9]{1,2}", value):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _seen(value: Any) -> str:
    """Unix seconds or milliseconds as a stamp; an ISO stamp as it is."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{10,13}(\.[0-9]+)?", value):
        seconds = int(value.split(".")[0][:13])
        seconds = seconds // 1000 if seconds > 10**11 else seconds
        return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
    return value if isinstance(value, str) else ""
