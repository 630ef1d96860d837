"""Grades of toxicity by CTCAE 4.03, 5.0 and 6.0: the terms, their criteria, laboratory grading.

`grading.propose` grades one laboratory value, `catalogue` holds the terms with their criteria in
our own words. The rules are data in `resources/ctcae/`, written so that a pharmacist can read and
sign them. Grades go by the text of the US National Cancer Institute, read literally; where that
text has a hole, the rule file says how it is read, and the proposal says so in words.
"""
