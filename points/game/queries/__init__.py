"""Reading the mini-campus: maps, neighbours, the monument, the season, the sky, the economy."""

from points.game.queries.economy import flows
from points.game.queries.maps import (
    EARNED,
    MapFact,
    award_behind,
    awards_behind,
    campus_of,
    drops_of,
    drops_ripe,
    instance_fact,
    instances_of,
    layouts_of,
    map_of,
    mark_of,
    name_of_item,
    names_of_items,
    shown,
    xp_of,
)
from points.game.queries.monuments import MonumentFact, monument_of, monument_on
from points.game.queries.seasons import Season, chapter_on
from points.game.queries.sky import Sky, sky_of
from points.game.queries.visiting import (
    NeighbourFact,
    card_by,
    cards_of,
    may_visit,
    neighbours,
    previewed,
    visitable,
    waterings_given,
)

__all__ = [
    "EARNED",
    "MapFact",
    "MonumentFact",
    "NeighbourFact",
    "Season",
    "Sky",
    "award_behind",
    "awards_behind",
    "campus_of",
    "card_by",
    "cards_of",
    "chapter_on",
    "drops_of",
    "drops_ripe",
    "flows",
    "instance_fact",
    "instances_of",
    "layouts_of",
    "map_of",
    "mark_of",
    "may_visit",
    "monument_of",
    "monument_on",
    "name_of_item",
    "names_of_items",
    "neighbours",
    "previewed",
    "shown",
    "sky_of",
    "visitable",
    "waterings_given",
    "xp_of",
]
