"""The stages of the work as pages of the window: each puts views together and feeds them by the bridge."""
