"""What the mini-campus tells over HTTP."""

from rest_framework import serializers

from points.game.models import Card, Drop, GameMap, Instance


class InstanceOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    item = serializers.CharField()
    state = serializers.ChoiceField(choices=Instance.State.values)
    space = serializers.CharField()
    x = serializers.IntegerField(allow_null=True)
    y = serializers.IntegerField(allow_null=True)
    rot = serializers.IntegerField()
    level = serializers.IntegerField()
    currency = serializers.CharField()
    paid = serializers.IntegerField()
    bought_at = serializers.DateTimeField()


class DropOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    kind = serializers.CharField()
    amount = serializers.IntegerField()
    effective_on = serializers.DateField()
    state = serializers.ChoiceField(choices=Drop.State.values)


class BalancesOut(serializers.Serializer[object]):
    SUN = serializers.IntegerField()
    CP = serializers.IntegerField()


class SpotOut(serializers.Serializer[object]):
    x = serializers.IntegerField()
    y = serializers.IntegerField()
    rot = serializers.IntegerField()


class LayoutOut(serializers.Serializer[object]):
    slot = serializers.IntegerField()
    name = serializers.CharField()
    spots = serializers.DictField(child=SpotOut())


class ChapterOut(serializers.Serializer[object]):
    id = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    week = serializers.IntegerField()
    ends_on = serializers.DateField(allow_null=True)


class MapOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    seed = serializers.IntegerField()
    rules_version = serializers.CharField()
    balances = BalancesOut()
    level = serializers.IntegerField()
    xp = serializers.IntegerField()
    parcels = serializers.ListField(child=serializers.IntegerField())
    visibility = serializers.ChoiceField(choices=GameMap.Visibility.values)
    preview = serializers.BooleanField()
    layouts = LayoutOut(many=True)
    terrain = serializers.CharField()
    instances = InstanceOut(many=True)
    drops = DropOut(many=True)
    full_today = serializers.BooleanField()
    chapter = ChapterOut()
    season = serializers.ChoiceField(choices=["spring", "summer", "autumn", "winter"])


class ItemOut(serializers.Serializer[object]):
    id = serializers.CharField()
    name = serializers.CharField()
    category = serializers.CharField()
    price = serializers.IntegerField()
    cp_price = serializers.IntegerField(allow_null=True)
    level = serializers.IntegerField()
    w = serializers.IntegerField()
    h = serializers.IntegerField()
    layer = serializers.CharField()
    on_sale = serializers.BooleanField()
    chapter = serializers.CharField(allow_null=True)


class CatalogueOut(serializers.Serializer[object]):
    rules_version = serializers.CharField()
    items = ItemOut(many=True)


class ResultOut(serializers.Serializer[object]):
    id = serializers.UUIDField()
    ok = serializers.BooleanField()
    code = serializers.CharField(allow_null=True)
    amount = serializers.IntegerField(required=False)


class PlayedOut(serializers.Serializer[object]):
    version = serializers.IntegerField()
    results = ResultOut(many=True)
    balances = BalancesOut()
    level = serializers.IntegerField()
    xp = serializers.IntegerField()
    name = serializers.CharField()
    parcels = serializers.ListField(child=serializers.IntegerField())
    visibility = serializers.ChoiceField(choices=GameMap.Visibility.values)
    preview = serializers.BooleanField()
    layouts = LayoutOut(many=True)
    instances = InstanceOut(many=True)
    drops = DropOut(many=True)
    rebased = serializers.BooleanField()
    map = MapOut(required=False)


class SkyOut(serializers.Serializer[object]):
    day = serializers.DateField(allow_null=True)
    yield_wh = serializers.IntegerField()
    percent = serializers.IntegerField()
    simulated = serializers.BooleanField()
    windows = serializers.IntegerField(allow_null=True)
    night = serializers.DateField(allow_null=True)


class NeighbourOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    nickname = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    relation = serializers.ChoiceField(choices=["room", "dorm", "campus"])
    exhibited = serializers.BooleanField()


class NeighboursOut(serializers.Serializer[object]):
    results = NeighbourOut(many=True)


class VisitOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    nickname = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    relation = serializers.ChoiceField(choices=["room", "dorm", "campus"])
    seed = serializers.IntegerField()
    parcels = serializers.ListField(child=serializers.IntegerField())
    terrain = serializers.CharField()
    instances = InstanceOut(many=True)
    watered_today = serializers.BooleanField()
    may_water = serializers.BooleanField()
    cards = serializers.DictField(child=serializers.IntegerField())
    my_card = serializers.CharField(allow_null=True)


class CardIn(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=Card.Kind.values)


class MonumentOut(serializers.Serializer[object]):
    residence = serializers.CharField()
    built = serializers.IntegerField()
    targets = serializers.ListField(child=serializers.IntegerField())
    tiers = serializers.IntegerField()
    players = serializers.IntegerField()
    names = serializers.ListField(child=serializers.CharField())
    mine = serializers.IntegerField()


class FlowsOut(serializers.Serializer[object]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    faucets = serializers.DictField(child=serializers.IntegerField())
    sinks = serializers.DictField(child=serializers.IntegerField())
    by_state = serializers.DictField(child=serializers.IntegerField())
    waiting = serializers.IntegerField()
    held = serializers.IntegerField()
    players = serializers.IntegerField()
