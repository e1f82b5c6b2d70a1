"""What the desk keeps, for how long, and how it forgets: copies, what is due to go, what is held on a person."""
