"""Draws finished papers as PDF; it works out nothing and reads no record."""
