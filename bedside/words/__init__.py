"""The languages of the screen: catalogues, and how an English text is shown in another language."""
