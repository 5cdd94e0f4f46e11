"""The kinds of charts, one file each; `chart_kinds` finds them by itself."""
