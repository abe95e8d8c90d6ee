"""What the rooms' views share: guards, loading, rendering, tables, words and error pages."""
