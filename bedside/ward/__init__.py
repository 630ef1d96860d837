"""The ward: one function for each thing a person does, and one value for each page that shows it."""
