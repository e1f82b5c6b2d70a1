"""The desk as a place of rules: where it stands, its settings, its shared database, its checks in figures."""
