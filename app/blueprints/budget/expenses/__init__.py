"""What happens to an expense: asked for, approved within limits, ordered, invoiced, paid; petty cash."""
