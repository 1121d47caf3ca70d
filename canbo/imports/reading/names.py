"""Does a text look like a person's name? Told by the family names people have; only ever a hint, never a verdict."""

from functools import lru_cache

from canbo.kernel.text import fold

_FAMILY_NAMES = """
a au bach ban be bo bui ca cam cao chang chao chau chu chung cil cu cung dam dang danh dao dau diep dieu dinh
do doan doi dong duong giang h ha hang ho ho-thi hoang hoi hua huynh k' kha khang khau khong khuat kieu kim
kong kpa ksor ky la lac lai lam lang lanh lau le leo lieu lo long lu luc luong luu ly ma mac mai mong mua nay
ngan nghiem ngo ngoc ngu nguyen ngy nham nhan nhu ninh nong on pham phan phi phu phung quach quan quang rah
rcom rmah ro ro-da sam sin siu son sung ta tan tang tat thach thai than thao thieu thoi tien tieu to ton tong
tra tran tran-thi trang tri trieu trinh truong tu ung uong van vang vi viet vo vu vuong xa xin y
"""
FAMILY_NAMES = frozenset(_FAMILY_NAMES.split())


@lru_cache(maxsize=20_000)
def looks_like_name(text: str) -> bool:
    """Two to seven capitalised words without digits, the first a family name people have."""
    words = text.split()
    if not 2 <= len(words) <= 7 or any(map(str.isdigit, text)) or not all(word[0].isupper() for word in words):
        return False
    return fold(words[0]) in FAMILY_NAMES
