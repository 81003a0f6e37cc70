"""The words of letters: each a file of words, filled from a small record of facts, with no database and no clock."""
