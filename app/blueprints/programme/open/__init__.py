"""The programme that guests read, without signing in."""
