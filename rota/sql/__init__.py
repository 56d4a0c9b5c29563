"""The plan in a database: SQLite on one machine, PostgreSQL when grown."""
