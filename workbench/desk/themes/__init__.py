"""What submissions are about, and the vocabulary that they are tagged with; `vocabulary` is its door."""
