"""What comes in from elsewhere: case histories, and the practice cases.

A file is read strictly and taken in whole or refused whole, with the line and what to mend; what this version does not
know yet is kept with the case, word for word. Turned down: a lenient reader, which loses what nobody misses until
later.
"""
