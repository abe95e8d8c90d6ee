"""Cash advances: asked for, approved, paid out, and settled with expenses; the rest comes back or is added."""
