"""What stands on the screen, with the hyphens and blanks of a keyboard."""


def plain(text: str) -> str:
    """Return a text without what keeps a line from ending amid a date or a figure; thin spaces stay."""
    return text.replace("\u2011", "-").replace("\u00a0", " ").replace("\u2060", "")
