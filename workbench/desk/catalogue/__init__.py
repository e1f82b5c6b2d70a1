"""To readers and from them: publishing, conflicts, the desk's own copy of the catalogue, exports."""
