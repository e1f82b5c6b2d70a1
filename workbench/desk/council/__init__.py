"""Back to the council: what is asked of it, and the newer version that comes of it."""
