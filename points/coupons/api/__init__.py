"""Offers and coupons for a student, redemptions for a till, settlement for a manager."""

from django.urls import path

from points.coupons.api import cafes, counter, manager, owed, selling, student

_COUNTER = [
    path("counter/today/", counter.TodayView.as_view(), name="counter-today"),
    path("counter/conflicts/", counter.ConflictsView.as_view(), name="counter-conflicts"),
    path("counter/redemptions/", counter.RedemptionsView.as_view(), name="redemptions"),
    path(
        "counter/redemptions/<uuid:uid>/undo/", counter.UndoView.as_view(), name="redemption-undo"
    ),
    path(
        "counter/redemptions/<uuid:uid>/void/", counter.VoidView.as_view(), name="redemption-void"
    ),
    path("counter/offers/<uuid:uid>/sold-out/", counter.SoldOutView.as_view(), name="sold-out"),
    path("counter/statements/", owed.StatementsView.as_view(), name="counter-statements"),
    path("counter/statements/<uuid:uid>.csv", owed.SheetView.as_view(), name="counter-csv"),
    path("counter/statements/<uuid:uid>.pdf", owed.PrintView.as_view(), name="counter-pdf"),
]
_MANAGER = [
    path("manage/cafes/", cafes.CafesView.as_view(), name="manage-cafes"),
    path("manage/cafes/<uuid:uid>/", cafes.SellerView.as_view(), name="manage-cafe"),
    path("manage/cafes/<uuid:uid>/tills/", cafes.DevicesView.as_view(), name="manage-tills"),
    path("manage/buyer/", cafes.BuyerView.as_view(), name="manage-buyer"),
    path("manage/tills/<uuid:uid>/pin/", cafes.NewPinView.as_view(), name="till-pin"),
    path("manage/tills/<uuid:uid>/retire/", cafes.RetireView.as_view(), name="till-retire"),
    path("manage/campaigns/", selling.CampaignsView.as_view(), name="manage-campaigns"),
    path("manage/campaigns/<uuid:uid>/", selling.CampaignView.as_view(), name="manage-campaign"),
    path("manage/offers/", selling.OffersView.as_view(), name="manage-offers"),
    path("manage/offers/<uuid:uid>/", selling.OfferView.as_view(), name="manage-offer"),
    path("manage/budget/", selling.BudgetView.as_view(), name="manage-budget"),
    path("manage/statements/", manager.StatementsView.as_view(), name="statements"),
    path("manage/statements/close/", manager.CloseView.as_view(), name="statement-close"),
    path("manage/statements/<uuid:uid>/paid/", manager.PaidView.as_view(), name="statement-paid"),
    path("manage/statements/<uuid:uid>.csv", manager.SheetView.as_view(), name="statement-csv"),
    path("manage/statements/<uuid:uid>.pdf", manager.PrintView.as_view(), name="statement-pdf"),
    path("manage/redemptions/", manager.UsesView.as_view(), name="manage-redemptions"),
    path("manage/redemptions/<uuid:uid>/void/", manager.VoidView.as_view(), name="manage-void"),
    path("manage/refused-scans/", manager.RefusedScansView.as_view(), name="refused-scans"),
]
urlpatterns = [
    path("offers/", student.OffersView.as_view(), name="offers"),
    path("offers/<uuid:uid>/buy/", student.BuyView.as_view(), name="offer-buy"),
    path("coupons/", student.CouponsView.as_view(), name="coupons"),
    path("coupons/<uuid:uid>/", student.CouponView.as_view(), name="coupon"),
    path("coupons/<uuid:uid>/give-back/", student.GiveBackView.as_view(), name="coupon-give-back"),
    path("coupons/<uuid:uid>/room-mates/", student.RoomMatesView.as_view(), name="room-mates"),
    path("coupons/<uuid:uid>/gift/", student.GiftView.as_view(), name="coupon-gift"),
    *_COUNTER,
    *_MANAGER,
]
