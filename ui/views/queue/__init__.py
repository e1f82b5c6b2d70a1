"""The submissions on the desk, and what came in."""
