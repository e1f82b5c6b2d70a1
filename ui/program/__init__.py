"""The program around the window: its start, its language, which desk is open, who knocks at it."""
