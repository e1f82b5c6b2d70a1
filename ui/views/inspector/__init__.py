"""The pane beside the study: a part for each thing to know of it."""
