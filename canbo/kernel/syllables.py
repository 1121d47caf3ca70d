"""Whether a word can be a Vietnamese syllable: onset, rime and the tones a final p, t, c, ch allows."""

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_RIMES = """
    a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âu ây âc âm ân âng âp ât
    e eo ec em en eng ep et ê êu êch êm ên êng ênh êp êt i iu ia ich im in inh ip it iêc iêm iên iêng iêp iêt iêu
    o oi oa oai oao oay oac oach oam oan oang oanh oap oat oăc oăm oăn oăng oăt oe oen oeo oet
    oc om on ong oong op ot ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ui ua uc um un ung up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    uôi uôc uôm uôn uông uôt uôm ư ưi ưu ưa ưc ưm ưn ưng ưt ươi ươu ươc ươm ươn ương ươp ươt
    y ych yn ynh yt yên yêm yêng yêt yêu
"""
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{'|'.join(_RIMES.split())})")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP_TONES = frozenset("\u0301\u0323")
_STOPS = ("p", "t", "c", "ch")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether a word, whatever its case, is spelled like a Vietnamese syllable with its tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in _TONES]
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(letters):
        return False
    return not letters.endswith(_STOPS) or bool(tones and tones[0] in _SHARP_TONES)
