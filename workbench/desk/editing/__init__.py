"""At work on a submission: its words, where they belong, its pictures, and what the checks find."""
