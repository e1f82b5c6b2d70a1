"""The help beside the work: its window, the page that is read, the contents, and what one thing is."""
