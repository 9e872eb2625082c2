"""How a budget of café money bounds what is issued. Pure."""


def share(amount: int, *, left: int, wanted: int) -> int:
    """
    What an award gets of a settlement that would issue `wanted` where `left` can be issued.

    All of it while there is enough; else the same part for everybody, rounded down, so that
    together they never get more than is left.
    """
    return amount if wanted <= left else amount * left // wanted
