"""Head office's service: it keeps every segment in PostgreSQL, hands each laptop what its role covers, and is itself
a member (the hub) that keeps the case tables up to date for reporting. Stateless: any number of workers."""
