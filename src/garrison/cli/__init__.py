"""The command line: one thin command per verb, the same words as in Python."""
