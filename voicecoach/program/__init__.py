"""Program files: text to `Program` and back, and the schema that editors complete them by.

Import from the modules: who reads the library needs none of the checks, and who checks a file writes none.
"""
