"""Forward migrations of the store. A step never imports `asbdesk.model` and is never edited once released."""
