"""A read-only OData 4.0 service, from which Excel, Power BI and others refresh by themselves.

It has the entity sets of `sets.py` and what reading needs: `$metadata`, `$select`, `$filter`, `$orderby`, `$top`, `$skip`,
`$count`, one entity by its key, and pages with a link to the next. Anything else is refused by name.
"""
