from .scopes import DASHBOARD_OWN as DASHBOARD_OWN
from .scopes import EXPLORE as EXPLORE
