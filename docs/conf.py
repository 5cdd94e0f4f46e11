"""How the manual is built: Markdown pages, and reference pages read from the code."""

import sys
from pathlib import Path

import evenkeel

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "evenkeel"
author = "The evenkeel authors"
copyright = "The evenkeel authors, Apache-2.0"
release = evenkeel.__version__
version = release

extensions = ["myst_parser", "sphinx_click", "house", "catalogues"]
exclude_patterns = ["_ext"]
# Help texts mark what is typed with single backticks.
default_role = "code"
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
source_suffix = {".md": "markdown"}
root_doc = "index"
myst_enable_extensions = ["attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"evenkeel {release}"
html_copy_source = False
html_show_sphinx = False
