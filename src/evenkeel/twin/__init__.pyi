from .demo import Login as Login
from .demo import build_demo as build_demo
from .harbour import DEMO as DEMO
from .scenario import Fault as Fault
from .scenario import Inquiry as Inquiry
from .scenario import Scenario as Scenario
from .scenario import TeamPlan as TeamPlan
