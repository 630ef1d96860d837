"""What each page shows, worked out and frozen: the ward fills these values, the desktop draws them.

Nothing here knows Qt, and nothing on a page is worked out a second time by the page.
"""
