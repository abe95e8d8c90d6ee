"""Signing on paper: printed with a code on every page, signed in ink, scanned back in, checked page by page."""
