"""Papers: laid out, tagged for screen readers, sealed, and checked again.

Papers take `Released` facts, never records, so that nothing can be printed that has not passed the one door out.
ReportLab draws, pikepdf adds the tags and what archives ask for, pyHanko seals: all three are imported by the functions
that use them. Turned down: typst and WeasyPrint, a large binary and one that is hard to have on Windows.
"""
