"""How far a grant reaches into what-if studies: as far as into the programme that one was fitted from.

A study of a scenario that comes along belongs to no programme: it needs a grant that reaches everywhere.
"""

from evenkeel.ground.access import reach

from .models import WhatIfRun, WhatIfStudy

# None: a study tells how all sites of a programme compare, so partners see none.
reach(WhatIfStudy, organisation=None, programme="programme")
reach(WhatIfRun, organisation=None, programme="study__programme")
