"""A file is its maker's alone."""

from evenkeel.ground.access import reach

from .models import Export

reach(Export, organisation="by__organisation", own="by")
