"""Coming in: Word files found in what an editor hands in, read, kept, and said to be what they are."""
