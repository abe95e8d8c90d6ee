"""What of a name may be shown to strangers. Values in, text out."""


def masked(name: str) -> str:
    """Return a name that its bearer knows again and nobody else learns: 张三 is 张**, Maria Lund is M*** L***."""
    if name.isascii():
        return " ".join(f"{word[0]}***" for word in name.split())
    return f"{name[:1]}**"
