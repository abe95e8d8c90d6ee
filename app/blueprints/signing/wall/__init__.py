"""The signing wall: the screen in the hall that shows who has signed, and the controls beside it."""
