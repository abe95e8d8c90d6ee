"""Run sheet, programme and name cards on paper."""
