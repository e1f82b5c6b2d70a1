"""What went wrong, in one place: the list of problems, a report before it is saved, this computer looked at."""
