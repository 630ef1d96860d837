"""The desktop: windows, pages and widgets; everything they show comes from the ward."""
