"""What people call their files: kept for downloads and scripts, made harmless, never a path on this machine."""

import hashlib
import hmac
import secrets

MOST = 100  # characters of a name
MOST_ENDING = 9  # of them behind the last dot
ALLOWED = frozenset(" ._-()")  # besides letters and digits
_SECRET = secrets.token_bytes(32)  # of this process, as the files themselves


def safe_name(name: str, usual: str) -> str:
    """The last part of what may be a path, without anything that a shell, a script or a header could stumble over.

    In: the name as a browser sends it; what the file is called where nothing is left of that.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    harmless = [letter for letter in last if letter.isalnum() or letter in ALLOWED]
    # A name that begins with a dot is hidden, one that begins with a hyphen looks like an option.
    plain = "".join(harmless).strip(" .-")
    if not plain:
        return usual
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:MOST]
    ending = ending[:MOST_ENDING]
    stem = stem[: MOST - MOST_ENDING - 1]
    return f"{stem}.{ending}"


def owner_key(file: str) -> str:
    """What lets a file be downloaded again: told to the person who uploaded it, not to those who only know its id."""
    code = hmac.new(_SECRET, file.encode(), hashlib.sha256)
    return code.hexdigest()[:32]


def is_owner(file: str, key: str) -> bool:
    """Whether the key is that of the file."""
    return hmac.compare_digest(owner_key(file).encode(), key.encode())
