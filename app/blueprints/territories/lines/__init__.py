"""Product lines and sales channels: what a territory is granted for."""
