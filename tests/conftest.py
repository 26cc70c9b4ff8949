"""What all tests share."""

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

from hypothesis import HealthCheck, settings

_SLOW = HealthCheck.too_slow  # a machine that is busy is no fault of a test
settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=[_SLOW])
settings.register_profile("random", settings.get_profile("fixed"), derandomize=False, print_blob=True)
settings.register_profile(  # mutmut runs a test again and again in one process, a method on new objects
    "mutants", settings.get_profile("fixed"), suppress_health_check=[_SLOW, HealthCheck.differing_executors]
)
settings.load_profile("fixed")  # the same cases in every run; new ones: pytest --hypothesis-profile=random
