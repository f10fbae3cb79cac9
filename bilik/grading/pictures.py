"""The kinds of pictures that courses may show, by the ending of the file's name."""

PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


def is_picture(name: str) -> bool:
    """Whether a file's name has the ending of a picture."""
    return "." + name.rpartition(".")[2].lower() in PICTURE_TYPES
