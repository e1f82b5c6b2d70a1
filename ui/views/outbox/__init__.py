"""What waits to be sent, and what became of what was."""
