"""Quick ways to put people, pages and cases into the database: no revisions, no workflow."""
