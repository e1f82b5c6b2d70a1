"""What councils are asked: the templates, one of them to read, to write and to try, and how each question fares."""
