"""Order of characters in ICU `vi`, for Latin text: the data behind `collation`.

Source: what PostgreSQL's `vi-x-icu` (ICU 72, Unicode CLDR 42, root order with the Vietnamese tailoring) answers;
tests/kernel/test_collation.py compares with that server. A group between blanks is one letter to the alphabet;
inside a group the first character is the plain one, the others differ only as capitals do.
"""

WHITESPACE = ("\t", "\n", "\x0b", "\x0c", "\r", "\x85", "\u2028", "\u2029")
# Vietnamese lists write one space; the rarer widths follow it as capitals follow small letters.
SPACE = " \u2002\xa0"
SPACE_LIKE = {
    **dict.fromkeys("\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f", "\u2002"),
    "\u2007": "\xa0",
    "\u202f": "\xa0",
}

# Punctuation, signs, currencies.
SIGNS = (
    "‾ _ ‗ - ‐‑ ‒ – — ― ⁓ , ; ⁏ : ! ¡ ? ¿ ‽ .․ · ⁕ ⁖ ⁘ ⁙ ⁚ ⁛ ⁜ ⁝ ⁞ ' ‘ ’ ‚ ‛ ‹ › \" “ ” „ ‟ « » (⁽₍ )⁾₎ [ "
    "] { } ⁅ ⁆ ‖ § ¶ ⁋ @ * ⁎ ⁑ / \\ & ⁊ # % ‰ ‱ † ‡ • ‣ ‧ ⁃ ⁌ ⁍ ′ ‵ ‸ ※ ‿ ⁔ ⁀ ⁐ ⁁ ⁂ ` ´ ˜ ^ ¯ ˘ ˙ ¨ ˚ ˝ ¸ "
    "˛ ʹ ʺ ˂ ˃ ˄ ˅ ˆ ˇ ˈ ˉ ˊ ˋ ˌ ˍ ˎ ˏ ˒ ˓ ˔ ˕ ˖ ˗ ˞ ˟ ˥ ˦ ˧ ˨ ˩ ˪ ˫ ˬ ˭ ˯ ˰ ˱ ˲ ˳ ˴ ˵ ˶ ˷ ˸ ˹ ˺ ˻ ˼ ˽ ˾ "
    "˿ ° © ® ← → ↑ ↓ +⁺₊ ± ÷ × < =⁼₌ > ¬ | ¦ ~ −⁻₋ ⁒ ⁄ ː ˑ ¤ ¢ $ £ ¥ ₠ ₡ ₢ ₣ ₤ ₥ ₦ ₧ ₩ ₪ ₫ € ₭ ₮ ₯ ₰ ₱ ₲ "
    "₳ ₴ ₵ ₶ ₷ ₸ ₹ ₺ ₻ ₼ ₽ ₾ ₿ ₨"
)

DIGITS = "0⁰₀ 1¹₁ 2²₂ 3³₃ 4⁴₄ 5⁵₅ 6⁶₆ 7⁷₇ 8⁸₈ 9⁹₉"

