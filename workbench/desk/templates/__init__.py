"""The templates that councils fill in: kept, written, tried on what came in, and how their questions fare."""
