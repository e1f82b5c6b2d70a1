"""Qt models over the desk's plain rows."""
