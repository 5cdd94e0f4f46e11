"""How the manual is built: Markdown pages, and reference pages read from the code."""

import evenkeel

project = "evenkeel"
author = "The evenkeel authors"
copyright = "The evenkeel authors, Apache-2.0"
release = evenkeel.__version__
version = release

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
# A part of the manual may have no page yet; its place in the contents then stays empty.
suppress_warnings = ["toc.empty_glob"]

html_theme = "furo"
html_title = f"evenkeel {release}"
html_copy_source = False
html_show_sphinx = False
