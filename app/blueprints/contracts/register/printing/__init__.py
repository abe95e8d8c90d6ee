"""The register taken away: as a workbook, and printed on A4 across."""
