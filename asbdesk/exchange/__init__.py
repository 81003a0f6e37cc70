"""What comes in from elsewhere and goes out whole: case histories, cases as open files, the practice cases.

A file is read strictly and taken in whole or refused whole, with the line and what to mend. Each event is carried out
by the function an officer's screen calls, and read back from the record that left. Turned down: a lenient reader, which
loses what nobody misses until later; and a copy of the imported file as the export, which would go on saying what was
put right since.
"""
