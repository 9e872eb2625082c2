from meters.readings.intake.spool import CHANNEL, LINE, Spool


def test_all_rows_of_a_channel_come_out_in_one_part_and_in_order() -> None:
    with Spool(size=100 * 1024 * 1024) as spool:
        for line in range(2, 50_002):
            spool.add(channel=line % 97, at=line, wh=1, line=line, day=0, twice=False)
        parts = list(spool.parts())
    assert len(parts) == 26
    homes = [set(part[:, CHANNEL].tolist()) for part in parts]
    assert sum(len(home) for home in homes) == 97
    for part in parts:
        assert part[:, LINE].tolist() == sorted(part[:, LINE].tolist())
    assert sum(len(part) for part in parts) == spool.rows == 50_000


def test_an_empty_spool_has_no_parts() -> None:
    with Spool(size=0) as spool:
        assert list(spool.parts()) == []
