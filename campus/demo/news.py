"""What the manager of the demo last told the houses."""

from datetime import date, datetime

from campus.demo.build import SLUG
from campus.notices import operations as notices
from campus.people.models import StaffRole
from campus.places.models import Residence

TITLE = "An announcement"
WORDS = {
    "ko": "공용 냉장고를 함께 비워요",
    "en": "We empty the shared fridges together",
    "zh-Hans": "一起清理公共冰箱",
}
MORE = {
    "ko": "이번 주 금요일 저녁 7시, 층마다 공용 부엌에서 만나요.\n"
    "반쯤 빈 냉장고는 끄고 한 대에 모아 둘게요.",
    "en": "Friday at seven in the evening, in the kitchen of each floor.\n"
    "Fridges that are half empty are switched off and share one.",
    "zh-Hans": "本周五晚上七点，各层公共厨房见。\n半空的冰箱会关掉，东西集中放到一台里。",
}


def live(*, today: date, at: datetime) -> None:
    """Each house is told by its manager."""
    for residence in Residence.objects.filter(campus__slug=SLUG).order_by("pk"):
        role = StaffRole.objects.get(residence=residence, kind=StaffRole.Kind.MANAGER)
        notices.announce(residence=residence, title=WORDS, text=MORE, by=role.user, at=at)
