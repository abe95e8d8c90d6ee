"""Sums of money: exact decimals, rounded where a rule says so and nowhere else."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Round half up to the currency's minor unit (ISO 4217 exponent, from CLDR): 2 for CNY, 0 for JPY."""
    return amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency)), rounding=ROUND_HALF_UP)
