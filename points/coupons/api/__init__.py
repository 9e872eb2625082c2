"""Offers and coupons for a student, redemptions for a till."""

from django.urls import path

from points.coupons.api import counter, student

urlpatterns = [
    path("offers/", student.OffersView.as_view(), name="offers"),
    path("offers/<uuid:uid>/buy/", student.BuyView.as_view(), name="offer-buy"),
    path("coupons/", student.CouponsView.as_view(), name="coupons"),
    path("coupons/<uuid:uid>/", student.CouponView.as_view(), name="coupon"),
    path("coupons/<uuid:uid>/give-back/", student.GiveBackView.as_view(), name="coupon-give-back"),
    path("counter/redemptions/", counter.RedemptionsView.as_view(), name="redemptions"),
    path(
        "counter/redemptions/<uuid:uid>/undo/", counter.UndoView.as_view(), name="redemption-undo"
    ),
    path("counter/today/", counter.TodayView.as_view(), name="counter-today"),
]
