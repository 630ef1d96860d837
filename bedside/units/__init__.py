"""The only door to numbers: typed quantities, strict reading, one way of writing, rounding."""
