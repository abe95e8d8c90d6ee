"""The printed design: its proof handed in, signed off, or sent back with a remark."""
