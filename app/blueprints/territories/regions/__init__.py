"""The tree of regions: loaded from the official list, and the company's own accounts and groups in it."""
