"""What is written of savings: factors, frozen baselines, nightly estimates, settlements."""

from meters.savings.operations.estimating import estimate_day
from meters.savings.operations.factors import NoFactor, load_factors
from meters.savings.operations.freezing import freeze_baselines
from meters.savings.operations.settling import settle_due

__all__ = ["NoFactor", "estimate_day", "freeze_baselines", "load_factors", "settle_due"]
