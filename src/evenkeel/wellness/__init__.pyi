from .acts import drop_limit as drop_limit
from .acts import set_limit as set_limit
from .ledger import record_exposure as record_exposure
from .queries import may_take as may_take
from .queries import own_minutes_today as own_minutes_today
