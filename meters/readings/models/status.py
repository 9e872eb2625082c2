"""How far a figure can be trusted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How much a figure of use can be trusted."""

    ACTUAL = "ACTUAL", _("Measured")
    ESTIMATED = "ESTIMATED", _("Estimated")
    MISSING = "MISSING", _("Missing")
    SUSPECT = "SUSPECT", _("In doubt")
    EDITED = "EDITED", _("Edited by a person")
    FINAL = "FINAL", _("Final")
