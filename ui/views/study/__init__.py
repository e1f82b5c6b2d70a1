"""The study in the middle of the desk, and what its fields are written with."""
