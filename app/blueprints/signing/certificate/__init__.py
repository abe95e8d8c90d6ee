"""What proves a signing: the pages with marks and trail, the copy, the evidence, and the verification for anybody."""
