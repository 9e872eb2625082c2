"""A secret in two shares, each worthless alone."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.coupons import shares
from points.coupons.shares import SharesDoNotFit

SECRET = b'{"K1": "AAAA"}'


@given(secret=st.binary(max_size=300))
def test_two_shares_give_the_secret_back_in_any_order(secret: bytes) -> None:
    one, two = shares.split(secret)
    assert shares.join(one, two) == shares.join(two, one) == secret


def test_shares_survive_being_copied_by_hand() -> None:
    one, two = shares.split(SECRET)
    grouped = " ".join(one[at : at + 5].lower() for at in range(0, len(one), 5))
    assert shares.join(f"  {grouped}\n", two) == SECRET


def _bits(share: str) -> bytes:
    text = share.rsplit("-", 1)[1]
    return base64.b32decode(text + "=" * (-len(text) % 8))


def test_no_share_tells_anything_about_the_secret() -> None:
    # The same secret gives other shares each time, and each bit of a share is a fair coin.
    secret = bytes(64)
    for place in (0, 1):
        drawn = [_bits(shares.split(secret)[place]) for _each in range(400)]
        assert len(set(drawn)) == 400
        ones = sum(byte.bit_count() for bits in drawn for byte in bits)
        assert abs(ones / (400 * 96 * 8) - 0.5) < 0.01


def test_shares_of_different_backups_do_not_fit() -> None:
    first, second = shares.split(SECRET), shares.split(SECRET)
    with pytest.raises(SharesDoNotFit):
        shares.join(first[0], second[1])


def test_one_share_twice_is_not_enough() -> None:
    one, two = shares.split(SECRET)
    for share in (one, two):
        with pytest.raises(SharesDoNotFit):
            shares.join(share, share)


@pytest.mark.parametrize("text", ["", "CK1", "CK1-AAAAAAAA-1-", "CK2-AAAAAAAA-2-AAAA", "CK1-A-2-A"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(SharesDoNotFit):
        shares.join(shares.split(SECRET)[0], text)


@given(place=st.integers(15, 80), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_a_letter_that_was_misread_is_noticed(place: int, letter: str) -> None:
    one, two = shares.split(bytes(40))
    changed = one[:place] + letter + one[place + 1 :]
    if _bits(changed) == _bits(one):
        assert shares.join(changed, two) == bytes(40)
        return
    with pytest.raises(SharesDoNotFit):
        shares.join(changed, two)
