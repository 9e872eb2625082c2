"""A café with offers and a till, the default terms of earning, and a few activities."""

from datetime import date, datetime, timedelta

from django.db import transaction

from campus import clock
from campus.demo.accounts import ACCOUNTS, PASSWORD
from campus.demo.build import SLUG
from campus.demo.calendar import calendar
from campus.people.models import Holder, Profile, User
from campus.places.models import Campus
from points.activities import operations as activities
from points.activities.models import Activity
from points.coupons import operations as coupons
from points.coupons.models import Cafe, SettlementTerms
from points.demo import campuses
from points.earning import operations as earning

TITLE = "A café with offers, and activities"
TILL_PIN = "2580"  # of the demo's counter
# title, icon, price in CP, what the café is owed in won, stock. Ten won a point; `simulate_points`
# says that a median saver drinks the first coffee within two weeks of the first settlement.
OFFERS = (
    (
        {
            "ko": "아메리카노 (개인 컵)",
            "en": "Americano in your own cup",
            "zh-Hans": "美式咖啡（自带杯）",
        },
        "cup",
        100,
        1000,
        None,
    ),
    ({"ko": "꿀유자차", "en": "Honey citron tea", "zh-Hans": "蜂蜜柚子茶"}, "tea", 200, 2000, None),
    (
        {"ko": "텀블러 할인", "en": "Own-cup discount", "zh-Hans": "自带杯优惠"},
        "tumbler",
        50,
        500,
        None,
    ),
    ({"ko": "비건 쿠키", "en": "Vegan cookie", "zh-Hans": "纯素曲奇"}, "cookie", 120, 1200, 40),
)
# What 95 of 100 simulated terms of 600 people stay under, and a little more.
BUDGET_WON, WON_PER_100_CP = 9_000_000, 1000
CAMPAIGN = {"ko": "햇살로 마시는 커피", "en": "Coffee from sunlight", "zh-Hans": "阳光换咖啡"}
# title, about, place, days from today, hour, seats
UPCOMING = (
    (
        "옷 수선 워크숍",
        "해진 옷을 하나 가져와서 함께 고쳐요. 실과 바늘은 있어요.",
        "판화 공방",
        2,
        18,
        12,
    ),
    (
        "Lakeside clean-up",
        "Forty minutes around the lake with a bag and gloves.",
        "Boathouse gate",
        4,
        16,
        30,
    ),
    (
        "单车维修课",
        "刹车、链条、轮胎：我们示范，你来动手。",
        "单车驿站",
        6,
        17,
        10,
    ),
)


@transaction.atomic
def build(*, today: date, at: datetime) -> None:
    """What can be earned and bought on the demo campus."""
    campus = Campus.objects.get(slug=SLUG)
    term_starts = calendar(today=today).term_start
    earning.install_default_terms(campus=campus, valid_from=term_starts)
    earning.set_budget(
        campus=campus,
        valid_from=term_starts,
        money_minor=BUDGET_WON,
        minor_per_100_cp=WON_PER_100_CP,
    )
    _cafe(campus, at)
    _activities(campus, today, at)
    campuses.build(today=today, at=at)


def _cafe(campus: Campus, at: datetime) -> None:
    holder = Holder.objects.create(kind=Holder.Kind.CAFE, campus=campus)
    name = {"ko": "카페 햇살", "en": "Café Haetsal", "zh-Hans": "阳光咖啡馆"}
    cafe = Cafe.objects.create(
        campus=campus,
        holder=holder,
        name=name,
        legal_name="주식회사 햇살 (Haetsal Co.)",
        tax_number="000-00-00001",
        address="1 Lake Road",
    )
    SettlementTerms.objects.create(
        campus=campus, legal_name="데모 대학교 (Demo University)", tax_number="000-00-00002"
    )
    opens = at - timedelta(days=60)
    campaign = coupons.open_campaign(
        campus=campus, name=CAMPAIGN, budget_minor=BUDGET_WON, opens_at=opens
    )
    for title, icon, price, value, stock in OFFERS:
        coupons.publish_offer(
            cafe=cafe,
            campaign=campaign,
            title=title,
            icon=icon,
            price_cp=price,
            value_minor=value,
            left=stock,
            opens_at=opens,
            at=at,
        )
    username = next(account.username for account in ACCOUNTS if account.kind == "till")
    till = User.objects.create_user(username=username, password=PASSWORD)
    counter = coupons.register_till(cafe=cafe, user=till, name="Counter", at=opens)
    coupons.set_pin(till=counter, pin=TILL_PIN)


def _activities(campus: Campus, today: date, at: datetime) -> None:
    hosts = Profile.objects.exclude(user__username="student").order_by("-pk")[: len(UPCOMING)]
    for host, (title, about, place, days, hour, seats) in zip(hosts, UPCOMING, strict=True):
        starts = clock.day_starts(today + timedelta(days=days), zone=campus.zone)
        starts += timedelta(hours=hour)
        activity = activities.host(
            host=host.holder,
            title=title,
            about=about,
            place=place,
            starts_at=starts,
            ends_at=starts + timedelta(hours=1, minutes=30),
            capacity=seats,
            at=at,
        )
        _neighbours_join(activity, host, at)


def _neighbours_join(activity: Activity, host: Profile, at: datetime) -> None:
    """A few residents have joined already, so that the list is not empty of people."""
    others = Profile.objects.exclude(pk=host.pk).exclude(user__username="student")
    for profile in others.order_by("pk")[host.pk % 40 : host.pk % 40 + 4]:
        activities.join(activity=activity, holder=profile.holder, at=at)
