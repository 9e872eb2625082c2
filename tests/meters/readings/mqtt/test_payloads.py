"""Messages of plugs and radio meters come to the readings that the worked cases tell."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meters.readings.mqtt.payloads import understood

CASES = Path(__file__).parents[3] / "samples" / "cases" / "mqtt" / "payloads.json"
ITEMS: list[dict[str, Any]] = json.loads(CASES.read_text(), parse_float=str)["items"]


def sent(payload: object) -> bytes:
    return (payload if isinstance(payload, str) else json.dumps(payload)).encode()


@pytest.mark.parametrize("number", range(len(ITEMS)))
def test_a_case_comes_to_what_is_expected(number: int) -> None:
    raw = json.loads(CASES.read_text())["items"][number]
    item, expect = ITEMS[number], ITEMS[number]["expect"]
    (shown,) = understood(topic=item["topic"], payload=sent(raw["payload"]))
    assert shown.unit == expect["unit"]
    if "value" in expect:
        assert shown.value == Decimal(expect["value"])
    if "value_kwh" in expect:
        assert shown.kwh == Decimal(expect["value_kwh"])
    if "ts" in expect:
        assert shown.stamp == expect["ts"].replace("Z", "+00:00")


def test_each_socket_of_a_strip_is_a_register_of_its_own() -> None:
    payload = b'{"Time": "2026-03-02T00:00:05", "ENERGY": {"Total": [1.5, 2.25]}}'
    told = understood(topic="tele/strip/SENSOR", payload=payload)
    assert [(shown.part, shown.kwh) for shown in told] == [
        ("1", Decimal("1.5")),
        ("2", Decimal("2.25")),
    ]


STATUS8 = {"StatusSNS": {"Time": "2026-03-02T00:00:05", "ENERGY": {"Total": 1.5, "Today": 0.2}}}
THREE_PHASES = {"id": 0, "a_total_act_energy": 1.0, "total_act": 3500.5, "total_act_ret": 0.0}
VERSION_3 = {"applicationID": "7", "devEUI": "AQIDBAUGBwg=", "fCnt": 12}
TOLD_BY_DEVICES = [
    # Tasmota, when it was asked (cmnd/../STATUS 8)
    ("stat/dorm-a101/STATUS8", STATUS8, "1.5", "2026-03-02T00:00:05"),
    # Shelly EM: the first generation's clamps, then one and three phases of the second
    ("shellies/shellyem-B9/emeter/1/total", "12345.6", "12.3456", ""),
    ("shellypro-em/status/em1data:0", {"id": 0, "total_act_energy": 2500.25}, "2.50025", ""),
    ("shellypro-3em/status/emdata:0", THREE_PHASES, "3.5005", ""),
    ("shelly-1pm/status/switch:0", {"id": 0, "aenergy": {"total": 1e3}}, "1", ""),
    # ChirpStack of the third version: as an object, and as text
    ("application/7/device/08/event/up", VERSION_3 | {"object": {"energy_kwh": 4.5}}, "4.5", ""),
    ("application/7/device/08/event/up", VERSION_3 | {"objectJSON": '{"total_wh":9}'}, "0.009", ""),
    (
        "zigbee2mqtt/plug",
        {"energy": 12.34, "last_seen": 1772409660000},
        "12.34",
        "2026-03-02T00:01:00+00:00",
    ),
]


@pytest.mark.parametrize(("topic", "payload", "kwh", "stamp"), TOLD_BY_DEVICES)
def test_a_device_is_understood_in_its_own_words(
    topic: str, payload: object, kwh: str, stamp: str
) -> None:
    (shown,) = understood(topic=topic, payload=sent(payload))
    assert (shown.kwh, shown.stamp) == (Decimal(kwh), stamp)


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("tele/dorm-a101/STATE", {"Time": "2026-03-02T00:00:05", "POWER": "ON"}),
        ("shellies/shellyem-B9/emeter/1/energy", "17"),  # of the last minute, no register
        ("application/7/device/08/event/up", VERSION_3 | {"objectJSON": "{broken"}),
        ("application/7/device/08/event/join", VERSION_3),
    ],
)
def test_what_is_no_register_is_left_alone(topic: str, payload: object) -> None:
    assert understood(topic=topic, payload=sent(payload)) == []


def test_a_message_of_a_radio_network_is_named_by_its_counter() -> None:
    raw = json.loads(CASES.read_text())["items"][-1]
    (shown,) = understood(topic=raw["topic"], payload=sent(raw["payload"]))
    assert shown.once == "0102030405060708+12"


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["ENERGY", "Total", "aenergy", "params", "deviceInfo", "object", "objectJSON"]
            ),
            inner,
        )
    ),
    max_leaves=8,
)


@given(st.text(max_size=20), anything.map(json.dumps).map(str.encode) | st.binary(max_size=60))
def test_no_message_breaks_the_bridge_and_none_shows_less_than_nothing(
    topic: str, payload: bytes
) -> None:
    assert all(shown.kwh >= 0 for shown in understood(topic=topic, payload=payload))
