"""What is published, as readers see it."""
