"""The register: every contract of the company, who may open which, what ends when, targets, keeping."""
