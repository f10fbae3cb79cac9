"""Names for folders and ids: small letters, digits and single dashes, and each only once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LETTERS = str.maketrans(
    {
        "ə": "e", "Ə": "e", "ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "ł": "l", "đ": "d", "ʻ": "", "ʼ": "", "'": "",
        **dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziyklmnoprstufxye", strict=True)),
        "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ў": "o",
        "қ": "q", "ғ": "g", "ҳ": "h",
    }
)  # fmt: skip


def slug(text: str, otherwise: str) -> str:
    """A text as a name for a folder, at most 48 letters; `otherwise` when nothing is left of it."""
    lower = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:48].strip("-") or otherwise


def free_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the first number that makes it free."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
