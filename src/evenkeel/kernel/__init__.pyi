from .estimate import Estimate as Estimate
