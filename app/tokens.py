"""Codes and links that nobody can guess, and how they are read back from a scanner."""

import hashlib
import secrets
import unicodedata

# Crockford's base 32: no I, L, O, U, so a code read aloud or typed from paper has one reading.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 9  # eight random characters (40 bits) and one that checks them
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Odd, so that multiplying by it can be undone modulo a power of two: neighbouring numbers get codes far apart.
_SCATTER, _SALT, _BITS = 0x9E3779B97F4A7C15 & 0xFFFFFFFFFF, 0x5A17C3E1D9, 40


def new_link_token() -> str:
    """Return 160 random bits for a personal link, URL-safe."""
    return secrets.token_urlsafe(20)


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hex: what is kept of a secret that only its holder needs whole."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_badge_code() -> str:
    """Return a fresh badge code: upper-case, so that a QR code packs it as alphanumeric."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return body + _check_character(body)


def read_badge_code(scanned: str) -> str | None:
    """Return the badge code in what a scanner, a camera or a person gave, or None when there is none.

    Takes a bare code or a link that ends in ``/B/CODE``; lower case, full-width forms from a Chinese input method,
    blanks, dashes and the letters O, I, L for the digits they resemble are all understood.
    """
    return read_code(scanned, "B")


def read_code(scanned: str, mark: str) -> str | None:
    """Return the code in a bare code or in a link that ends in ``/MARK/CODE``, or None when there is none."""
    text = unicodedata.normalize("NFKC", scanned).strip().upper()
    if "/" in text:
        head, _, text = text.split("?", 1)[0].rstrip("/").rpartition("/")
        if not head.endswith("/" + mark):
            return None
    text = "".join(text.split()).replace("-", "").translate(_CONFUSED)
    if len(text) != CODE_LENGTH or any(character not in ALPHABET for character in text):
        return None
    return text if _check_character(text[:-1]) == text[-1] else None


def number_code(number: int) -> str:
    """Return the code that stands for the number of a row: it tells nothing, not even how many rows there are.

    It is no secret: whoever scans it must still sign in. `read_number` turns it back.
    """
    scattered = (number * _SCATTER ^ _SALT) & ((1 << _BITS) - 1)
    body = "".join(ALPHABET[scattered >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    return body + _check_character(body)


def read_number(code: str) -> int:
    """Return the number that a code stands for. Any code that is well formed stands for some number."""
    scattered = 0
    for character in code[:-1]:
        scattered = scattered << 5 | ALPHABET.index(character)
    modulus = 1 << _BITS
    return (scattered ^ _SALT) * pow(_SCATTER, -1, modulus) % modulus


def _check_character(body: str) -> str:
    # Positions weigh differently, so that swapping two neighbours is noticed; 31 is prime and below 32.
    total = sum((place + 1) * ALPHABET.index(character) for place, character in enumerate(body))
    return ALPHABET[total % 31]
