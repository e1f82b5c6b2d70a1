"""The desk as a possession and a place of rules: settings, templates, safety copies, forgetting."""
