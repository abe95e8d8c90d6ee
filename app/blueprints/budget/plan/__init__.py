"""The plan in versions: drafted, submitted, approved by somebody else, and frozen from then on."""
