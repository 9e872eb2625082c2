"""The method in three sentences, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def method(*, comparison_rooms: int) -> Sequence[str]:
    """How a saving is measured and paid, in three sentences."""
    return (
        _(
            "Your expected use is your room's own level times how much %(rooms)d comparison rooms, "
            "whom nobody asks to save, used on the same day."
        )
        % {"rooms": comparison_rooms},
        _("Days on which nobody was home do not count, and a day without a reading is left out."),
        _(
            "Every week we pay your saving since the term began times how sure we are of it; your "
            "floor and campus make us surer, and nothing is taken back unless a reading was wrong."
        ),
    )


def method_of_comparison() -> Sequence[str]:
    """What residents of comparison rooms are told."""
    return (
        _("Your room was drawn by lot to be a comparison room this term."),
        _("It shows what the campus uses when nobody is asked to save, so please live as usual."),
        _("You receive the average of the points that enrolled rooms earn."),
    )


def observation() -> Sequence[str]:
    """What new occupants are told in their first weeks."""
    return (
        _("We are getting to know your room: the first three weeks set your expected use."),
        _("Live as usual; the lowest of the three weeks counts, so using more does not pay."),
        _("Savings count from the day after, and are paid from three weeks later on."),
    )
