"""The personal expense claim form 报销单, for one claim, several of one person, or the settlement of an advance."""
