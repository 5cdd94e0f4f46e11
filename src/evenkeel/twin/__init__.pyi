from .demo import Login as Login
from .demo import build_demo as build_demo
from .scenario import DEMO as DEMO
from .scenario import Scenario as Scenario
