"""The store: what was recorded, kept in one SQLite file, nothing ever erased."""
