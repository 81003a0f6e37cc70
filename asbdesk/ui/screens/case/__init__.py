"""The case page: header, tabs, and what is due beside them. A tab is its own file, and one line in `page.TABS`."""
