"""`meter_id,date,kwh`: what a meter counted in one local day."""

from meters.readings import stamps
from meters.readings.delimited import Table
from meters.readings.told import Kind

FORMAT = Table(
    name="daily_csv",
    kind=Kind.DAY,
    meter=("meter_id", "meter"),
    stamp=("date", "day"),
    value=("kwh",),
    reads=stamps.day,
)
