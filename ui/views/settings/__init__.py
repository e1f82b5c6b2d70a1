"""What an office and an editor set for themselves."""
