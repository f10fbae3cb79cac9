"""What a token looks like: `bilik_<name>_<secret><check>`. Pure.

The name of eight letters is public and finds the row; of the secret (190 random bits) only the digest is stored. The
check, a CRC-32 as GitHub's tokens have one, lets scanners tell a real token from a look-alike, and us refuse a slip of
the hand without asking the database.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
import zlib

LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
NAME, SECRET, CHECK = 8, 32, 6
PATTERN = re.compile(rf"bilik_([0-9A-Za-z]{{{NAME}}})_([0-9A-Za-z]{{{SECRET}}})([0-9A-Za-z]{{{CHECK}}})")


def new_token() -> tuple[str, str]:
    """A new token: its public name, and the whole text that only its person ever sees."""
    name, secret = (_random(length) for length in (NAME, SECRET))
    body = f"bilik_{name}_{secret}"
    return name, body + check_of(body)


def _random(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def check_of(body: str) -> str:
    """The last letters of a token: the CRC-32 of what stands before them, in base 62."""
    number, letters = zlib.crc32(body.encode()), ""
    for _ in range(CHECK):
        number, digit = divmod(number, len(LETTERS))
        letters = LETTERS[digit] + letters
    return letters


def name_of(text: str) -> str | None:
    """The public name in a token, or None for a text that is none."""
    if len(text) > 100 or (match := PATTERN.fullmatch(text)) is None:
        return None
    return match[1] if check_of(text[:-CHECK]) == match[3] else None


def digest_of(text: str) -> str:
    """What is stored of a token. It holds 190 random bits, so a plain SHA-256 cannot be turned around."""
    return hashlib.sha256(text.encode()).hexdigest()
