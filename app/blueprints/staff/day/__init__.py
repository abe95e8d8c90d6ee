"""A person's own page at one event, opened by a link without signing in: what to do now and next, and the answer."""
