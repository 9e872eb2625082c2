"""Every address of this room."""

from django.urls import path

from meters.readings.api import crossed, deliveries, edits, exports, meters, push, watch

urlpatterns = [
    path("energy/export/", exports.OwnExportView.as_view(), name="export-own"),
    path("manage/export/", exports.ResidenceExportView.as_view(), name="export-residence"),
    path("manage/meters/", meters.MetersView.as_view(), name="meters"),
    path("manage/meters/<uuid:uid>/", meters.MeterView.as_view(), name="meter"),
    path(
        "manage/meters/<uuid:uid>/exchange/", meters.ExchangeView.as_view(), name="meter-exchange"
    ),
    path("manage/meters/<uuid:uid>/reset/", meters.ResetView.as_view(), name="meter-reset"),
    path("manage/meters/<uuid:uid>/remove/", meters.RemoveView.as_view(), name="meter-remove"),
    path("manage/rooms/<uuid:uid>/edits/", edits.DayEditsView.as_view(), name="room-edits"),
    path("manage/watch/", watch.WatchView.as_view(), name="watch"),
    path("manage/switch-offs/", crossed.SwitchOffsView.as_view(), name="switch-offs"),
    path(
        "manage/crossed/<uuid:uid>/confirm/",
        crossed.SuspicionView.as_view(),
        name="crossed-confirm",
    ),
    path(
        "manage/crossed/<uuid:uid>/dismiss/", crossed.DismissView.as_view(), name="crossed-dismiss"
    ),
    path("manage/outages/", watch.OutagesView.as_view(), name="outages"),
    path("manage/outages/withdraw/", watch.WithdrawOutageView.as_view(), name="outages-withdraw"),
    path("energy/meter/", watch.OwnMeterView.as_view(), name="own-meter"),
    path("readings/push/", push.PushView.as_view(), name="push-readings"),
    path("manage/device-keys/", push.DeviceKeysView.as_view(), name="device-keys"),
    path(
        "manage/device-keys/<uuid:uid>/revoke/",
        push.DeviceKeyRevokeView.as_view(),
        name="device-key-revoke",
    ),
    path("manage/profiles/", deliveries.ProfilesView.as_view(), name="source-profiles"),
    path("manage/deliveries/", deliveries.DeliveriesView.as_view(), name="deliveries"),
    path("manage/deliveries/<uuid:uid>/", deliveries.DeliveryView.as_view(), name="delivery"),
    path(
        "energy/days/<str:day>/source/", deliveries.SourceView.as_view(), name="energy-day-source"
    ),
]
