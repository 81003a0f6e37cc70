"""What a case keeps of the history it came from: its own reference, and the file word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.records import put
from asbdesk.model import Case
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("history.imported")
def keep_head(work: Work, case: str, *, reference: str, title: str, text: str) -> None:
    """Keep the history with the case, so that nothing of it is lost and it exports as it came."""
    put(work.get(Case, case), imported_from=reference, history=text, title=title or None)
