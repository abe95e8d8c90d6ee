"""The accounts of the sample company, shown on the sign-in page for whoever only wants to look."""

DOMAIN = "demo.example"
PASSWORD = "signing-day"  # noqa: S105 - printed on the sign-in page; the sample company has no secrets


def is_sample(login: str) -> bool:
    """Tell whether an account belongs to the sample company."""
    return login.endswith(f"@{DOMAIN}")
