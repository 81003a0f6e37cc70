"""Papers for people: made, sealed and checked, from what `casework.release` let out.

ReportLab draws and notes what each mark means, pikepdf writes the tags, pyHanko seals. Turned down: typst (valid too,
but an 80 MB binary, slower from cold) and WeasyPrint (needs Pango, trouble on Windows). Fixed sentences are data in
`resources/words`. What anybody prints comes as `Released`, never as records.
"""
