"""Two texts that a person would call the same: spaces, apostrophes, capital letters of four alphabets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

IGNORABLE = ("case", "spaces", "punctuation", "letters")

# Uzbek writes o‘ and g‘ with a turned comma and the tutuq belgisi with an apostrophe; keyboards give a dozen others.
_APOSTROPHES = str.maketrans(
    dict.fromkeys("\u02bb\u02bc\u02bd\u02c8\u2018\u2019\u201b\u0060\u00b4\u2032\u02b9\uff07\uff40", "'")
)
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'))
_PLAIN_LETTERS = str.maketrans("əıöüşçğёƏIİÖÜŞÇĞЁ", "eiouscgеEIIOUSCGЕ")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACE = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[^\w\s]|_")


# Stands for a capital I, which is the capital of i in Uzbek and of ı in Azerbaijani; an answer does not say which.
_EITHER_I = "\ue000"
_ONE_I = str.maketrans({_EITHER_I: "i", "ı": "i"})


def form(text: str, ignore: Collection[str]) -> str:
    """The text without what is ignored. Compare forms with `same`, not with ==: see `_EITHER_I`."""
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).translate(_QUOTES)
    text = text.replace(_EITHER_I, "").replace("\u00a0", " ").translate(_INVISIBLE)
    if "punctuation" in ignore:
        text = _PUNCTUATION.sub("", text)
    if "spaces" in ignore:
        text = _SPACE.sub(" ", text).strip()
    if "case" in ignore:
        text = text.replace("i\u0307", "i").replace("İ", "i").replace("I", _EITHER_I).casefold()
    if "letters" in ignore:
        text = text.translate(_PLAIN_LETTERS).replace(_EITHER_I, "i").replace("'", "")
    return text


def counted_as(text: str, ignore: Collection[str]) -> str:
    """The form with one letter for i, ı and I, all of which `same` may call equal: for counting."""
    return form(text, ignore).translate(_ONE_I)


def same(one: str, other: str, ignore: Collection[str]) -> bool:
    """Whether two texts count as the same: BAKI is Bakı, PRINT is print, and BACARIQ VƏ BILIK is bacarıq və bilik."""
    left, right = form(one, ignore), form(other, ignore)
    return len(left) == len(right) and all(
        a == b or ({a, b} <= {"i", "ı", _EITHER_I} and _EITHER_I in (a, b)) for a, b in zip(left, right, strict=True)
    )
