"""The codes of coupons: what the phone makes, and what no forger can."""

import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from points.coupons import codes

AT = datetime(2026, 3, 3, 5, 0, 10, tzinfo=UTC)
STEP = codes.step_at(AT)
MASTER = bytes(range(32))
COUPON = UUID("0190f3c2-7b1a-7c3d-8e4f-5a6b7c8d9e0f")
SIGNER = codes.signer(master=MASTER, kid="K1", coupon=COUPON, generation=2, handle="7QX2")


def accepted(text: str, signer: codes.Signer = SIGNER, at: datetime = AT) -> bool:
    code = codes.read(text)
    return code is not None and codes.proves(code, signer, at=at)


def test_a_code_is_the_one_that_the_phone_computes() -> None:
    # The same figures stand in frontend/shared/coupon/code.test.ts.
    signer = replace(SIGNER, secret=bytes(range(32)))
    qr = "C1.K1.AGIPHQT3DJ6D3DSPLJVXZDM6B4.59000000.XT44HQIGNPBETQQ4"
    assert signer.qr_text(59_000_000) == qr
    assert signer.typed_code(59_000_000) == "7QX29CEMRW"


def test_the_secret_is_derived_as_rfc_5869_says() -> None:
    # HKDF-SHA256 by hand: extract with a salt of zeros, expand to one block.
    import hmac

    info = b"low-carbon-campus coupon 1" + COUPON.bytes + bytes([0, 0, 0, 2])
    extracted = hmac.digest(bytes(32), MASTER, "sha256")
    assert SIGNER.secret == hmac.digest(extracted, info + b"\x01", "sha256")


def test_qr_text_needs_only_the_alphanumeric_mode() -> None:
    assert set(SIGNER.qr_text(STEP)) <= set(string.ascii_uppercase + string.digits + ".")
    assert len(SIGNER.qr_text(STEP)) <= 62


def test_a_signer_does_not_show_its_secret_in_a_log() -> None:
    assert "secret" not in repr(SIGNER)


@pytest.mark.parametrize("make", [SIGNER.qr_text, SIGNER.typed_code])
def test_the_present_step_and_its_neighbours_are_accepted(make: object) -> None:
    assert callable(make)
    found = [near for near in range(-4, 5) if accepted(make(STEP + near))]
    assert found == [-1, 0, 1]


def test_a_code_copied_from_a_screen_is_worthless_after_ninety_seconds() -> None:
    shown = SIGNER.qr_text(STEP)
    lives = [second for second in range(600) if accepted(shown, at=AT + timedelta(seconds=second))]
    assert max(lives) < 90


@pytest.mark.parametrize(
    "other",
    [
        codes.signer(master=MASTER, kid="K1", coupon=COUPON, generation=1, handle="7QX2"),
        codes.signer(master=MASTER, kid="K1", coupon=COUPON, generation=3, handle="7QX2"),
        codes.signer(master=bytes(32), kid="K1", coupon=COUPON, generation=2, handle="7QX2"),
        codes.signer(master=MASTER, kid="K1", coupon=UUID(int=7), generation=2, handle="7QX2"),
    ],
    ids=["older generation", "newer generation", "other key", "other coupon"],
)
def test_codes_of_another_secret_are_refused(other: codes.Signer) -> None:
    assert not accepted(other.qr_text(STEP))
    assert not accepted(other.typed_code(STEP))


def test_a_swapped_key_id_is_refused() -> None:
    assert not accepted(SIGNER.qr_text(STEP).replace(".K1.", ".K2."))
    assert not accepted(SIGNER.qr_text(STEP).replace(".K1.", ".K."))


def test_the_tag_of_one_step_does_not_serve_another() -> None:
    head, step, tag = SIGNER.qr_text(STEP - 1).rsplit(".", 2)
    assert int(step) == STEP - 1
    assert not accepted(f"{head}.{STEP}.{tag}")


def test_spare_bits_of_base32_cannot_be_changed() -> None:
    parts = SIGNER.qr_text(STEP).split(".")
    last = codes.base64.b32decode(parts[2] + "======")
    twins = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if c != parts[2][-1]]
    same_id = [c for c in twins if codes.base64.b32decode(parts[2][:-1] + c + "======") == last]
    assert same_id
    for char in same_id:
        assert not accepted(".".join([*parts[:2], parts[2][:-1] + char, *parts[3:]]))


CHARS = st.sampled_from(string.printable + "가é١")


@given(place=st.integers(0, 80), char=CHARS, how=st.sampled_from(["swap", "drop", "add"]), qr=...)
def test_no_changed_code_is_accepted(place: int, char: str, how: str, qr: bool) -> None:
    genuine = SIGNER.qr_text(STEP) if qr else SIGNER.typed_code(STEP)
    place %= len(genuine)
    middle = {"swap": char, "drop": "", "add": char + genuine[place]}[how]
    changed = genuine[:place] + middle + genuine[place + 1 :]
    assume(codes.read(changed) != codes.read(genuine))  # only letter case or spaces differ
    assert not accepted(changed)


@given(text=st.text(max_size=120))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    assert not accepted(text)


@given(
    signers=st.lists(
        st.builds(
            codes.signer,
            master=st.binary(min_size=32, max_size=32),
            kid=st.sampled_from(["K1", "K2"]),
            coupon=st.uuids(),
            generation=st.integers(1, 5),
            handle=st.just("7QX2"),
        ),
        min_size=2,
        max_size=2,
        unique=True,
    ),
    step=st.integers(-3, 3),
)
def test_each_signer_accepts_its_own_codes_and_no_others(
    signers: list[codes.Signer], step: int
) -> None:
    one, other = signers
    for text in (one.qr_text(STEP + step), one.typed_code(STEP + step)):
        assert accepted(text, one) == (abs(step) <= 1)
        assert not accepted(text, other)


def test_a_typed_code_forgives_case_spaces_and_letters_that_look_like_digits() -> None:
    signer = replace(SIGNER, handle="01AB")
    tail = signer.typed_code(STEP)[4:].lower()
    assert accepted(f" oLab-{tail[:3]} {tail[3:]} ", signer)


def test_a_scanner_with_caps_lock_is_understood() -> None:
    assert accepted(SIGNER.qr_text(STEP).lower())


def test_handles_are_random_and_easy_to_type() -> None:
    handles = {codes.new_handle() for _each in range(200)}
    assert len(handles) > 150
    assert all(
        codes.read(f"{handle}000000") == codes.Typed(f"{handle}000000") for handle in handles
    )
