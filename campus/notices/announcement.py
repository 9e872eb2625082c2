"""An announcement has no words of its own: it says what a manager wrote."""

from campus.notices.kinds import Kind
from campus.notices.models import Topic

KINDS = (
    Kind(code="ANNOUNCEMENT", topic=Topic.GENERAL, title="%(title)s", sentences=("%(text)s",)),
)
