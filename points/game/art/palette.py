"""
24 colours of three tones: top (lightest), left, right (darkest). The light comes from the upper
left.
"""

RGB = tuple[int, int, int]
Tones = tuple[RGB, RGB, RGB]

_HEX = {
    # building stuffs
    "plaster": "FFFAEE F1E6D0 D3C2A4",
    "sand": "F3DFB6 DFC491 BA9B69",
    "brick": "DE9573 C47555 9B5740",
    "clay": "D9724A BE5735 934026",
    "slate": "8FA3A8 718890 54696F",
    "timber": "D9AC73 BE8C54 94683B",
    "walnut": "976A47 7B5236 5A3A27",
    "stone": "E4DFD1 C8C1B0 A09887",
    "iron": "6C7C7A 52615F 3C4947",
    "copper": "A9D3BD 82B6A0 5E907E",
    "glass": "D5ECE6 AFD5D3 84B2B4",
    "panel": "4C7FA8 34628A 254A6B",
    # growing things
    "grass": "CFDDA4 B9CB8A 98AE6C",
    "leaf": "93BE73 6B9F5C 47784A",
    "moss": "B5C374 95A757 6F8341",
    "pine": "5F9C79 43795D 2D5946",
    "willow": "C3D488 A0B964 768F48",
    "ginkgo": "FAD765 EAB93C C58E28",
    "bark": "A28468 80654D 5D4836",
    "soil": "B08B69 8F6D50 6B503A",
    # water, light and flowers
    "water": "B3DCDA 8CC3C6 66A2AA",
    "sun": "FFE59A F7BE46 D89520",
    "blossom": "FCDEDF F2B7C0 D68C9C",
    "cosmos": "F2A6C4 DB77A0 B0507E",
}


def _rgb(code: str) -> RGB:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def _tones(codes: str) -> Tones:
    top, left, right = (_rgb(code) for code in codes.split())
    return top, left, right


PALETTE: dict[str, Tones] = {name: _tones(codes) for name, codes in _HEX.items()}
# What a season lays on the open land, and an hour over everything: a colour and how much of it.
SEASONS: dict[str, tuple[RGB, float]] = {
    "spring": ((222, 236, 150), 0.3),
    "summer": ((207, 221, 164), 0.0),
    "autumn": ((246, 164, 66), 0.3),
    "winter": ((246, 249, 252), 0.66),
}
HOURS: dict[str, tuple[RGB, float]] = {
    "day": ((255, 255, 255), 0.0),
    "dusk": ((246, 140, 92), 0.2),
    "night": ((10, 30, 84), 0.62),
}
INK: RGB = _rgb("1F2D28")
PAPER: RGB = _rgb("FAF6EC")
CARD: RGB = _rgb("FFFDF7")
LINE: RGB = _rgb("D9D2C0")
CONTACT: RGB = _rgb("5B5C48")


def tone(token: str, depth: float) -> RGB:
    """Colour of `token` between top (0), left (1) and right (2)."""
    top, left, right = PALETTE[token]
    depth = min(max(depth, 0.0), 2.0)
    return mixed(top, left, depth) if depth <= 1 else mixed(left, right, depth - 1)


def mixed(a: RGB, b: RGB, share: float) -> RGB:
    """`a` with `share` (0-1) of `b`."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )
