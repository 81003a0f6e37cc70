"""The one error whose sentence is meant for the officer; every other exception is our bug."""


class UserError(Exception):
    """Something the officer can mend. `str(error)` is shown as written: what happened, where, what to do next.

    It never holds a password, a key, or more of a person than the officer already had on the screen.
    """


class NotWhole(UserError):
    """Something was checked and the answer is no: a broken seal, a damaged store. Commands exit with 1."""
