"""`meter_id,read_at,register_kwh`: what a register showed; a day is the step between midnights."""

from meters.readings import amounts, stamps
from meters.readings.delimited import Table
from meters.readings.told import Kind

FORMAT = Table(
    name="register_csv",
    kind=Kind.REGISTER,
    meter=("meter_id", "meter"),
    stamp=("read_at",),
    value=("register_kwh",),
    reads=stamps.instant,
    most_kwh=amounts.MOST_COUNTED_KWH,
)
