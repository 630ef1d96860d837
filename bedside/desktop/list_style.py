"""How a list of records looks in each theme: ink on the surface, the chosen line tinted."""

from bedside.desktop.look import Look


def list_style(look: Look) -> str:
    """The style of a QListView; without it Qt's own colours are unreadable in the dark theme."""
    tint, ink = look.colour("accent_tint").name(), look.colour("ink").name()
    return (
        f"QListView {{ background: {look.colour('surface').name()}; color: {ink};"
        f" border: 1px solid {look.colour('edge').name()}; }}"
        f"QListView:focus {{ border: 2px solid {look.colour('accent').name()}; }}"
        "QListView::item { padding: 4px 8px; }"
        f"QListView::item:selected {{ background: {tint}; color: {ink}; }}"
    )
