"""What every room stands on, and no word of the trade.

Unlike the domain rooms, ground is a set of tools: each public module here (`access`, `acts`, `clock`, `errors`, `events`,
`ids`, `jobs`, `log`, `pages`, `tables`, `charts`, `catalogue`, ...) is a face of its own. `models` is private.
"""
