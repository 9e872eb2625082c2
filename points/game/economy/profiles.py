"""Who plays: kinds of rooms and people whose terms are simulated side by side. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """
    A student of a kind of room.

    :param saving: mean share of the baseline that the room saves
    :param noise: standard deviation of a day's share; a single person's days vary more
    :param held: chance that an unsaving day stands in the lowest third of its peers and is held
    :param away: weekdays (Monday 0) on which nobody is home
    :param plays: chance to open the app on a day
    :param activities: verified attendances a week, on average
    """

    name: str
    saving: float
    noise: float = 0.09
    held: float = 0.1
    away: tuple[int, ...] = ()
    plays: float = 0.8
    activities: float = 0.4


MEDIAN = "median saver"
LOW, HIGH = "low saver", "high saver"
EFFICIENT, ALONE, FOUR = "efficient room", "one person", "four people"
WEEKENDS, ABSENT = "weekends away", "absent room"

PROFILES = (
    Profile(LOW, saving=0.04, plays=0.6, activities=0.2),
    Profile(MEDIAN, saving=0.10),
    Profile(HIGH, saving=0.24, plays=0.95, activities=0.8),
    Profile(EFFICIENT, saving=0.01, noise=0.06, held=0.9),
    Profile(ALONE, saving=0.10, noise=0.13),
    Profile(FOUR, saving=0.10, noise=0.065),
    Profile(WEEKENDS, saving=0.10, away=(5, 6)),
    Profile(ABSENT, saving=0.0, away=tuple(range(7)), plays=0.05, activities=0.0),
)
