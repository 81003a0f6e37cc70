"""What an officer does: one function an action, and the small frozen records that screens are handed.

Why functions and not objects with behaviour: each is one transaction and one entry for each file it touches, named by
`@action`; a visit without a window (`visit.py`) is walked by tests and drawn by the window. What leaves the desk passes
`release.py`. Turned down: services, repositories and a bus; they hid which entry an act writes.
"""
