"""What all tests share."""

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read when Textual is imported

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow]  # a machine that is busy, or mutants, is no fault of a test
settings.register_profile("fixed", deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("random", settings.get_profile("fixed"), derandomize=False, print_blob=True)
settings.load_profile("fixed")  # the same cases in every run; new ones: pytest --hypothesis-profile=random
