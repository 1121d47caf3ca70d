"""What is sealed opens at its own place with its own key, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.sealing.keyring import Keyring, SealBroken

RING = Keyring("11" * 32)
PLACE = "person.phone:an"


@given(st.text(max_size=60))
def test_text_opens_as_it_was_sealed(plain: str):
    assert RING.open(RING.seal(plain, place=PLACE), place=PLACE) == plain


@given(st.binary(max_size=200))
def test_bytes_open_as_they_were_sealed(plain: bytes):
    assert RING.open_bytes(RING.seal_bytes(plain, place=PLACE), place=PLACE) == plain


def test_sealed_text_never_repeats_and_holds_nothing_readable():
    sealed = {RING.seal("0912345678", place=PLACE) for _ in range(20)}
    assert len(sealed) == 20
    assert not any("0912345678" in text for text in sealed)


@pytest.mark.parametrize("place", ["person.phone:binh", "person.religion:an", "", "person.phone:an "])
def test_value_moved_to_another_place_does_not_open(place: str):
    with pytest.raises(SealBroken):
        RING.open(RING.seal("0912345678", place=PLACE), place=place)


def test_another_folders_key_does_not_open():
    with pytest.raises(SealBroken):
        Keyring("22" * 32).open(RING.seal("x", place=PLACE), place=PLACE)


@pytest.mark.parametrize("text", ["", "k1.", "k1.AAAA", "k2.AAAA", "0912345678", "k1.không", "k1.@@@@", "k1." + "A" * 15])
def test_text_that_is_no_seal_says_so(text: str):
    with pytest.raises(SealBroken):
        RING.open(text, place=PLACE)


def test_every_flipped_byte_is_noticed():
    sealed = RING.seal_bytes(b"noi dung", place=PLACE)
    for at in range(len(sealed)):
        broken = bytearray(sealed)
        broken[at] ^= 1
        with pytest.raises(SealBroken):
            RING.open_bytes(bytes(broken), place=PLACE)
    for cut in range(len(sealed)):
        with pytest.raises(SealBroken):
            RING.open_bytes(sealed[:cut], place=PLACE)


def test_blind_index_is_equal_for_equal_values_and_needs_the_key():
    one = RING.blind_index("001199000001", purpose="personal_id")
    assert one == RING.blind_index("001199000001", purpose="personal_id")
    others = (
        RING.blind_index("001199000002", purpose="personal_id"),
        RING.blind_index("001199000001", purpose="phone"),
        Keyring("22" * 32).blind_index("001199000001", purpose="personal_id"),
    )
    assert one not in others
    assert len(one) == 32


def test_key_is_not_shown_in_tracebacks():
    assert "11" * 8 not in repr(RING)
