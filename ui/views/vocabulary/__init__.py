"""The terms of the vocabulary: the tree, one term, its changes."""
