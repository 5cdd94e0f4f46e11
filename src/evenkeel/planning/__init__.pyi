from .acts import set_backlog_target as set_backlog_target
from .floor import Floor as Floor
from .floor import Narrowed as Narrowed
from .floor import QueueLine as QueueLine
from .floor import floor as floor
from .scopes import FLOOR_EDIT as FLOOR_EDIT
from .scopes import FLOOR_VIEW as FLOOR_VIEW
