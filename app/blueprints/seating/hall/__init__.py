"""The hall plan: drawn to scale, edited by pointer and keyboard, looked over for what endangers or annoys people."""
