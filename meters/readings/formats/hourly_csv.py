"""`meter_id,ts_start,kwh`: what a meter counted in the hour that starts at a local time."""

from meters.readings import stamps
from meters.readings.delimited import Table
from meters.readings.told import Kind

FORMAT = Table(
    name="hourly_csv",
    kind=Kind.HOUR,
    meter=("meter_id", "meter"),
    stamp=("ts_start", "ts_start_local"),
    value=("kwh",),
    reads=stamps.hour,
)
