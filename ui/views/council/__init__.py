"""A study on its way to its council and back: what is asked, and three texts to choose from."""
