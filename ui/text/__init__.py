"""The words of a field and of a Word file as Qt documents: shown, written in, pasted, shaped."""
