"""A number with the word for what it counts: "1 day", "2 days"."""


def so_many(number: int, one: str, several: str = "") -> str:
    """Return a number with its word, which is of one where it is 1.

    Args:
        number: how many.
        one: the word for one: "day".
        several: the word for any other number; "" where an s makes it.
    """
    return f"1 {one}" if number == 1 else f"{number} {several or one + 's'}"
