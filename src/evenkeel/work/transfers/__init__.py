"""Files on their way in and out: checked first, written in steps, taken up again where they broke off."""
