"""What a version must be before somebody may review it, and how two versions differ."""
