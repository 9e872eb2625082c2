"""What residents are told about bills, quotas and balances."""

from django.utils.translation import gettext_lazy as _

from campus.notices.kinds import Kind
from campus.notices.models import Topic

KINDS = (
    Kind(
        code="QUOTA_LOW",
        topic=Topic.BILL,
        title=_("The free electricity is nearly used"),
        sentences=(
            _("%(left_wh)s are left of this month's free electricity."),
            _("At the pace of this month it lasts until %(until_on)s."),
        ),
        link="#/energy/month",
    ),
    Kind(
        code="BALANCE_LOW",
        topic=Topic.BILL,
        title=_("The prepaid balance of your room is low"),
        sentences=(
            _("The official balance was %(balance_minor)s on %(day)s."),
            _("The official balance was %(balance_wh)s on %(day)s."),
            _("At the pace of this month it lasts until %(until_on)s."),
        ),
        link="#/energy/month",
    ),
    Kind(
        code="BILL_ANSWERED",
        topic=Topic.BILL,
        title=_("Your question about a bill was answered"),
        sentences=(_("It was about the bill of %(day)s."),),
        link="#/energy/bill/%(day)s",
    ),
    Kind(
        code="BILL_ADJUSTED",
        topic=Topic.BILL,
        title=_("An earlier bill was corrected"),
        sentences=(
            _("You get back %(back_minor)s."),
            _("You owe %(owed_minor)s more."),
        ),
        link="#/energy/month",
    ),
)
