from django.utils import translation
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError, NotFound


class Full(CampusError):
    code, detail = "full", _("Room %(room)s has no free bed on %(day)s.")


def test_words_are_filled_with_facts_and_in_the_active_language() -> None:
    with translation.override("en"):
        assert Full(room="301", day="2026-03-02").words() == (
            "Room 301 has no free bed on 2026-03-02."
        )
    with translation.override("ko"):
        assert "301" in Full(room="301", day="2026-03-02").words()
        assert NotFound().words() != "There is nothing here."
