"""What a session or a page may be called where it is asked for."""

STDIN, STDIN_NAME = "-", "standard input"
ARTICLES = (".txt", ".md", ".html", ".htm")
"""How the names of pages end."""

PAGES = f"({' '.join(ARTICLES)} or an http address)"
"""The pages that are read where a session is asked for, as the help names them."""
