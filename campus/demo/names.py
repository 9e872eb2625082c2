"""Neutral invented nicknames, in the three languages of the campus."""

from collections.abc import Iterator

KO = ("푸른", "맑은", "고운", "조용한", "따뜻한", "느린", "작은", "하얀", "둥근", "깊은")
KO_THINGS = ("소나무", "호수", "은행잎", "별빛", "바람", "구름", "새벽", "이끼", "버들", "등불")
EN = ("Quiet", "Amber", "Slow", "Clear", "Paper", "Early", "Soft", "Round", "Green", "North")
EN_THINGS = ("Pine", "Lake", "Willow", "Kiln", "Lantern", "Cloud", "Fern", "Stone", "Loom", "Plum")
ZH = ("青", "晴", "静", "小", "暖", "白", "远", "清", "晨", "竹")
ZH_THINGS = ("松", "湖", "柳", "云", "灯", "石", "荷", "梅", "风", "舟")


def nicknames() -> Iterator[str]:
    """300 different nicknames, the languages taking turns; then the same with a number."""
    turn = 1
    while True:
        for first in range(10):
            for second in range(10):
                tail = "" if turn == 1 else f" {turn}"
                yield f"{KO[first]} {KO_THINGS[second]}{tail}"
                yield f"{EN[second]} {EN_THINGS[first]}{tail}"
                yield f"{ZH[first]}{ZH_THINGS[second]}{tail}"
        turn += 1
