"""What a student of some weeks may have built, in the order in which it was wished for."""

Wished = tuple[str, int, int, int]  # item, x, y, turn

# A ring of stones around the plaza.
_RING = tuple(
    ("stone_path", x, y, 0)
    for x in range(9, 15)
    for y in range(9, 15)
    if x in (9, 14) or y in (9, 14)
)
BUILT: tuple[Wished, ...] = (
    ("dorm_lodge", 7, 8, 0),
    ("bike_station", 12, 8, 0),
    ("low_carbon_cafe", 15, 10, 1),
    ("ceramics_studio", 7, 12, 1),
    ("print_studio", 9, 6, 0),
    ("sculpture_hall", 14, 6, 0),
)
PLANTED: tuple[Wished, ...] = (
    *_RING,
    ("sculpture", 11, 11, 0),
    ("ginkgo", 6, 10, 0),
    ("ginkgo", 6, 11, 0),
    ("ginkgo", 6, 7, 0),
    ("bench", 10, 12, 1),
    ("bench", 12, 10, 0),
    ("solar_lantern", 10, 10, 0),
    ("solar_lantern", 13, 10, 0),
    ("solar_lantern", 10, 13, 0),
    ("solar_lantern", 13, 13, 0),
    ("red_pine", 17, 8, 0),
    ("red_pine", 13, 6, 0),
    ("plum_blossom", 11, 7, 0),
    ("plum_blossom", 16, 9, 0),
    ("osmanthus", 7, 6, 0),
    ("flower_bed", 8, 10, 0),
    ("flower_bed", 8, 11, 0),
    ("bamboo", 6, 14, 0),
    ("bamboo", 6, 15, 0),
    ("cosmos", 15, 13, 0),
    ("cosmos", 16, 13, 0),
    ("cosmos", 15, 14, 0),
    ("pond", 15, 15, 0),
    ("lotus", 15, 15, 0),
    ("willow", 14, 15, 0),
    ("hanji_lantern", 9, 15, 0),
    ("exhibition_flags", 15, 12, 0),
    ("persimmon_tree", 17, 11, 0),
    ("harvest_table", 12, 12, 0),
    ("cherry_sapling", 17, 11, 0),
    ("mural_wall", 11, 15, 0),
    ("bike_rack", 12, 16, 0),
    ("sorting_station", 17, 10, 0),
    ("bench", 13, 15, 0),
)
# One level each time it stands here.
UPGRADED = ("dorm_lodge", "low_carbon_cafe", "dorm_lodge", "ceramics_studio")
FURNISHED = "dorm_lodge"
FURNITURE: tuple[Wished, ...] = (
    ("woven_rug", 2, 2, 0),
    ("work_table", 2, 0, 0),
    ("easel", 4, 3, 0),
    ("led_lamp", 0, 0, 0),
    ("bookshelf", 0, 2, 1),
)