# The alphabet without ă â ê ô ơ ư, which are written with marks and follow their plain letter.
LETTERS = (
    "aAªₐ Ⱥ ɐ ɑ ɒ bB ʙ ƀɃ ɓƁ ƃƂ cC ȼȻ ƈƇ ɕ dD đĐ ɖƉ ɗƊ ƌƋ ȡ ẟ eEₑ ɇɆ ǝƎ əƏₔ ɛƐ ɘ ɚ ɜ ɝ ɞ ʚ ɤ fF ƒƑ gG ɡ ɢ "
    "ǥǤ ɠƓ ʛ ɣƔˠ ƣƢ hHʰₕ ʜ ƕǶ ɦʱ ɧ ʻ ʽ iIⁱ ı ɪ ɨƗ ɩƖ jJʲ ȷ ɉɈ ʝ ɟ ʄ kKₖ ƙƘ ʞ lLˡₗ ʟ ƚȽ ɫ ɬ ɭ ȴ ɮ ƛ ʎ mMₘ "
    "ɱ nNⁿₙ ɴ ɲƝ ƞȠ ɳ ȵ ŋŊ oOºₒ ɶ ɔƆ ɵƟ ɷ ȣȢ pPₚ ƥƤ ɸ qQ ʠ ɋɊ ĸ rRʳ ʀƦ ɍɌ ɹʴ ɺ ɻʵ ɼ ɽ ɾ ɿ ʁʶ sSˢₛ ʂ ȿ ẜ ẝ "
    "ʃƩ ƪ ʅ ʆ tTₜ ŧŦ Ⱦ ƫ ƭƬ ʈƮ ȶ ʇ uU ʉɄ ɥ ʮ ʯ ɯƜ ɰ ʊƱ vV ʋƲ ỽỼ ʌɅ wWʷ ʍ xXˣₓ yYʸ ʏ ɏɎ ƴƳ ỿỾ ȝȜ zZ ƶƵ ȥȤ "
    "ʐ ʑ ɀ ʒƷ ƹƸ ƺ ʓ þÞ ƿǷ ƻ ƨƧ ƽƼ ƅƄ ʔ ɂɁ ˀ ʼ ˮ ʾ ʕˤ ʿ ˁ ʡ ʢ ʖ ǀ ǁ ǂ ǃ ʗ ʘ ʬ ʭ µ"
)

# A plain letter with this mark is a letter of its own, next after the plain one: ă, â, ê, ô, ơ, ư.
LETTER_MARKS = {"a": "\u0306\u0302", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}

# Marks from light to heavy; the tones U+0300 to U+0323 in the Vietnamese order: huyền, hỏi, ngã, sắc, nặng.
MARKS = (
    "\u0332\u0313\u0314\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u030c\u030a\u0342\u0308\u030b\u0307"
    "\u0338\u0327\u0328\u0304"
)
# Families that count as one weight each, next in order.
MARK_FAMILIES = (
    "\u030d\u030e\u0312\u0315\u031a\u033d\u033e\u033f\u0346\u034a\u034b\u034c\u0350\u0351\u0352\u0357\u035b\u035d\u035e",
    "\u0316\u0317\u0318\u0319\u031c\u031d\u031e\u031f\u0320\u0329\u032a\u032b\u032c\u032f\u0333\u033a\u033b\u033c"
    "\u0347\u0348\u0349\u034d\u034e\u0353\u0354\u0355\u0356\u0359\u035a\u035c\u035f\u0362",
    "\u0336\u0337",
)
HEAVY_MARKS = (
    "\u0335\u0305\u030f\u0310\u0311\u031b\u0321\u0322\u0324\u0325\u0326\u032d\u032e\u0330\u0331\u0334\u0339"
    "\u0345\u0358\u0360\u0361"
)

# Stands for the difference between d and ð, ss and ß: heavier than any mark.
BOND = "\ue000"

# Left out because no list has them: digraphs in one character (ĳ, ǆ, ŉ) and Catalan l·.
# Letters that are others with a mark, and signs written with several characters.
SAME_AS = {
    "ø": "o\u0338", "Ø": "O\u0338", "ł": "l\u0335", "Ł": "L\u0335", "ħ": "h\u0335", "Ħ": "H\u0335",
    "ð": f"d{BOND}", "Ð": f"D{BOND}", "æ": f"a{BOND}e", "Æ": f"A{BOND}E", "œ": f"o{BOND}e", "Œ": f"O{BOND}E",
    "ß": f"s{BOND}s", "ẞ": f"S{BOND}S", "ſ": f"s{BOND}", "ŀ": f"l{BOND}", "Ŀ": f"L{BOND}",
}  # fmt: skip
WRITTEN_AS = {"…": "...", "‥": "..", "½": "1⁄2", "¼": "1⁄4", "¾": "3⁄4", "№": "No", "™": "TM", "‼": "!!", "″": "′′"}
