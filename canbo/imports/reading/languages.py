"""Foreign languages as people write them: `Tiếng Anh B1`, `Anh B`, `Cử nhân tiếng Anh`, `B1`."""

import re
from functools import lru_cache

from canbo.engine.codelists import CodeList, load_codelist
from canbo.kernel.text import clean

_PIECES = re.compile(r"\s*[,;\n/]\s*|\s+và\s+")
_SMALL_WORDS = re.compile(r"\b(?:ngoại ngữ|trình độ|chứng chỉ|tương đương|bằng|loại|sử dụng được|giao tiếp)\b", re.I)


@lru_cache(maxsize=10_000)
def read_language(text: str) -> tuple[str | None, str | None]:
    """(language code, level code) of the first language a text names; None for what it does not say."""
    piece = clean(_SMALL_WORDS.sub(" ", _PIECES.split(clean(text))[0]))
    languages, levels = load_codelist("foreign_languages"), load_codelist("foreign_language_levels")
    words = piece.split()
    language, rest = _longest(words, languages)
    if language is None:
        return None, levels.find(piece).code
    return language, levels.find(" ".join(rest)).code if rest else None


def _longest(words: list[str], codes: CodeList) -> tuple[str | None, list[str]]:
    """The longest run of words that is a language, and the words around it."""
    for size in range(min(len(words), 4), 0, -1):
        for start in range(len(words) - size + 1):
            if code := codes.find(" ".join(words[start : start + size])).code:
                return code, words[:start] + words[start + size :]
    return None, words
