"""Rules of single deeds, and how rules are found."""

from points.earning.rules import Deed, Earned, attendance, rules, welcome


def test_rules_are_found_by_their_presence() -> None:
    assert list(rules()) == [
        "attendance", "chest", "daily_saving", "helping", "hold", "monument", "settled_saving",
        "sunshine", "welcome",
    ]  # fmt: skip


def test_defaults_are_plain_whole_numbers() -> None:
    for rule in rules().values():
        assert all(type(value) is int for value in rule.defaults().values())


def test_welcome_pays_once_in_a_life() -> None:
    terms = welcome.Terms()
    assert welcome.welcome(Deed(paid_ever=0, paid_this_week=0), terms) == Earned(sun=200)
    assert welcome.welcome(Deed(paid_ever=1, paid_this_week=0), terms) == Earned()


def test_attendance_pays_three_times_a_week() -> None:
    terms = attendance.Terms()
    assert attendance.attendance(Deed(9, 2), terms) == Earned(cp=30, sun=60)
    assert attendance.attendance(Deed(9, 3), terms) == Earned()
