"""Accounts that went bad: who sees to them, the plan, what was decided, supply and territory; and credit standing."""
