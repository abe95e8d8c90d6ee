"""Publicity pieces: a news item, a post for chat groups, thanks to everybody who came, with the facts filled in."""
